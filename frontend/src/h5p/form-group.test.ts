import { describe, expect, it } from "vitest";
import type { Field } from "./form-model";
import { bench, benchOf, type } from "./form-testing";

const text = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  kind: "text",
  label: name,
  ...more,
});

describe("a group", () => {
  it("writes an object, and makes it when it is not there", () => {
    const { element, value } = bench({ kind: "group", fields: [text("a"), text("b")] });
    type(element.querySelectorAll("input")[1] ?? null, "x");
    expect(value()).toEqual({ b: "x" });
    expect(element.querySelector("legend")?.textContent).toBe("One");
  });

  it("of one field is that field", () => {
    const { element, value } = bench({ kind: "group", flat: true, fields: [text("a")] });
    type(element.querySelector("input"), "x");
    expect(value()).toBe("x");
    expect(element.querySelector("input")?.id).toBe("h5p-one");
  });

  it("is folded when it may stay as it is, and open when something in it is wrong", () => {
    const fields = [text("a", { optional: true }), text("b", { optional: true })];
    expect(bench({ kind: "group", fields }).element.querySelector("details")?.open).toBe(false);
    const faulty = bench({ kind: "group", fields }, { problems: { "one.a": "!" } });
    expect(faulty.element.querySelector("details")?.open).toBe(true);
    const low = bench({ kind: "group", importance: "low", fields: [text("a"), text("b")] });
    expect(low.element.querySelector("details")).not.toBeNull();
  });
});

describe("the words on buttons", () => {
  it("lie in one folded panel at the end", () => {
    const { element, params } = benchOf(
      [
        text("check", { common: true }),
        text("question"),
        {
          name: "UI",
          kind: "group",
          label: "UI",
          common: true,
          fields: [text("x"), text("y")],
        },
      ],
      { params: { check: "Kiểm tra", UI: { x: "X" } } },
    );
    const panel = element.lastElementChild as HTMLDetailsElement;
    expect(panel.tagName).toBe("DETAILS");
    expect(panel.open).toBe(false);
    expect(panel.querySelectorAll("details")).toHaveLength(0);
    expect(panel.querySelector("summary")?.textContent).toBe("Words on buttons");
    expect([...panel.querySelectorAll("input")].map(({ value }) => value)).toEqual([
      "Kiểm tra",
      "X",
      "",
    ]);
    type(panel.querySelectorAll("input")[2] ?? null, "Y");
    expect(params().UI).toEqual({ x: "X", y: "Y" });
    expect(element.firstElementChild?.textContent).toBe("question");
  });
});
