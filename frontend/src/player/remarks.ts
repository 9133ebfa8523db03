/**
 * The remarks of `annotatable` open by a click only: its tooltip script forgets the other events where
 * one event opens and closes. Here its marked places are reached with the Tab key: the remark shows
 * while its place has the focus, Enter and Space open and close it, Escape closes.
 */
import { jQuery } from "./jquery";

const PLACES = ".annotatable-span";

interface Tip {
  trigger(event: string): Tip;
  qtip?(what: "show" | "hide"): unknown;
}

const tip = (place: Element): Tip => jQuery(place) as unknown as Tip;

export function openByKeyboard(): void {
  for (const place of document.querySelectorAll<HTMLElement>(PLACES)) {
    place.tabIndex = 0;
    place.setAttribute("role", "button");
    place.addEventListener("focus", () => {
      // a click opens by itself, and would close what the focus has opened just before
      if (place.matches(":focus-visible")) tip(place).qtip?.("show");
    });
    place.addEventListener("blur", () => void tip(place).qtip?.("hide"));
    place.addEventListener("keydown", (event) => press(event, place));
  }
}

function press(event: KeyboardEvent, place: Element): void {
  if (event.key === "Escape") tip(place).qtip?.("hide");
  else if (event.key === "Enter" || event.key === " ") tip(place).trigger("click");
  else return;
  event.preventDefault();
}
