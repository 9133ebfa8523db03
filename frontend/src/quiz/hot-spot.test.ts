import { expect, it } from "vitest";
import { show } from "../shared/testing";
import "./hot-spot";

it("works the option of the area that was clicked and shows which one is on", () => {
  const slot = show(`<fieldset data-slot="1">
    <hot-spot><svg><g data-area="a"><rect/></g><g data-area="b"><rect/></g></svg></hot-spot>
    <input type="radio" name="s" value="a"><input type="radio" name="s" value="b" checked></fieldset>`);
  const [first, second] = [...slot.querySelectorAll("g")];
  expect(second?.hasAttribute("data-on")).toBe(true);
  first?.querySelector("rect")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(slot.querySelector<HTMLInputElement>("[value=a]")?.checked).toBe(true);
  expect(first?.hasAttribute("data-on")).toBe(true);
  expect(second?.hasAttribute("data-on")).toBe(false);
});
