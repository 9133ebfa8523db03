import { describe, expect, it } from "vitest";
import "./more-rows";
import { find, show } from "../shared/testing";
import { renumbered } from "./more-rows";

const field = (name: string): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>(`[name="${name}"]`);

describe("more-rows", () => {
  it("adds an empty row with the next number and its own names", () => {
    show(`<form><more-rows data-letters>
      <fieldset data-row><legend>Answer <span data-number>A</span></legend><input type="hidden" name="name0" value="a">
        <input type="radio" name="correct" value="0" checked><label for="id_text0_vi">Words</label>
        <input id="id_text0_vi" name="text0_vi" value="Năm giờ" aria-invalid="true"></fieldset>
      <p><button name="more" value="option">One more</button></p></more-rows></form>`);
    find("button[name=more]").click();
    expect(field("text1_vi")?.value).toBe("");
    expect(field("text1_vi")?.id).toBe("id_text1_vi");
    expect(field("text1_vi")?.hasAttribute("aria-invalid")).toBe(false);
    expect(field("name1")?.value).toBe("");
    expect(field("name0")?.value).toBe("a");
    expect(document.querySelectorAll("[data-number]")[1]?.textContent).toBe("B");
    const ticks = [...document.querySelectorAll<HTMLInputElement>("[name=correct]")];
    expect(ticks.map((tick) => [tick.value, tick.checked])).toEqual([
      ["0", true],
      ["1", false],
    ]);
    expect(document.querySelectorAll("[data-remove]").length).toBe(2);
  });

  it("empties and hides a row that is taken out", () => {
    show(`<form><more-rows><fieldset data-row><legend>Line</legend><input name="item0_vi" value="Viết"></fieldset>
      <p><button name="more" value="item">One more</button></p></more-rows></form>`);
    find("[data-remove]").click();
    expect(field("item0_vi")?.value).toBe("");
    expect(find("[data-row]").hidden).toBe(true);
    find("button[name=more]").click();
    expect(field("item1_vi")?.closest<HTMLElement>("[data-row]")?.hidden).toBe(false);
  });

  it("counts up the number its depth says", () => {
    expect(renumbered("id_text3_vi", 0, 7)).toBe("id_text7_vi");
    expect(renumbered("crit1levelpoints2", 1, 3)).toBe("crit1levelpoints3");
    expect(renumbered("id_a0_helptext id_a0_error", 0, 1)).toBe("id_a1_helptext id_a1_error");
  });
});
