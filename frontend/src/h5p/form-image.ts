/** A picture: from the media library or from a file, shown small. */
import "../author/media-picker";
import type { Picked } from "../author/media-picker";
import { translate } from "../shared/translate";
import type { Host } from "./form-host";
import { sendPicture } from "./form-image-send";
import { type Field, isObject, type JsonObject, textOf } from "./form-model";
import { button, element, fold, labelWords, notes } from "./form-parts";
import { idOf, inside, type Place } from "./form-place";
import { rightsFold } from "./form-rights";

export function imageField(field: Field, place: Place, host: Host): HTMLElement {
  const box = element("fieldset", "field h5p-image");
  box.id = idOf(place.path);
  box.tabIndex = -1;
  const legend = element("legend", "");
  legend.append(...labelWords(field));
  const shown = element("div", "row");
  const voice = element("p", "err");
  voice.setAttribute("role", "status");
  const rights = element("div", "");
  box.append(legend, ...notes(field, place, host, box), shown, ways(), voice, rights);
  draw();
  return box;

  function draw(): void {
    const value = place.read();
    const path = isObject(value) ? textOf(value.path) : "";
    shown.replaceChildren();
    rights.replaceChildren();
    if (!path) return;
    const address = host.pictureAddress(path);
    if (address) {
      const image = document.createElement("img");
      image.src = address;
      image.alt = translate("The chosen picture");
      image.className = "h5p-thumb";
      shown.append(image);
    } else {
      shown.append(element("span", "mute sm"));
      shown.firstElementChild?.append(path);
    }
    shown.append(
      button("btn-q btn-s", translate("Remove the picture"), () => {
        place.write(undefined);
        host.stepped(translate("Picture removed."));
        draw();
        box.focus();
      }),
    );
    if (!field.without_rights) {
      rights.append(rightsFold(inside(place, "copyright"), host, "file"));
    }
  }

  function ways(): HTMLElement {
    const made = element("div", "stack-s");
    const picker = document.createElement("media-picker");
    picker.dataset.module = host.module;
    picker.dataset.kinds = "image";
    const chosen = document.createElement("input");
    chosen.type = "hidden";
    picker.append(chosen);
    picker.addEventListener("media-picked", (event) => {
      void take({ static: (event as CustomEvent<Picked>).detail.path });
    });
    made.append(picker, uploader());
    return made;
  }

  function uploader(): HTMLElement {
    const made = fold(translate("Or upload a picture"), false);
    const holder = element("div", "stack-s");
    const declaration = document.createElement("input");
    declaration.type = "checkbox";
    declaration.id = `${idOf(place.path)}-declared`;
    const words = element("span", "");
    words.textContent = translate(
      "The file holds no state secret, and no personal data beyond what people consented to.",
    );
    const tick = element("label", "chk sm");
    tick.append(declaration, words);
    const file = document.createElement("input");
    file.type = "file";
    file.id = `${idOf(place.path)}-file`;
    file.accept = "image/png,image/jpeg,image/gif,image/webp";
    const name = element("label", "vh");
    name.setAttribute("for", file.id);
    name.textContent = translate("Or upload a picture");
    const send = (): void => {
      const [one] = file.files ?? [];
      if (!one) return;
      if (declaration.checked) void take({ file: one, declares_no_secret: "on" }, file);
      else voice.textContent = translate("Tick the declaration; then the file is sent.");
    };
    file.addEventListener("change", send);
    declaration.addEventListener("change", send);
    holder.append(tick, name, file);
    made.append(holder);
    return made;
  }

  async function take(
    what: Record<string, string | File>,
    file?: HTMLInputElement,
  ): Promise<void> {
    voice.textContent = "";
    const sent = await sendPicture(host.filesAddress, what);
    if (typeof sent === "string") {
      voice.textContent = sent;
      return;
    }
    if (file) file.value = "";
    place.write(sent as unknown as JsonObject);
    host.stepped(translate("The picture is in its place."));
    draw();
  }
}
