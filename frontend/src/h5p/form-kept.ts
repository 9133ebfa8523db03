/** A field that only the maker's own editor can write: what stands there stays, and the page says so. */
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import type { Field } from "./form-model";
import { element } from "./form-parts";
import { idOf, type Place } from "./form-place";

export function keptField(field: Field, place: Place, _host: Host): HTMLElement {
  const box = element("p", "sm mute");
  box.id = idOf(place.path);
  // Nothing there, nothing to say.
  box.hidden = place.read() === undefined;
  const name = field.label || field.name;
  box.textContent = translate(
    "%(field)s: it stays as it is. To change it, edit the file in Lumi and upload it again.",
    { field: name },
  );
  return box;
}
