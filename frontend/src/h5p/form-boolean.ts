/** Yes or no. */
import type { Host } from "./form-host";
import type { Field } from "./form-model";
import { element, labelWords, notes } from "./form-parts";
import { idOf, type Place } from "./form-place";

export function booleanField(field: Field, place: Place, host: Host): HTMLElement {
  const box = element("div", field.right ? "field h5p-right" : "field");
  const label = element("label", "chk");
  const control = document.createElement("input");
  control.type = "checkbox";
  control.id = idOf(place.path);
  control.checked = place.read() === true;
  control.addEventListener("change", () => {
    place.write(control.checked);
    host.changed();
  });
  const words = element("span", "");
  words.append(...labelWords(field));
  label.append(control, words);
  box.append(label, ...notes(field, place, host, control));
  return box;
}
