/** What the page and the field hold, read from JSON. */
import { type Description, isObject, type Json, type JsonObject } from "./form-model";

/** What the server says of the form; null on a page without one. */
export function readDescription(): Description | null {
  const value = readObject(document.getElementById("h5p-description")?.textContent ?? "");
  return value as unknown as Description | null;
}

/** An object with something in it, or null. */
export function readObject(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && Object.keys(value).length ? value : null;
  } catch {
    return null;
  }
}
