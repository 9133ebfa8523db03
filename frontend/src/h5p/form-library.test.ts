import { describe, expect, it } from "vitest";
import type { ContentType, JsonObject } from "./form-model";
import { bench, buttonNamed, choose, type } from "./form-testing";

const TYPES: Record<string, ContentType> = {
  "Own.Picture 1.1": {
    title: "Hình",
    fields: [
      { name: "alt", kind: "text", label: "Mô tả" },
      { name: "wide", kind: "boolean", label: "Rộng", default: true },
    ],
  },
};
const FIELD = {
  kind: "library" as const,
  optional: true,
  libraries: ["Own.Picture 1.1", "Own.Film 1.0"],
};

describe("a content inside another", () => {
  it("offers only what is here and begins with its defaults", () => {
    const { element, value } = bench(FIELD, { types: TYPES });
    const select = element.querySelector("select");
    expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual(["–", "Hình"]);
    choose(select, "Own.Picture 1.1");
    const made = value() as JsonObject;
    expect(made.library).toBe("Own.Picture 1.1");
    expect(made.params).toEqual({ alt: "", wide: true });
    expect(made.subContentId).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(document.activeElement?.id).toBe("h5p-one");
  });

  it("writes its fields below params, its name and its source into the metadata", () => {
    const library = { library: "Own.Picture 1.1", params: {}, subContentId: "x" };
    const { element, value } = bench(FIELD, { types: TYPES, params: { one: library } });
    type(document.getElementById("h5p-one.alt"), "Cầu");
    type(document.getElementById("h5p-one.metadata.title"), "A & B");
    type(document.getElementById("h5p-one.metadata.authors[0].name"), "Lò Thị Mai");
    choose(document.getElementById("h5p-one.metadata.license"), "CC BY");
    expect(value()).toEqual({
      library: "Own.Picture 1.1",
      params: { alt: "Cầu" },
      subContentId: "x",
      metadata: {
        title: "A &amp; B",
        authors: [{ role: "Author", name: "Lò Thị Mai" }],
        license: "CC BY",
      },
    });
    type(document.getElementById("h5p-one.metadata.authors[0].name"), "");
    expect(((value() as JsonObject).metadata as JsonObject).authors).toBeUndefined();
    choose(element.querySelector("select"), "");
    expect(value()).toBeUndefined();
  });

  it("keeps what it cannot write, and may take it out", () => {
    const film = { library: "Own.Film 1.0", params: { x: 1 } };
    const { element, value } = bench(FIELD, { types: TYPES, params: { one: film } });
    expect(element.querySelector("select")).toBeNull();
    expect(element.textContent).toContain("One (Own.Film 1.0): it stays as it is.");
    buttonNamed("Remove: Own.Film 1.0").click();
    expect(value()).toBeUndefined();
    expect(element.querySelector("select")).not.toBeNull();
  });

  it("tells versions of one type apart", () => {
    const types = { ...TYPES, "Own.Film 1.0": { title: "Hình", fields: [] } };
    const { element } = bench(FIELD, { types });
    const words = [...(element.querySelector("select")?.options ?? [])].map(({ text }) => text);
    expect(words).toEqual(["–", "Hình 1.1", "Hình 1.0"]);
  });
});
