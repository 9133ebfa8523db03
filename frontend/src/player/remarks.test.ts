import { beforeEach, expect, test, vi } from "vitest";
import { jQuery } from "./jquery";
import { openByKeyboard } from "./remarks";

const heard: string[] = [];

beforeEach(() => {
  heard.length = 0;
  document.body.innerHTML = `<span class="annotatable-span">nơi có lời bình</span>`;
  // the tooltip script that comes with the block
  (jQuery as unknown as { fn: Record<string, unknown> }).fn.qtip = (what: string) =>
    void heard.push(what);
  place().addEventListener("click", () => void heard.push("click"));
  openByKeyboard();
});

const place = () => document.querySelector(".annotatable-span") as HTMLElement;
const press = (key: string): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  place().dispatchEvent(event);
  return event;
};

test("a marked place is a button that the Tab key reaches", () => {
  expect([place().tabIndex, place().getAttribute("role")]).toEqual([0, "button"]);
});

test("its remark opens with the focus of a keyboard and closes when the focus goes", () => {
  const matches = vi.spyOn(place(), "matches").mockReturnValue(true);
  place().dispatchEvent(new FocusEvent("focus"));
  expect(matches).toHaveBeenCalledWith(":focus-visible");
  place().dispatchEvent(new FocusEvent("blur"));
  expect(heard).toEqual(["show", "hide"]);
});

test("the focus of a mouse opens nothing: its click does", () => {
  vi.spyOn(place(), "matches").mockReturnValue(false);
  place().dispatchEvent(new FocusEvent("focus"));
  expect(heard).toEqual([]);
});

test("Enter and Space press it, Escape closes, other keys are left alone", () => {
  expect(press("Enter").defaultPrevented).toBe(true);
  expect(press(" ").defaultPrevented).toBe(true);
  expect(press("Escape").defaultPrevented).toBe(true);
  expect(press("a").defaultPrevented).toBe(false);
  expect(heard).toEqual(["click", "click", "hide"]);
});
