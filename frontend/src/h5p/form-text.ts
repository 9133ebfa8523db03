/** A text without markup: one line, or several. */
import { gapHelper } from "./form-gaps";
import type { Host } from "./form-host";
import { escaped, type Field, textOf, unescaped } from "./form-model";
import { labelled } from "./form-parts";
import type { Place } from "./form-place";

export function textField(field: Field, place: Place, host: Host): HTMLElement {
  const control =
    field.kind === "lines"
      ? document.createElement("textarea")
      : document.createElement("input");
  if (control instanceof HTMLTextAreaElement) control.rows = 5;
  else control.type = "text";
  control.className = "in";
  control.lang = host.language;
  control.setAttribute("spellcheck", "true");
  if (field.longest) control.maxLength = field.longest;
  if (field.placeholder) control.placeholder = field.placeholder;
  // Some texts may hold a little markup and are typed as such; the others are plain.
  const isPlain = !field.tags;
  const value = textOf(place.read());
  control.value = isPlain ? unescaped(value) : value;
  control.addEventListener("input", () => {
    place.write(isPlain ? escaped(control.value) : control.value);
    host.changed();
  });
  const box = labelled(field, place, host, control);
  if (field.gaps && control instanceof HTMLTextAreaElement) {
    box.append(gapHelper(control, () => control.value));
  }
  return box;
}
