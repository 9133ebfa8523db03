/** Which builder draws which kind of field, and the rule that hides fields. */
import { booleanField } from "./form-boolean";
import { groupField } from "./form-group";
import type { Host } from "./form-host";
import { htmlField } from "./form-html";
import { imageField } from "./form-image";
import { keptField } from "./form-kept";
import { libraryField } from "./form-library";
import { listField } from "./form-list";
import type { Field, Kind } from "./form-model";
import { numberField } from "./form-number";
import type { Place } from "./form-place";
import { radioField, selectField } from "./form-select";
import { isShown } from "./form-shown";
import { textField } from "./form-text";

type Builder = (field: Field, place: Place, host: Host) => HTMLElement;

const BUILDERS: Record<Exclude<Kind, "none">, Builder> = {
  text: textField,
  lines: textField,
  html: htmlField,
  group: (field, place, host) => groupField(field, place, host),
  list: listField,
  boolean: booleanField,
  number: numberField,
  select: selectField,
  radio: radioField,
  library: libraryField,
  image: imageField,
  kept: keptField,
};

export function buildField(field: Field, place: Place, host: Host): HTMLElement {
  const made =
    field.kind === "none"
      ? document.createElement("span")
      : BUILDERS[field.kind](field, place, host);
  if (!field.when) return made;
  // A shell, because some fields hide themselves for reasons of their own.
  const shell = document.createElement("div");
  shell.append(made);
  host.watch(shell, () => {
    const shows = isShown(field, place.beside());
    if (shell.hidden === !shows) return;
    shell.hidden = !shows;
  });
  return shell;
}
