/** Items one can add, remove and put in another order. */
import { translate } from "../shared/translate";
import { defaultOf } from "./form-defaults";
import { groupField } from "./form-group";
import type { Host } from "./form-host";
import { grip } from "./form-list-drag";
import { titleOf } from "./form-list-title";
import type { Field, Json } from "./form-model";
import { button, element, fold, notes, signButton } from "./form-parts";
import { idOf, itemOf, type Place } from "./form-place";

const MANY = 3; // longer lists of long items begin folded

export function listField(field: Field, place: Place, host: Host): HTMLElement {
  const item = field.item;
  const box = element("fieldset", "h5p-list stack-s");
  box.id = idOf(place.path);
  box.tabIndex = -1;
  const legend = element("legend", "");
  legend.textContent = field.label || field.name;
  const list = element("ol", "no-dot stack-s");
  const foot = element("div", "row h5p-list-foot");
  const entity = field.entity || item?.label || translate("item");
  const add = button("btn-2 btn-s", translate("Add: %(what)s", { what: entity }), () => {
    const value = item ? defaultOf(item) : undefined;
    const number = items().length;
    place.write([...items(), value ?? null]);
    host.stepped(translate("Added: %(what)s", { what: name(number) }));
    draw(number);
    focusInside(number);
  });
  box.append(legend, ...notes(field, place, host, box), list, foot);
  foot.append(add);
  draw();
  return box;

  function items(): Json[] {
    const value = place.read();
    return Array.isArray(value) ? value : [];
  }

  function name(number: number): string {
    return `${capital(entity)} ${number + 1}`;
  }

  /** `fresh` is the number of an item that has just come. */
  function draw(fresh = -1): void {
    const all = items();
    list.replaceChildren(...all.map((_value, number) => row(number, all.length, fresh)));
    add.hidden = field.max !== undefined && all.length >= field.max;
  }

  function row(number: number, size: number, fresh: number): HTMLElement {
    const there = itemOf(place, number);
    const made = element("li", "h5p-item");
    made.dataset.number = String(number);
    const head = element("div", "row h5p-item-head");
    const words = element("b", "h5p-item-title");
    host.watch(made, () => {
      const title = item ? titleOf(item, there.read(), host.types) : "";
      words.textContent = title ? `${name(number)}: ${title}` : name(number);
      made.classList.toggle("is-right", isRight(there.read(), number));
    });
    head.append(
      grip(made, name(number), (to) => move(number, to)),
      words,
    );
    if (field.first_is_right || hasMark(item)) head.append(rightMark());
    head.append(tools(number, size));
    made.append(head, body(there, number, size, fresh));
    made.addEventListener("keydown", (event) => {
      const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
      const step = event.altKey && !event.defaultPrevented ? steps[event.key] : undefined;
      if (!step) return;
      event.preventDefault();
      move(number, number + step, "grip");
    });
    return made;
  }

  function tools(number: number, size: number): HTMLElement {
    const made = element("span", "row h5p-item-tools");
    const what = { what: name(number) };
    const up = signButton("↑", translate("Move up: %(what)s", what), () =>
      move(number, number - 1, "up"),
    );
    up.dataset.tool = "up";
    up.disabled = number === 0;
    const down = signButton("↓", translate("Move down: %(what)s", what), () =>
      move(number, number + 1, "down"),
    );
    down.dataset.tool = "down";
    down.disabled = number === size - 1;
    const away = signButton("×", translate("Remove: %(what)s", what), () => remove(number));
    away.disabled = field.min !== undefined && size <= field.min;
    made.append(up, down, away);
    return made;
  }

  function body(there: Place, number: number, size: number, fresh: number): HTMLElement {
    if (!item) return element("span", "");
    const built =
      item.kind === "group"
        ? groupField(item, there, host, true)
        : host.build({ ...item, label: item.label || name(number) }, there);
    if (!isLong(item)) return built;
    const isOpen = number === fresh || size < MANY || host.hasProblemIn(there.path);
    const made = fold(translate("Edit"), isOpen);
    made.append(built);
    return made;
  }

  function isRight(value: Json | undefined, number: number): boolean {
    if (field.first_is_right) return number === 0;
    const mark = item?.fields?.find(({ right }) => right);
    const values = typeof value === "object" && value !== null && !Array.isArray(value);
    return mark !== undefined && values && value[mark.name] === true;
  }

  /** Focus stays with what was pressed, at its new place. */
  function move(from: number, to: number, tool = "grip"): void {
    const all = [...items()];
    const [moved] = all.splice(from, 1);
    if (moved === undefined || to < 0 || to > all.length) {
      host.say(translate("It cannot go further."));
      return;
    }
    all.splice(to, 0, moved);
    place.write(all);
    host.stepped(
      translate("%(what)s is now number %(number)s.", { what: name(from), number: to + 1 }),
    );
    draw();
    const there = list.children[to];
    const wanted = there?.querySelector<HTMLButtonElement>(`[data-tool=${tool}]`);
    const usable = wanted?.disabled
      ? there?.querySelector<HTMLElement>("[data-tool=grip]")
      : wanted;
    usable?.focus();
  }

  function remove(number: number): void {
    const gone = name(number);
    place.write(items().filter((_value, other) => other !== number));
    host.stepped(translate("Removed: %(what)s", { what: gone }));
    draw();
    offerUndo(gone);
  }

  function offerUndo(gone: string): void {
    foot.querySelector(".h5p-removed")?.remove();
    const note = element("span", "row h5p-removed sm");
    note.append(
      translate("Removed: %(what)s", { what: gone }),
      button("btn-q btn-s", translate("Bring it back"), () => host.undo()),
    );
    foot.append(note);
    note.querySelector("button")?.focus();
  }

  function focusInside(number: number): void {
    const first = list.children[number]?.querySelector<HTMLElement>(
      ":scope > :not(.h5p-item-head) :is(input, select, textarea:not([hidden]), [contenteditable=true])",
    );
    first?.focus();
  }
}

function hasMark(item: Field | undefined): boolean {
  return item?.fields?.some(({ right }) => right) ?? false;
}

/** Shown by the style sheet where the item is right. */
function rightMark(): HTMLElement {
  const mark = element("span", "tag ok h5p-right-mark");
  mark.textContent = translate("Right answer");
  return mark;
}

/** Items with lists or other contents in them are forms of their own. */
function isLong(item: Field): boolean {
  return (
    item.kind === "library" ||
    (item.kind === "group" && (item.fields ?? []).some(({ kind }) => kind === "list"))
  );
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
