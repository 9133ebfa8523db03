/** Fields that belong together, in a frame or behind a fold. */
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import type { Field } from "./form-model";
import { element, fold } from "./form-parts";
import { inside, type Place } from "./form-place";

/** `inItem`: the list around it has drawn the frame and said the name. */
export function groupField(
  field: Field,
  place: Place,
  host: Host,
  inItem = false,
): HTMLElement {
  const content = element("div", "stack");
  const [only] = field.fields ?? [];
  if (field.flat && only) {
    content.append(host.build({ ...only, label: only.label || field.label }, place));
  } else {
    content.append(host.buildAll(field.fields ?? [], place));
  }
  if (inItem) return content;
  const name = field.label || field.name;
  if (isSecondary(field)) {
    const box = fold(name, host.hasProblemIn(place.path));
    if (field.help) box.append(help(field));
    box.append(content);
    return box;
  }
  if (field.flat) return content;
  const box = element("fieldset", "h5p-group stack");
  const legend = element("legend", "");
  legend.textContent = name;
  box.append(legend, ...(field.help ? [help(field)] : []), content);
  return box;
}

/** What most authors leave as it is: everything in it may stay empty, or its maker calls it unimportant. */
function isSecondary(field: Field): boolean {
  const fields = field.fields ?? [];
  const mayAllStay = fields.every(
    ({ optional, kind, when }) => optional || when || kind === "none",
  );
  return field.optional || field.importance === "low" || mayAllStay;
}

function help(field: Field): HTMLElement {
  const note = element("p", "hint h5p-lines");
  note.textContent = field.help ?? "";
  return note;
}

/** All fields of a group or type in their order; the words of the player's buttons come last, folded. */
export function allFields(fields: Field[], place: Place, host: Host): DocumentFragment {
  const made = document.createDocumentFragment();
  const common = fields.filter((field) => field.common && field.kind !== "none");
  for (const field of fields) {
    if (!field.common && field.kind !== "none") {
      made.append(host.build(field, inside(place, field.name)));
    }
  }
  if (!common.length) return made;
  const isFaulty = common.some((field) => host.hasProblemIn(inside(place, field.name).path));
  const panel = fold(translate("Words on buttons"), isFaulty);
  const note = element("p", "hint");
  note.textContent = translate("What learners read on buttons and hear from screen readers.");
  const list = element("div", "stack");
  for (const field of common) {
    const there = inside(place, field.name);
    // One panel is enough: the groups in it need no fold of their own.
    list.append(
      field.kind === "group"
        ? groupField(inPanel(field), there, host)
        : host.build(field, there),
    );
  }
  panel.append(note, list);
  made.append(panel);
  return made;
}

function inPanel(field: Field): Field {
  const fields = (field.fields ?? []).map((one) => ({ ...one, common: false }));
  return { ...field, fields, optional: false, importance: "high" };
}
