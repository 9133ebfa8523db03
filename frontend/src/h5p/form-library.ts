/** Another content inside this one: which type, its form, its name. */
import { newId } from "../shared/outbox";
import { translate } from "../shared/translate";
import { defaultsOf } from "./form-defaults";
import type { Host } from "./form-host";
import { escaped, type Field, isObject, textOf, unescaped } from "./form-model";
import { button, element, labelled, option } from "./form-parts";
import { idOf, inside, type Place, paramsOf } from "./form-place";
import { rightsFold } from "./form-rights";

export function libraryField(field: Field, place: Place, host: Host): HTMLElement {
  const box = element("div", "h5p-library stack");
  draw();
  return box;

  function library(): string {
    const value = place.read();
    return isObject(value) ? textOf(value.library) : "";
  }

  function draw(): void {
    const now = library();
    const type = host.types[now];
    box.replaceChildren();
    if (now && !type) box.append(kept(now));
    else box.append(chooser(now));
    if (!type) return;
    const form = element("div", "stack h5p-sub");
    form.append(
      titleOf(place),
      host.buildAll(type.fields, paramsOf(place)),
      rightsFold(inside(place, "metadata"), host, "metadata"),
    );
    box.append(form);
  }

  function chooser(now: string): HTMLElement {
    const select = document.createElement("select");
    select.className = "in";
    const known = (field.libraries ?? []).filter((name) => host.types[name]);
    select.append(option(field.optional ? "–" : translate("Choose…"), ""));
    for (const name of known) {
      // Two versions of one type may stand side by side.
      const title = host.types[name]?.title ?? name;
      const twins = known.filter((other) => host.types[other]?.title === title);
      const version = twins.length > 1 ? ` ${name.split(" ")[1] ?? ""}` : "";
      select.append(option(`${title}${version}`, name));
    }
    select.value = now;
    select.addEventListener("change", () => {
      const type = host.types[select.value];
      place.write(
        type
          ? {
              library: select.value,
              params: defaultsOf(type.fields),
              subContentId: newId(),
              metadata: { title: "", license: "U" },
            }
          : undefined,
      );
      host.stepped(select.selectedOptions[0]?.text ?? "");
      draw();
      document.getElementById(idOf(place.path))?.focus();
    });
    return labelled(field, place, host, select);
  }

  /** Its type is not here, or only its maker's editor can write it. */
  function kept(name: string): HTMLElement {
    const note = element("div", "stack-s");
    note.id = idOf(place.path);
    note.tabIndex = -1;
    const words = element("p", "sm");
    words.textContent = translate(
      "%(field)s: it stays as it is. To change it, edit the file in Lumi and upload it again.",
      { field: `${field.label || field.name} (${name})` },
    );
    note.append(words);
    if (field.optional) {
      note.append(
        button("btn-q btn-s", translate("Remove: %(what)s", { what: name }), () => {
          place.write(undefined);
          host.stepped(translate("Removed: %(what)s", { what: name }));
          draw();
        }),
      );
    }
    return note;
  }

  function titleOf(there: Place): HTMLElement {
    const metadata = inside(there, "metadata");
    const title = inside(metadata, "title");
    const control = document.createElement("input");
    control.type = "text";
    control.className = "in";
    control.maxLength = 255;
    control.lang = host.language;
    control.value = unescaped(textOf(title.read()));
    control.addEventListener("input", () => {
      title.write(escaped(control.value));
      host.changed();
    });
    const asked: Field = {
      name: "title",
      kind: "text",
      label: translate("Name"),
      optional: true,
    };
    return labelled(asked, title, host, control);
  }
}
