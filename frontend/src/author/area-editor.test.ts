import { describe, expect, it } from "vitest";
import "./area-editor";
import { find, show } from "../shared/testing";
import { dragged, numbersOf } from "./area-editor";

describe("area-editor", () => {
  it("draws the areas that the numbers say, and follows what is typed", () => {
    show(`<form><area-editor><div data-picture><svg viewBox="0 0 100 80"></svg></div>
      <fieldset data-row><select name="shape0"><option value="rect">R</option></select><input name="coords0" value="10, 10, 40, 30"></fieldset>
      <fieldset data-row><select name="shape1"><option value="circle">C</option></select><input name="coords1" value=""></fieldset>
      </area-editor></form>`);
    expect(document.querySelector("svg rect")?.getAttribute("width")).toBe("30");
    const second = find<HTMLInputElement>("[name=coords1]");
    second.value = "50, 40, 9";
    second.dispatchEvent(new Event("input", { bubbles: true }));
    expect(document.querySelector("svg circle")?.getAttribute("r")).toBe("9");
    expect(document.querySelectorAll("svg text")[1]?.textContent).toBe("2");
  });

  it("makes numbers of what is dragged, whichever way", () => {
    expect(dragged("rect", [40, 30], [10, 50])).toEqual([10, 30, 40, 50]);
    expect(dragged("circle", [10, 10], [13, 14])).toEqual([10, 10, 5]);
    expect(numbersOf("1, 2;3")).toEqual([1, 2, 3]);
  });
});
