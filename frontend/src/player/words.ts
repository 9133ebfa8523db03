/**
 * Some blocks write English into the page without asking for a translation. What is exactly one of
 * those texts is put into the reader's language where it appears: texts, labels and buttons, never
 * what somebody typed.
 */
import { readJson } from "./facts";

const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
const TYPED = "textarea, [contenteditable=true], .CodeMirror, script, style, option";

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
  const said = node.nodeValue?.trim() ?? "";
  const found = said && words[said];
  if (found && found !== said && !node.parentElement?.closest(TYPED)) {
    node.nodeValue = (node.nodeValue ?? "").replace(said, () => found);
  }
}

function element(node: Element, words: Record<string, string>): void {
  for (const name of ATTRIBUTES) {
    const said = node.getAttribute(name);
    const found = said && words[said.trim()];
    if (found && found !== said) node.setAttribute(name, found);
  }
  if (node instanceof HTMLInputElement && /^(button|submit|reset)$/.test(node.type)) {
    const found = words[node.value];
    if (found && found !== node.value) node.value = found;
  }
}
