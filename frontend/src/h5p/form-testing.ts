/** What the tests of the fields share: a form of their own, without any library. Not part of any build. */

import { buildField } from "./form-fields";
import { allFields } from "./form-group";
import type { Host } from "./form-host";
import type { ContentType, Field, Json, JsonObject } from "./form-model";
import { inside, rootPlace } from "./form-place";

export interface Bench {
  element: HTMLElement;
  params: () => JsonObject;
  value: () => Json | undefined;
  changes: () => number;
  said: string[];
}

interface Setting {
  params?: JsonObject;
  types?: Record<string, ContentType>;
  problems?: Record<string, string>;
}

/** One field on a page of its own. */
export function bench(
  field: Partial<Field> & Pick<Field, "kind">,
  setting: Setting = {},
): Bench {
  return benchOf([{ name: "one", label: "One", ...field }], setting);
}

export function benchOf(fields: Field[], { params, types, problems }: Setting = {}): Bench {
  const holder = { params: params ?? {} };
  const said: string[] = [];
  const watched: (() => void)[] = [];
  let changes = 0;
  const look = (): void => {
    for (const one of watched) one();
  };
  const host: Host = {
    types: types ?? {},
    language: "vi",
    module: "C1",
    filesAddress: "/files/",
    pictureAddress: (path) => `/shown/${path}`,
    build: (one, place) => buildField(one, place, host),
    buildAll: (all, place) => allFields(all, place, host),
    changed: () => {
      changes += 1;
      look();
    },
    stepped: (words) => {
      changes += 1;
      said.push(words);
      queueMicrotask(look);
    },
    undo: () => said.push("undo"),
    watch: (_element, one) => {
      watched.push(one);
      one();
    },
    problemAt: (path) => problems?.[path],
    hasProblemIn: (path) => Object.keys(problems ?? {}).some((one) => one.startsWith(path)),
    say: (words) => said.push(words),
  };
  const element = document.createElement("form");
  document.body.replaceChildren(element);
  const root = rootPlace(holder);
  const [only] = fields;
  if (fields.length === 1 && only)
    element.append(buildField(only, inside(root, only.name), host));
  else element.append(allFields(fields, root, host));
  const name = only?.name ?? "";
  return {
    element,
    params: () => holder.params,
    value: () => holder.params[name],
    changes: () => changes,
    said,
  };
}

export function type(control: Element | null, text: string): void {
  const field = control as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function choose(control: Element | null, value: string): void {
  const field = control as HTMLSelectElement;
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function press(target: Element | null, key: string, more: KeyboardEventInit = {}): void {
  target?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}

export function buttonNamed(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find(
    (one) => one.textContent === words || one.getAttribute("aria-label") === words,
  );
  if (!found) throw new Error(`no button ${words}`);
  return found;
}
