import { describe, expect, it } from "vitest";
import type { Field } from "./form-model";
import { bench, buttonNamed, press, type } from "./form-testing";

const ANSWER: Field = {
  name: "answer",
  kind: "group",
  label: "Answer",
  fields: [
    { name: "text", kind: "text", label: "Words" },
    { name: "correct", kind: "boolean", label: "Right", right: true },
  ],
};
const THREE = [
  { text: "a", correct: false },
  { text: "b", correct: true },
  { text: "c", correct: false },
];

function answers(more: Partial<Field> = {}) {
  return bench(
    { kind: "list", entity: "answer", item: ANSWER, ...more },
    { params: { one: structuredClone(THREE) } },
  );
}

const texts = (value: unknown): string[] =>
  (value as { text: string }[]).map(({ text }) => text);
const titles = (): string[] =>
  [...document.querySelectorAll(".h5p-item-title")].map((one) => one.textContent ?? "");

describe("a list", () => {
  it("is named by what stands in its items", () => {
    const { element } = answers();
    expect(titles()).toEqual(["Answer 1: a", "Answer 2: b", "Answer 3: c"]);
    type(element.querySelector("input[type=text]"), "neu");
    expect(titles()[0]).toBe("Answer 1: neu");
  });

  it("adds an item with its defaults and goes there", async () => {
    const { value, said } = answers();
    buttonNamed("Add: answer").click();
    expect(value()).toHaveLength(4);
    expect((value() as object[])[3]).toEqual({ text: "", correct: false });
    expect(document.activeElement?.id).toBe("h5p-one[3].text");
    expect(said).toEqual(["Added: Answer 4"]);
  });

  it("removes an item and offers it back", () => {
    const { value, said } = answers();
    buttonNamed("Remove: Answer 2").click();
    expect(texts(value())).toEqual(["a", "c"]);
    const back = buttonNamed("Bring it back");
    expect(document.activeElement).toBe(back);
    back.click();
    expect(said).toEqual(["Removed: Answer 2", "undo"]);
  });

  it("moves by buttons; the focus goes along", () => {
    const { value } = answers();
    buttonNamed("Move down: Answer 1").click();
    expect(texts(value())).toEqual(["b", "a", "c"]);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Move down: Answer 2");
    buttonNamed("Move down: Answer 2").click();
    expect(texts(value())).toEqual(["b", "c", "a"]);
    // The button at the end cannot go further, so its handle takes the focus.
    expect(document.activeElement?.getAttribute("data-tool")).toBe("grip");
  });

  it("moves by the arrow keys on the handle, and by Alt anywhere in the item", () => {
    const { value, element, said } = answers();
    press(element.querySelector("[data-tool=grip]"), "ArrowDown");
    expect(texts(value())).toEqual(["b", "a", "c"]);
    press(document.activeElement, "ArrowUp");
    expect(texts(value())).toEqual(["a", "b", "c"]);
    press(document.activeElement, "ArrowUp");
    expect(said.at(-1)).toBe("It cannot go further.");
    press(element.querySelectorAll("input[type=text]")[2] ?? null, "ArrowUp", { altKey: true });
    expect(texts(value())).toEqual(["a", "c", "b"]);
  });

  it("moves with the pointer", () => {
    const { value, element } = answers();
    const items = [...element.querySelectorAll<HTMLElement>("li")];
    for (const [place, item] of items.entries()) {
      item.getBoundingClientRect = () => new DOMRect(0, place * 100, 100, 100);
    }
    const grip = items[0]?.querySelector("[data-tool=grip]");
    grip?.dispatchEvent(
      new PointerEvent("pointerdown", { bubbles: true, button: 0, clientY: 10 }),
    );
    window.dispatchEvent(new PointerEvent("pointermove", { clientY: 170 }));
    expect(items[0]?.classList.contains("is-moving")).toBe(true);
    window.dispatchEvent(new PointerEvent("pointerup", { clientY: 170 }));
    expect(texts(value())).toEqual(["b", "a", "c"]);
  });

  it("goes back when the pointer is taken away", () => {
    const { value, element } = answers();
    const items = [...element.querySelectorAll<HTMLElement>("li")];
    for (const [place, item] of items.entries()) {
      item.getBoundingClientRect = () => new DOMRect(0, place * 100, 100, 100);
    }
    items[2]
      ?.querySelector("[data-tool=grip]")
      ?.dispatchEvent(
        new PointerEvent("pointerdown", { bubbles: true, button: 0, clientY: 210 }),
      );
    window.dispatchEvent(new PointerEvent("pointermove", { clientY: 10 }));
    window.dispatchEvent(new PointerEvent("pointercancel"));
    expect(texts(value())).toEqual(["a", "b", "c"]);
    expect([...element.querySelectorAll("li")]).toEqual(items);
  });

  it("keeps its limits", () => {
    answers({ min: 3, max: 3 });
    expect(buttonNamed("Remove: Answer 1").disabled).toBe(true);
    expect(buttonNamed("Add: answer").hidden).toBe(true);
  });

  it("marks what is right", () => {
    const { element } = answers();
    const right = (): boolean[] =>
      [...element.querySelectorAll("li")].map((item) => item.classList.contains("is-right"));
    expect(right()).toEqual([false, true, false]);
    element.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    expect(right()).toEqual([true, true, false]);
  });

  it("marks the first where the first is the right one", () => {
    const { element } = bench(
      {
        kind: "list",
        first_is_right: true,
        item: { name: "answer", kind: "text", label: "Answer" },
      },
      { params: { one: ["a", "b"] } },
    );
    expect(element.querySelectorAll(".is-right")).toHaveLength(1);
    expect(element.querySelector("li")?.className).toContain("is-right");
  });

  it("folds long items when there are many", () => {
    const long: Field = {
      ...ANSWER,
      fields: [
        { name: "q", kind: "text", label: "Q" },
        {
          name: "in",
          kind: "list",
          label: "In",
          item: { name: "i", kind: "text", label: "I" },
        },
      ],
    };
    const { element } = bench(
      { kind: "list", item: long },
      { params: { one: [{ q: "a" }, { q: "b" }, { q: "c" }] }, problems: { "one[1].q": "!" } },
    );
    const open = [...element.querySelectorAll("details")].map((one) => one.open);
    expect(open).toEqual([false, true, false]);
  });
});
