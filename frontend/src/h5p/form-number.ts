/** A number between its limits. */
import type { Host } from "./form-host";
import { type Field, textOf } from "./form-model";
import { element, labelled } from "./form-parts";
import type { Place } from "./form-place";

export function numberField(field: Field, place: Place, host: Host): HTMLElement {
  const control = document.createElement("input");
  control.type = "number";
  control.className = "in h5p-number";
  if (field.min !== undefined) control.min = String(field.min);
  if (field.max !== undefined) control.max = String(field.max);
  control.step = field.step === undefined ? "any" : String(field.step);
  control.value = textOf(place.read());
  control.addEventListener("input", () => {
    const number = control.valueAsNumber;
    // What is no number is no value; the server says when one is needed.
    place.write(Number.isFinite(number) ? number : undefined);
    host.changed();
  });
  const named = field.unit
    ? { ...field, label: `${field.label || field.name} (${field.unit})` }
    : field;
  const box = labelled(named, place, host, control);
  const limits = rangeWords(field);
  if (limits && !field.help) {
    const hint = element("p", "hint");
    hint.id = `${control.id}-range`;
    hint.textContent = limits;
    control.before(hint);
    const before = control.getAttribute("aria-describedby");
    control.setAttribute("aria-describedby", [before, hint.id].filter(Boolean).join(" "));
  }
  return box;
}

function rangeWords({ min, max }: Field): string {
  return min !== undefined && max !== undefined ? `${min} – ${max}` : "";
}
