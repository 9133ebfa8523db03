import { describe, expect, it } from "vitest";
import { tidied } from "./form-html";
import { bench } from "./form-testing";

describe("a text with markup", () => {
  it("offers only the tools of the field's tags", () => {
    const { element } = bench({ kind: "html", tags: ["strong", "em", "sub"] });
    const names = [...element.querySelectorAll(".tools button")].map((one) =>
      one.getAttribute("aria-label"),
    );
    expect(names).toEqual(["Bold (Ctrl+B)", "Italic (Ctrl+I)", "Lowered"]);
  });

  it("writes what stands on the sheet", () => {
    const { element, value, changes } = bench(
      { kind: "html", tags: ["strong"] },
      { params: { one: "<p>Cũ</p>" } },
    );
    const sheet = element.querySelector<HTMLElement>("[contenteditable]");
    expect(sheet?.innerHTML).toBe("<p>Cũ</p>");
    if (sheet) sheet.innerHTML = "<p><b>Mới</b></p>";
    sheet?.dispatchEvent(new Event("input", { bubbles: true }));
    expect(value()).toBe("<p><strong>Mới</strong></p>");
    expect(changes()).toBe(1);
  });

  it("says by tags what is meant and keeps no empty paragraphs", () => {
    expect(tidied("<b>a</b> <i>b</i> <br>")).toBe("<strong>a</strong> <em>b</em> <br>");
    expect(tidied("<p><br></p>")).toBe("");
    expect(tidied('<blockquote>c</blockquote><img src="x">')).toBe(
      '<blockquote>c</blockquote><img src="x">',
    );
  });
});
