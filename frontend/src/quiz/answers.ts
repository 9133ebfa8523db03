/** Reads and writes the answer to one question, whatever controls it is asked with. */

/** Options by their values, or written words. */
export type Answer = { chosen: string[] } | { text: string };

type Written = HTMLTextAreaElement | HTMLInputElement;

const WRITTEN = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";
const PICKED = "input[type=radio]:not([data-flag]), input[type=checkbox]:not([data-flag])";

export function readAnswer(slot: Element): Answer {
  const written = slot.querySelector<Written>(WRITTEN);
  if (written) return { text: written.value };
  const picked = picks(slot).filter((input) => input.checked);
  const selected = selects(slot).map((select) => select.value);
  return { chosen: [...picked.map((input) => input.value), ...selected].filter(Boolean) };
}

export function writeAnswer(slot: Element, answer: Answer): void {
  if ("text" in answer) {
    const written = slot.querySelector<Written>(WRITTEN);
    if (written) written.value = answer.text;
    return;
  }
  for (const input of picks(slot)) input.checked = answer.chosen.includes(input.value);
  selects(slot).forEach((select, place) => {
    select.value = answer.chosen[place] ?? "";
  });
}

/** The answer in the words that stand on the page; empty when there is none. */
export function describeAnswer(slot: Element, answer: Answer): string {
  if ("text" in answer) return answer.text.trim();
  const words = (value: string): string => {
    const input = picks(slot).find((candidate) => candidate.value === value);
    const option = selects(slot)
      .flatMap((select) => [...select.options])
      .find((candidate) => candidate.value === value);
    return (input?.closest("label")?.textContent ?? option?.text ?? value).trim();
  };
  return answer.chosen.map(words).join("; ");
}

function picks(slot: Element): HTMLInputElement[] {
  return [...slot.querySelectorAll<HTMLInputElement>(PICKED)];
}

function selects(slot: Element): HTMLSelectElement[] {
  return [...slot.querySelectorAll("select")];
}
