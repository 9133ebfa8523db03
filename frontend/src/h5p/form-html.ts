/** A text with markup: the studio's sheet, restricted to what the field may hold. */
import "../author/rich-text";
import { gapHelper } from "./form-gaps";
import type { Host } from "./form-host";
import { type Field, textOf, wordsOf } from "./form-model";
import { element, labelWords, notes } from "./form-parts";
import { idOf, type Place } from "./form-place";

export function htmlField(field: Field, place: Place, host: Host): HTMLElement {
  const sheet = document.createElement("rich-text");
  sheet.dataset.tags = (field.tags ?? []).join(" ");
  sheet.className = "h5p-html";
  const box = element("div", "field");
  const control = document.createElement("textarea");
  control.className = "in";
  control.lang = host.language;
  control.id = idOf(place.path);
  const value = textOf(place.read());
  control.value = value;
  const label = element("label", "");
  label.setAttribute("for", control.id);
  label.append(...labelWords(field));
  box.append(label, ...notes(field, place, host, control), control);
  if (host.problemAt(place.path)) box.dataset.invalid = "";
  sheet.append(box);
  sheet.addEventListener("input", () => {
    const now = tidied(control.value);
    if (now === textOf(place.read())) return;
    place.write(now);
    host.changed();
  });
  if (field.gaps) box.append(gapHelper(control, () => wordsOf(control.value)));
  return sheet;
}

/** Browsers write bold and italic by their looks; contents name what is meant. */
export function tidied(html: string): string {
  const renamed = html
    .replace(/<(\/?)b(?=[\s>])[^>]*>/g, "<$1strong>")
    .replace(/<(\/?)i(?=[\s>])[^>]*>/g, "<$1em>");
  return wordsOf(renamed) || /<(?:img|hr|table)\b/.test(renamed) ? renamed : "";
}
