/** Words between two stars become gaps: a button that sets the stars, and the list of gaps there are. */
import { translate } from "../shared/translate";
import { button, element } from "./form-parts";

export interface Gap {
  answers: string[];
  tip: string;
}

const GAP = /\*([^*\n]+)\*/g;

export function gapsIn(text: string): Gap[] {
  return [...text.matchAll(GAP)].map((match) => {
    const [answers = "", ...tip] = (match[1] ?? "").split(":");
    return {
      answers: answers
        .split("/")
        .map((one) => one.replace(/\\[+-].*$/, "").trim())
        .filter(Boolean),
      tip: tip.join(":").trim(),
    };
  });
}

/** The text with the selected words as a gap, or without its stars when it was one. */
export function toggled(text: string, from: number, to: number): string {
  const before = text.slice(0, from);
  const chosen = text.slice(from, to);
  const after = text.slice(to);
  if (before.endsWith("*") && after.startsWith("*")) {
    return before.slice(0, -1) + chosen + after.slice(1);
  }
  const words = chosen.trim();
  if (!words || words.includes("*")) return text;
  const lead = chosen.slice(0, chosen.indexOf(words));
  const trail = chosen.slice(lead.length + words.length);
  return `${before}${lead}*${words}*${trail}${after}`;
}

/**
 * Stands below the field. `words` gives the text without markup. The field is a plain textarea, or the
 * hidden one of a sheet beside it, where the selection is then looked for.
 */
export function gapHelper(field: HTMLTextAreaElement, words: () => string): HTMLElement {
  const box = element("div", "h5p-gaps stack-s");
  const list = element("ol", "h5p-gap-list bul sm");
  const none = element("p", "hint");
  none.textContent = translate("No gap yet. Select a word and press the button.");
  const voice = element("p", "vh");
  voice.setAttribute("role", "status");
  const mark = button("btn-2 btn-s", translate("Make the selected words a gap"), () => {
    if (!markSelection(field))
      voice.textContent = translate("Select a word of the text first.");
    show();
  });
  // The selection must not leave the text when the button is pressed with the mouse.
  mark.addEventListener("mousedown", (event) => event.preventDefault());
  const show = (): void => {
    const gaps = gapsIn(words());
    none.hidden = gaps.length > 0;
    list.hidden = gaps.length === 0;
    list.replaceChildren(...gaps.map(row));
  };
  queueMicrotask(() => {
    show();
    (field.closest("rich-text") ?? field).addEventListener("input", show);
  });
  box.append(mark, none, list, voice);
  return box;
}

function row(gap: Gap): HTMLElement {
  const item = element("li", "");
  const answers = element("b", "");
  answers.textContent = gap.answers.join(` ${translate("or")} `);
  item.append(answers);
  if (gap.tip) item.append(` – ${translate("tip: %(text)s", { text: gap.tip })}`);
  return item;
}

function markSelection(field: HTMLTextAreaElement): boolean {
  const sheet = field.parentElement?.querySelector<HTMLElement>("[contenteditable=true]");
  if (sheet && !sheet.hidden) return markInSheet(sheet);
  const changed = toggled(field.value, field.selectionStart, field.selectionEnd);
  if (changed === field.value) return false;
  field.value = changed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  return true;
}

function markInSheet(sheet: HTMLElement): boolean {
  const selection = document.getSelection();
  if (!selection?.rangeCount || !sheet.contains(selection.anchorNode)) return false;
  const range = selection.getRangeAt(0);
  const chosen = range.toString();
  const words = chosen.trim();
  if (!words || words.includes("*")) return false;
  // Around the words, so that their markup stays and a blank at the end does not come along.
  document.execCommand(
    "insertText",
    false,
    chosen.replace(words, () => `*${words}*`),
  );
  sheet.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
