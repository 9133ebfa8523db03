import { describe, expect, it } from "vitest";
import { bench, choose, type } from "./form-testing";

describe("yes or no", () => {
  it("writes a boolean", () => {
    const { element, value } = bench(
      { kind: "boolean", right: true },
      { params: { one: true } },
    );
    const control = element.querySelector("input");
    expect(control?.checked).toBe(true);
    control?.click();
    expect(value()).toBe(false);
    expect(element.querySelector(".h5p-right")).not.toBeNull();
  });
});

describe("a number", () => {
  it("has its limits and no value for what is no number", () => {
    const { element, value } = bench(
      { kind: "number", min: 0, max: 100, step: 5, unit: "%" },
      { params: { one: 50 } },
    );
    const control = element.querySelector("input");
    expect([control?.min, control?.max, control?.step]).toEqual(["0", "100", "5"]);
    expect(element.textContent).toContain("One (%)");
    expect(element.textContent).toContain("0 – 100");
    type(control, "75");
    expect(value()).toBe(75);
    type(control, "");
    expect(value()).toBeUndefined();
  });
});

const OPTIONS = [
  { value: "true", label: "Đúng" },
  { value: "false", label: "Sai" },
];

describe("one of several", () => {
  it("is a list that may stay empty when the field is optional", () => {
    const { element, value } = bench(
      { kind: "select", optional: true, options: OPTIONS },
      { params: { one: "false" } },
    );
    const control = element.querySelector("select");
    expect(control?.value).toBe("false");
    choose(control, "true");
    expect(value()).toBe("true");
    choose(control, "");
    expect(value()).toBeUndefined();
  });

  it("asks to choose when nothing known is there", () => {
    const { element } = bench({ kind: "select", options: OPTIONS }, { params: { one: "old" } });
    expect(element.querySelector("option")?.textContent).toBe("Choose…");
  });

  it("is buttons whose names are not sent with the form", () => {
    const { element, value } = bench(
      { kind: "radio", options: OPTIONS },
      { params: { one: "true" } },
    );
    const [yes, no] = element.querySelectorAll<HTMLInputElement>("input[type=radio]");
    expect(yes?.checked).toBe(true);
    no?.click();
    expect(value()).toBe("false");
    expect(no?.getAttribute("form")).toBe("h5p-no-form");
  });
});

describe("a field only its maker's editor can write", () => {
  it("says so where something is kept, and nothing otherwise", () => {
    const { element, value } = bench({ kind: "kept" }, { params: { one: { x: 1 } } });
    expect(element.textContent).toContain("One: it stays as it is.");
    expect(value()).toEqual({ x: 1 });
    expect(bench({ kind: "kept" }).element.querySelector("p")?.hidden).toBe(true);
  });
});
