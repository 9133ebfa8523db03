import { describe, expect, it } from "vitest";
import type { Field } from "./form-model";
import { isShown } from "./form-shown";
import { bench, benchOf, choose, type } from "./form-testing";

function field(when: Field["when"]): Field {
  return { name: "x", kind: "text", label: "X", ...(when ? { when } : {}) };
}

describe("which fields show", () => {
  it("one rule is enough, unless all are asked for", () => {
    const rules = [
      { field: "a", equals: [true] },
      { field: "b", equals: ["u", "v"] },
    ];
    expect(isShown(field({ rules, all: false }), { a: false, b: "v" })).toBe(true);
    expect(isShown(field({ rules, all: true }), { a: false, b: "v" })).toBe(false);
    expect(isShown(field({ rules, all: true }), { a: true, b: "u" })).toBe(true);
  });

  it("takes a box nobody ticked as no", () => {
    const rules = [{ field: "decorative", equals: [false] }];
    expect(isShown(field({ rules, all: false }), {})).toBe(true);
  });

  it("looks into groups, and at libraries whatever their version", () => {
    const deep = [{ field: "behaviour/type", equals: ["single"] }];
    expect(isShown(field({ rules: deep, all: false }), { behaviour: { type: "single" } })).toBe(
      true,
    );
    const library = [{ field: "type", equals: ["H5P.Image 1.1"] }];
    const media = { type: { library: "H5P.Image 1.2", params: {} } };
    expect(isShown(field({ rules: library, all: false }), media)).toBe(true);
    expect(isShown(field({ rules: library, all: false }), { type: {} })).toBe(false);
  });

  it("never shows what the semantics hides", () => {
    expect(isShown({ name: "x", kind: "none", label: "" }, {})).toBe(false);
    expect(bench({ kind: "none" }).element.textContent).toBe("");
  });

  it("shows and hides while one types", () => {
    const { element } = benchOf([
      {
        name: "way",
        kind: "select",
        label: "Way",
        options: [
          { value: "a", label: "A" },
          { value: "b", label: "B" },
        ],
      },
      {
        name: "more",
        kind: "text",
        label: "More",
        when: { rules: [{ field: "way", equals: ["b"] }], all: false },
      },
    ]);
    const more = element.querySelector("input")?.closest<HTMLElement>("[hidden]");
    expect(more?.hidden).toBe(true);
    choose(element.querySelector("select"), "b");
    expect(more?.hidden).toBe(false);
    type(element.querySelector("input"), "x");
    expect(more?.hidden).toBe(false);
  });
});
