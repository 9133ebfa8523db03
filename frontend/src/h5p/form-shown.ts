/** Which fields show beside the values there are; the server judges by the same rules. */
import { type Field, isObject, type Json, type JsonObject, type Rule } from "./form-model";

export function isShown(field: Field, beside: JsonObject): boolean {
  if (field.kind === "none") return false;
  if (!field.when) return true;
  const met = field.when.rules.map((rule) => isMet(rule, beside));
  return field.when.all ? met.every(Boolean) : met.some(Boolean);
}

function isMet(rule: Rule, beside: JsonObject): boolean {
  let value: Json | undefined = beside;
  for (const name of rule.field.split("/")) value = isObject(value) ? value[name] : undefined;
  if (isObject(value)) {
    const machineName = nameOf(value.library);
    // A library's version does not matter.
    return machineName !== "" && rule.equals.some((wanted) => nameOf(wanted) === machineName);
  }
  const is = value;
  return rule.equals.some((wanted) =>
    typeof wanted === "boolean" ? (is ?? false) === wanted : is === wanted,
  );
}

function nameOf(library: Json | undefined): string {
  return typeof library === "string" ? (library.split(" ")[0] ?? "") : "";
}
