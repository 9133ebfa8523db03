/** Folds: which are open, and opening those on the way to a field. */

/** By their order: a form that is drawn anew shall not close them. */
export function openFolds(sheet: HTMLElement): boolean[] {
  return [...sheet.querySelectorAll("details")].map(({ open }) => open);
}

/** Where folds came or went, the new form's own choice stands. */
export function openAgain(sheet: HTMLElement, open: boolean[]): void {
  const folds = [...sheet.querySelectorAll("details")];
  if (folds.length !== open.length) return;
  for (const [place, one] of folds.entries()) one.open = open[place] ?? false;
}

/** Show the field an address ends in ("#h5p-answers[0].text"), whatever it is folded behind. */
export function goTo(hash: string, within: HTMLElement): void {
  const id = decodeURIComponent(hash.slice(1));
  if (!id.startsWith("h5p-")) return;
  const target = document.getElementById(id);
  if (!target || !within.contains(target)) return;
  for (
    let fold = target.closest("details");
    fold;
    fold = fold.parentElement?.closest("details") ?? null
  ) {
    fold.open = true;
  }
  // A text with markup is written on the sheet beside its field.
  const hidden = target instanceof HTMLTextAreaElement && target.hidden;
  const sheet = hidden
    ? target.parentElement?.querySelector<HTMLElement>("[contenteditable=true]")
    : null;
  (sheet ?? target).scrollIntoView({ block: "center" });
  (sheet ?? target).focus();
}
