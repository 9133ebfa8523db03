/** What the fields ask of the form they stand in. */
import type { ContentType, Field } from "./form-model";
import type { Place } from "./form-place";

export interface Host {
  types: Record<string, ContentType>;
  /** Of the content: what is typed is in it. */
  language: string;
  module: string;
  /** Where new pictures go. */
  filesAddress: string;
  /** Where the page can show a picture that the content names; "" when it is not here. */
  pictureAddress(path: string): string;
  build(field: Field, place: Place): HTMLElement;
  /** All fields of a group or a content type; those nobody changes often lie in a panel at the end. */
  buildAll(fields: Field[], place: Place): DocumentFragment;
  /** Somebody typed: keep it, and let the fields that depend on it look again. */
  changed(): void;
  /** Something came, went or moved: a step of its own for undo. */
  stepped(words: string): void;
  undo(): void;
  /** Run `look` now and after each change, as long as `element` is on the page. */
  watch(element: HTMLElement, look: () => void): void;
  problemAt(path: string): string | undefined;
  hasProblemIn(path: string): boolean;
  say(words: string): void;
}
