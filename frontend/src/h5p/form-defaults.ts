/** What a new content, or a new item of a list, begins with. */
import { newId } from "../shared/outbox";
import { escaped, type Field, type Json, type JsonObject } from "./form-model";

export function defaultsOf(fields: Field[]): JsonObject {
  const begun: JsonObject = {};
  for (const field of fields) {
    const value = defaultOf(field);
    if (value !== undefined) begun[field.name] = value;
  }
  return begun;
}

export function defaultOf(field: Field): Json | undefined {
  if (field.kind === "group") return defaultGroup(field);
  if (field.kind === "list") return defaultList(field);
  if (field.kind === "boolean") return field.default === true;
  if (field.kind === "text" || field.kind === "lines") {
    const text = typeof field.default === "string" ? field.default : "";
    return field.tags ? text : escaped(text);
  }
  if (field.kind === "html") return typeof field.default === "string" ? field.default : "";
  return field.default ?? undefined;
}

function defaultGroup(field: Field): Json | undefined {
  const [only] = field.fields ?? [];
  if (field.flat && only) return defaultOf(only);
  const begun = defaultsOf(field.fields ?? []);
  // Contents inside others have names of their own, by which their results are told apart.
  if (field.sub) begun.subContentId = newId();
  return begun;
}

function defaultList(field: Field): Json | undefined {
  if (Array.isArray(field.default)) return field.default;
  const item = field.item;
  if (!item) return undefined;
  const count = field.count ?? field.min ?? 1;
  const items: Json[] = [];
  for (let number = 0; number < Math.min(count, 100); number += 1) {
    const value = defaultOf(item);
    if (value !== undefined) items.push(value);
  }
  return items;
}
