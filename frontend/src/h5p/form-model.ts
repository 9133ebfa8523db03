/** What the server says about the fields of a content type: courses/h5p/engine/form.py. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export type Kind =
  | "text"
  | "lines"
  | "html"
  | "group"
  | "list"
  | "boolean"
  | "number"
  | "select"
  | "radio"
  | "library"
  | "image"
  | "none"
  | "kept";

export interface Rule {
  field: string;
  equals: Json[];
}

export interface Field {
  name: string;
  kind: Kind;
  label: string;
  help?: string;
  /** What an author must know to write here, and an example of it. */
  note?: string;
  example?: string;
  placeholder?: string;
  optional?: boolean;
  common?: boolean;
  importance?: string;
  default?: Json;
  when?: { rules: Rule[]; all: boolean; drops?: boolean };
  gaps?: boolean;
  right?: boolean;
  first_is_right?: boolean;
  tags?: string[];
  enter?: string;
  longest?: number;
  min?: number;
  max?: number;
  step?: number;
  unit?: string;
  entity?: string;
  count?: number;
  options?: { value: Json; label: string }[];
  libraries?: string[];
  fields?: Field[];
  /** A group of one field is no object in the content: its field stands in its place. */
  flat?: boolean;
  sub?: boolean;
  /** Whose the picture is, is said elsewhere. */
  without_rights?: boolean;
  item?: Field;
}

export interface ContentType {
  title: string;
  fields: Field[];
}

/** The whole form: the type that is written, and those it may hold. */
export interface Description {
  library: string;
  types: Record<string, ContentType>;
  /** Pictures of the content: their path there, and where the page finds them. */
  pictures: Record<string, string>;
  problems: { path: string; message: string }[];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** Plain texts are kept escaped, because players put them into pages as HTML. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#039;");
}

export function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  const box = document.createElement("textarea");
  box.innerHTML = text.replace(/</g, "&lt;");
  return box.value;
}

/** The words of some HTML, in one line. */
export function wordsOf(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  return (page.body.textContent ?? "").replace(/\s+/g, " ").trim();
}
