/** One of several values: a list to choose from, or buttons side by side. */
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import { type Field, type Json, textOf } from "./form-model";
import { element, labelled, labelWords, notes, option } from "./form-parts";
import { idOf, type Place } from "./form-place";

export function selectField(field: Field, place: Place, host: Host): HTMLElement {
  const control = document.createElement("select");
  control.className = "in";
  const now = textOf(place.read());
  const known = (field.options ?? []).map(({ value, label }) => ({
    value: textOf(value),
    label,
  }));
  if (field.optional || !known.some(({ value }) => value === now)) {
    known.unshift({ value: "", label: field.optional ? "–" : translate("Choose…") });
  }
  for (const { value, label } of known) control.append(option(label, value));
  control.value = known.some(({ value }) => value === now) ? now : "";
  control.addEventListener("change", () => {
    place.write(control.value === "" ? undefined : control.value);
    host.changed();
  });
  return labelled(field, place, host, control);
}

export function radioField(field: Field, place: Place, host: Host): HTMLElement {
  const box = element("fieldset", "field");
  const legend = element("legend", "");
  legend.append(...labelWords(field));
  const row = element("div", "seg h5p-seg");
  row.id = idOf(place.path);
  box.append(legend, ...notes(field, place, host, row), row);
  const now = textOf(place.read());
  for (const { value, label } of field.options ?? []) row.append(choice(value, label));
  return box;

  function choice(value: Json, words: string): HTMLElement {
    const label = element("label", "");
    const control = document.createElement("input");
    control.type = "radio";
    // The name tells the arrow keys which belong together; nothing of it is sent with the form.
    control.name = `h5p-choice-${place.path}`;
    control.setAttribute("form", "h5p-no-form");
    control.value = textOf(value);
    control.checked = textOf(value) === now;
    control.addEventListener("change", () => {
      place.write(textOf(value));
      host.changed();
    });
    const name = element("span", "");
    name.textContent = words;
    label.append(control, name);
    return label;
  }
}
