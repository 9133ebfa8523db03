/** Whose a picture or a content is: source, author, licence. Folded, because most leave it to the library. */
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import { escaped, isObject, textOf, unescaped } from "./form-model";
import { element, fold, labelled, option } from "./form-parts";
import { inside, itemOf, type Place } from "./form-place";

/** The codes H5P knows, as its players show them. */
const LICENCES: [string, string][] = [
  ["U", "Undisclosed"],
  ["CC BY", "CC BY"],
  ["CC BY-SA", "CC BY-SA"],
  ["CC BY-ND", "CC BY-ND"],
  ["CC BY-NC", "CC BY-NC"],
  ["CC BY-NC-SA", "CC BY-NC-SA"],
  ["CC BY-NC-ND", "CC BY-NC-ND"],
  ["CC0 1.0", "CC0 1.0"],
  ["PD", "Public domain"],
  ["C", "All rights reserved"],
];

/** A file keeps `author` and `year`; the metadata of a content keeps a list of authors. */
export function rightsFold(place: Place, host: Host, kind: "file" | "metadata"): HTMLElement {
  const box = fold(translate("Source and licence"), false);
  box.classList.add("h5p-rights");
  const list = element("div", "stack");
  const author =
    kind === "file"
      ? inside(place, "author")
      : inside(itemOf(inside(place, "authors"), 0), "name");
  list.append(
    text(translate("Who made it"), author, () => {
      if (kind === "metadata") role(place);
    }),
    text(translate("Where it is from"), inside(place, "source")),
    licence(inside(place, "license")),
  );
  box.append(list);
  return box;

  function text(label: string, there: Place, also: () => void = () => undefined): HTMLElement {
    const control = document.createElement("input");
    control.type = "text";
    control.className = "in";
    control.value = unescaped(textOf(there.read()));
    control.addEventListener("input", () => {
      there.write(escaped(control.value));
      also();
      host.changed();
    });
    return labelled(
      { name: there.path, kind: "text", label, optional: true },
      there,
      host,
      control,
    );
  }

  function licence(there: Place): HTMLElement {
    const control = document.createElement("select");
    control.className = "in";
    const now = textOf(there.read()) || "U";
    const known = LICENCES.some(([code]) => code === now)
      ? LICENCES
      : [[now, now], ...LICENCES];
    for (const [code = "", words = ""] of known) {
      control.append(option(translate(words), code));
    }
    control.value = now;
    control.addEventListener("change", () => {
      there.write(control.value);
      host.changed();
    });
    const field = { name: "license", kind: "select" as const, label: translate("Licence") };
    return labelled(field, there, host, control);
  }
}

/** H5P wants to know what an author did. No name, no author. */
function role(metadata: Place): void {
  const authors = inside(metadata, "authors");
  const list = authors.read();
  if (!Array.isArray(list)) return;
  const named = list.filter((one) => isObject(one) && textOf(one.name));
  authors.write(
    named.length ? named.map((one) => ({ role: "Author", ...(one as object) })) : undefined,
  );
}
