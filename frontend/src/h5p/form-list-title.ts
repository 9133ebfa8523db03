/** What an item is called in its list: its first words, not its number alone. */
import {
  type ContentType,
  type Field,
  isObject,
  type Json,
  textOf,
  unescaped,
  wordsOf,
} from "./form-model";

const LONGEST = 70;

export function titleOf(
  item: Field,
  value: Json | undefined,
  types: Record<string, ContentType>,
): string {
  const words = firstWords(item, value, types);
  return words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()}…` : words;
}

function firstWords(
  field: Field,
  value: Json | undefined,
  types: Record<string, ContentType>,
): string {
  if (field.kind === "html") return wordsOf(textOf(value));
  if (field.kind === "text" || field.kind === "lines") {
    return field.tags ? wordsOf(textOf(value)) : unescaped(textOf(value));
  }
  if (field.kind === "library") return ofLibrary(value, types);
  if (field.kind !== "group") return "";
  const [only] = field.fields ?? [];
  if (field.flat && only) return firstWords(only, value, types);
  return isObject(value) ? firstOf(field.fields ?? [], value, types) : "";
}

function firstOf(
  fields: Field[],
  values: { [name: string]: Json },
  types: Record<string, ContentType>,
): string {
  for (const field of fields) {
    if (field.kind === "group" || field.common) continue; // what stands around the words, not the words
    const words = firstWords(field, values[field.name], types);
    if (words) return words;
  }
  return "";
}

function ofLibrary(value: Json | undefined, types: Record<string, ContentType>): string {
  if (!isObject(value)) return "";
  const type = types[textOf(value.library)];
  const metadata = value.metadata;
  const given = isObject(metadata) ? unescaped(textOf(metadata.title)) : "";
  const params = isObject(value.params) ? value.params : {};
  const inside = type ? firstOf(type.fields, params, types) : "";
  return given || inside || (type?.title ?? textOf(value.library));
}
