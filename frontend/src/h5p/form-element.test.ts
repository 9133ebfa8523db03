import { afterEach, describe, expect, it, vi } from "vitest";
import "./form-element";
import { find, show } from "../shared/testing";
import type { Description, Field } from "./form-model";
import { buttonNamed, press, type } from "./form-testing";

const QUESTION: Field = { name: "question", kind: "text", label: "Question" };
const ANSWERS: Field = {
  name: "answers",
  kind: "list",
  label: "Answers",
  count: 2,
  entity: "answer",
  item: { name: "answer", kind: "text", label: "Answer" },
};
const BUTTON: Field = {
  name: "check",
  kind: "text",
  label: "Check",
  common: true,
  default: "Kiểm tra",
};

function page(params = "", problems: Description["problems"] = []): HTMLTextAreaElement {
  const description: Description = {
    library: "Own.Quiz 1.0",
    types: { "Own.Quiz 1.0": { title: "Quiz", fields: [QUESTION, ANSWERS, BUTTON] } },
    pictures: {},
    problems,
  };
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "h5p-description";
  script.textContent = JSON.stringify(description);
  document.head.replaceChildren(script);
  show(
    `<form><h5p-form data-language="vi"><textarea name="params"></textarea></h5p-form></form>`,
  );
  // Set before the element wakes up, as the server's markup would be.
  const form = find("form");
  const field = find<HTMLTextAreaElement>("textarea[name=params]");
  field.value = params;
  const element = find("h5p-form");
  element.replaceWith(element.cloneNode(false));
  const fresh = form.querySelector("h5p-form") as HTMLElement;
  const again = document.createElement("h5p-form");
  again.dataset.language = "vi";
  again.append(field);
  fresh.replaceWith(again);
  return field;
}

const kept = (field: HTMLTextAreaElement): unknown => JSON.parse(field.value);
const question = (): HTMLInputElement => find<HTMLInputElement>("[id='h5p-question']");

describe("the form of a content", () => {
  afterEach(() => {
    vi.useRealTimers();
    location.hash = "";
  });

  it("begins a new content with its defaults", () => {
    const field = page();
    expect(kept(field)).toEqual({ question: "", answers: ["", ""], check: "Kiểm tra" });
    expect(field.hidden).toBe(true);
    expect([...new FormData(find<HTMLFormElement>("form")).keys()]).toEqual(["params"]);
  });

  it("adds nothing to a content that is there", () => {
    const field = page('{"question":"Vì sao?"}');
    expect(kept(field)).toEqual({ question: "Vì sao?" });
  });

  it("writes what is typed and tells autosave", () => {
    const field = page('{"question":"a"}');
    const heard = vi.fn();
    find("form").addEventListener("input", heard);
    type(question(), "b");
    expect(kept(field)).toEqual({ question: "b" });
    expect(heard).toHaveBeenCalled();
  });

  it("takes steps back and forth", () => {
    vi.useFakeTimers();
    const field = page('{"question":"a","answers":["x"]}');
    type(question(), "b");
    vi.advanceTimersByTime(1_000);
    buttonNamed("Add: answer").click();
    expect(kept(field)).toEqual({ question: "b", answers: ["x", ""] });
    buttonNamed("Undo").click();
    expect(kept(field)).toEqual({ question: "b", answers: ["x"] });
    buttonNamed("Undo").click();
    expect(kept(field)).toEqual({ question: "a", answers: ["x"] });
    expect(question().value).toBe("a");
    expect(buttonNamed("Undo").disabled).toBe(true);
    buttonNamed("Do it again").click();
    expect(kept(field)).toEqual({ question: "b", answers: ["x"] });
    // By keyboard too, but not while one types: there the browser's own undo is nearer.
    press(buttonNamed("Add: answer"), "z", { ctrlKey: true });
    expect(kept(field)).toEqual({ question: "a", answers: ["x"] });
    press(question(), "y", { ctrlKey: true });
    expect(kept(field)).toEqual({ question: "a", answers: ["x"] });
  });

  it("keeps what was typed just before an item went", () => {
    const field = page('{"question":"a","answers":["x","y"]}');
    type(find<HTMLInputElement>("[id='h5p-answers[1]']"), "mới");
    buttonNamed("Remove: Answer 2").click();
    buttonNamed("Bring it back").click();
    expect(kept(field)).toEqual({ question: "a", answers: ["x", "mới"] });
  });

  it("brings a removed item back", () => {
    const field = page('{"question":"a","answers":["x","y"]}');
    buttonNamed("Remove: Answer 1").click();
    expect(kept(field)).toEqual({ question: "a", answers: ["y"] });
    buttonNamed("Bring it back").click();
    expect(kept(field)).toEqual({ question: "a", answers: ["x", "y"] });
  });

  it("shows what was kept elsewhere", () => {
    const field = page('{"question":"a"}');
    field.value = '{"question":"kept"}';
    field.dispatchEvent(new Event("refill"));
    expect(question().value).toBe("kept");
  });

  it("warns before words are left behind, and not otherwise", () => {
    const field = page('{"question":"a"}');
    const leave = (): boolean => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).toBe(false);
    type(question(), "b");
    expect(leave()).toBe(true);
    field.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    expect(leave()).toBe(false);
  });

  it("opens the fold of a field a link leads to", () => {
    page('{"check":""}', []);
    const fold = find<HTMLDetailsElement>("details");
    expect(fold.open).toBe(false);
    location.hash = "#h5p-check";
    dispatchEvent(new Event("hashchange"));
    expect(fold.open).toBe(true);
    expect(document.activeElement?.id).toBe("h5p-check");
  });

  it("says at each field what is wrong with it", () => {
    page('{"question":""}', [{ path: "question", message: "Cần điền câu hỏi." }]);
    expect(question().getAttribute("aria-invalid")).toBe("true");
    expect(find("#h5p-question-error").textContent).toBe("Cần điền câu hỏi.");
  });

  it("forgives a field that is being mended, also after undo", () => {
    page('{"question":"","answers":["x"]}', [{ path: "question", message: "Cần điền." }]);
    type(question(), "b");
    expect(question().hasAttribute("aria-invalid")).toBe(false);
    expect(document.getElementById("h5p-question-error")).toBeNull();
    buttonNamed("Undo").click();
    expect(question().hasAttribute("aria-invalid")).toBe(false);
  });
});
