/** Where the caret stands in a sheet, as a number of letters: it survives that the HTML is set anew. */

export function caretOf(sheet: HTMLElement): number {
  const range = rangeIn(sheet);
  if (!range) return 0;
  const before = document.createRange();
  before.selectNodeContents(sheet);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString().length;
}

export function putCaret(sheet: HTMLElement, letters: number): void {
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  let left = letters;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      select(node, left);
      return;
    }
    left -= length;
  }
  select(sheet, sheet.childNodes.length);
}

/** The selection, when it lies in the sheet. */
export function rangeIn(sheet: HTMLElement): Range | null {
  const selection = document.getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return sheet.contains(range.commonAncestorContainer) ? range : null;
}

/** The paragraph, heading, item, cell or box directly around the caret. */
export function around(sheet: HTMLElement, selector: string): HTMLElement | null {
  const start = rangeIn(sheet)?.startContainer;
  const element = start instanceof Element ? start : start?.parentElement;
  const found = element?.closest<HTMLElement>(selector);
  return found && sheet.contains(found) && found !== sheet ? found : null;
}

export function select(node: Node, offset: number): void {
  const range = document.createRange();
  range.setStart(node, offset);
  range.collapse(true);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
