/**
 * Names for what a block shows and does not name: a reader of the screen hears what a field, a picture
 * or a frame is. What the block names itself, and who sees it all, are left alone.
 */
import { facts } from "./facts";

type Namer = (element: Element) => string;

const gettext = (text: string): string =>
  (window as unknown as { gettext?: (text: string) => string }).gettext?.(text) ?? text;
const title: Namer = () => document.title;
const answer: Namer = () => gettext("Answer");
const heading: Namer = (element) =>
  textOf(element.parentElement?.querySelector(".image-explorer-hotspot-reveal-header")) ||
  document.title;
const labelBefore: Namer = (element) => {
  const row =
    element.closest(".wrapper-comp-setting, li, .field, .d-flex") ?? element.parentElement;
  return textOf(row?.querySelector("label, .setting-label")) || document.title;
};

/** Selector, the attribute that names it, and where the name is found. */
const NAMELESS: [string, string, Namer][] = [
  [".freetextresponse .student_answer", "aria-label", answer],
  [".submit_and_compare textarea.answer", "aria-label", answer],
  [".image-explorer-hotspot", "aria-label", heading],
  [".image-explorer-background", "alt", title],
  [".scorm-embedded", "title", title],
  [".h5p-iframe", "title", title],
  [".CodeMirror textarea", "aria-label", labelBefore],
  [".pgn__color-picker", "aria-label", labelBefore],
  ["#xb_existing_content_path", "aria-label", labelBefore],
];
/** Buttons that call themselves selected and are tabs therefore. */
const TABS = ".tablinks[aria-selected]";

export function nameTheNameless(): void {
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}

export function nameAll(): void {
  for (const [selector, attribute, name] of NAMELESS) {
    for (const element of document.querySelectorAll(`${selector}:not([${attribute}])`)) {
      element.setAttribute(attribute, name(element));
    }
  }
  if (facts.view !== "studio_view") return;
  for (const tab of document.querySelectorAll(`${TABS}:not([role])`)) {
    tab.setAttribute("role", "tab");
    tab.parentElement?.setAttribute("role", "tablist");
  }
}

function textOf(element: Element | null | undefined): string {
  return element?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}
