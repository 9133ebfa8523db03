/** Pieces all fields are made of: a label, its notes, the control; buttons and folds. */
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import type { Field } from "./form-model";
import { idOf, type Place } from "./form-place";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A control under its label, tied to help and error for screen readers. */
export function labelled<T extends Control>(
  field: Field,
  place: Place,
  host: Host,
  control: T,
): HTMLElement {
  const box = element("div", "field");
  control.id = idOf(place.path);
  const label = element("label", "");
  label.setAttribute("for", control.id);
  label.append(...labelWords(field));
  box.append(label, ...notes(field, place, host, control), control);
  if (host.problemAt(place.path)) box.dataset.invalid = "";
  return box;
}

export function labelWords(field: Field): (string | Node)[] {
  const name = field.label || field.name;
  if (!field.optional || field.kind === "boolean") return [name];
  const mark = element("span", "mute fw-4");
  mark.textContent = ` (${translate("optional")})`;
  return [name, mark];
}

/** Help, example and error; `control` says by its attributes that it belongs to them. */
export function notes(
  field: Field,
  place: Place,
  host: Host,
  control: HTMLElement,
): HTMLElement[] {
  const found: HTMLElement[] = [];
  const add = (part: string, className: string, text: string): void => {
    const note = element("p", className);
    note.id = `${idOf(place.path)}-${part}`;
    note.textContent = text;
    found.push(note);
  };
  if (field.help) add("help", "hint h5p-lines", field.help);
  if (field.note) add("note", "hint h5p-lines", field.note);
  if (field.example) {
    add("example", "hint h5p-lines", translate("Example: %(text)s", { text: field.example }));
  }
  const problem = host.problemAt(place.path);
  if (problem) {
    add("error", "err", problem);
    control.setAttribute("aria-invalid", "true");
    control.classList.add("is-err");
  }
  if (found.length)
    control.setAttribute("aria-describedby", found.map(({ id }) => id).join(" "));
  return found;
}

export function button(className: string, words: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn ${className}`;
  made.textContent = words;
  made.addEventListener("click", run);
  return made;
}

/** A button with a sign instead of words; the style sheet draws the sign. */
export function signButton(face: string, words: string, run: () => void): HTMLButtonElement {
  const made = button("btn-2 btn-s btn-ico h5p-sign", "", run);
  made.dataset.face = face;
  made.setAttribute("aria-label", words);
  made.title = words;
  return made;
}

export function option(words: string, value: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = words;
  return made;
}

/** Content behind a line that opens it. */
export function fold(words: string, isOpen: boolean): HTMLDetailsElement {
  const made = document.createElement("details");
  made.className = "h5p-fold";
  made.open = isOpen;
  const line = document.createElement("summary");
  const name = element("span", "");
  name.textContent = words;
  line.append(name);
  made.append(line);
  return made;
}

export function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}
