/**
 * Some blocks write English into the page without asking for a translation. What is exactly one of
 * those texts is put into the reader's language where it appears: texts, labels and buttons, never
 * what somebody typed. An editor's own choices are translated too; a learner's were written by an author.
 */
import { facts, readJson } from "./facts";

const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
const TYPED = "textarea, [contenteditable=true], .CodeMirror, script, style";
const CHOICE = "option:not([value])"; // what it says is what it sends

/** A template breaks its lines where the editor of its author did. */
const plain = (said: string | null | undefined): string =>
  (said ?? "").trim().replace(/\s+/g, " ");

/** The translation of a whole text; in the catalogue `#` stands for a number. */
function translated(said: string, words: Record<string, string>): string | undefined {
  if (said in words) return words[said];
  const numbers = said.match(/\d+/g) ?? [];
  const pattern = numbers.length ? words[said.replace(/\d+/g, "#")] : undefined;
  return pattern?.replace(/#/g, () => numbers.shift() ?? "");
}

export function watchWords(words = readJson<Record<string, string>>("words", {})): void {
  if (Object.keys(words).length === 0) return;
  translate(document.body, words);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") text(change.target, words);
      else if (change.type === "attributes") element(change.target as Element, words);
      for (const added of change.addedNodes) translate(added, words);
    }
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...ATTRIBUTES, "value"],
  });
}

export function translate(root: Node, words: Record<string, string>): void {
  if (root instanceof Element) element(root, words);
  else text(root, words);
  const walker = document.createTreeWalker(
    root,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Element) element(node, words);
    else text(node, words);
  }
}

function text(node: Node, words: Record<string, string>): void {
  const said = plain(node.nodeValue);
  const found = translated(said, words);
  if (found && found !== said && !isTyped(node.parentElement)) {
    const whole = node.nodeValue ?? "";
    node.nodeValue = whole.replace(whole.trim(), () => found);
  }
}

function isTyped(parent: Element | null): boolean {
  if (facts.view !== "studio_view" && parent?.closest("option")) return true;
  return parent !== null && parent.closest(`${TYPED}, ${CHOICE}`) !== null;
}

function element(node: Element, words: Record<string, string>): void {
  for (const name of ATTRIBUTES) {
    const said = node.getAttribute(name);
    const found = said && translated(plain(said), words);
    if (found && found !== said) node.setAttribute(name, found);
  }
  if (node instanceof HTMLInputElement && /^(button|submit|reset)$/.test(node.type)) {
    const found = words[node.value];
    if (found && found !== node.value) node.value = found;
  }
}
