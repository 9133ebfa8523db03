/** Reads and writes the answer to one question, whatever controls it is asked with. */

/** Options, pairs or words, as the server keeps them: "a", "p1 a", "9,81", "g1 Hà Nội". */
export type Answer = { chosen: string[] };

type Written = HTMLTextAreaElement | HTMLInputElement;

const WRITTEN =
  "textarea, input:not([type=radio], [type=checkbox], [type=hidden], [type=file])";
const PICKED = "input[type=radio]:not([data-flag]), input[type=checkbox]:not([data-flag])";

export function readAnswer(slot: Element): Answer {
  const picked = picks(slot).filter((input) => input.checked);
  const selected = selects(slot).map((select) => select.value);
  const typed = fields(slot)
    .filter((field) => field.value.trim())
    .map((field) => prefix(field) + field.value);
  return {
    chosen: [...picked.map((input) => input.value), ...selected, ...typed].filter(Boolean),
  };
}

export function writeAnswer(slot: Element, answer: Answer): void {
  for (const input of picks(slot)) input.checked = answer.chosen.includes(input.value);
  for (const select of selects(slot)) {
    const values = [...select.options].map((option) => option.value);
    select.value = answer.chosen.find((part) => part && values.includes(part)) ?? "";
  }
  for (const field of fields(slot)) {
    const start = prefix(field);
    const part = answer.chosen.find((one) => (start ? one.startsWith(start) : true)) ?? "";
    field.value = part.slice(start.length);
  }
  slot.dispatchEvent(new Event("answer-written")); // nobody acted, so this is no "change"
}

/** The answer in the words that stand on the page; empty when there is none. */
export function describeAnswer(slot: Element, answer: Answer): string {
  const words = (value: string): string => {
    const input = picks(slot).find((candidate) => candidate.value === value);
    if (input) return input.closest("label")?.textContent ?? value;
    for (const select of selects(slot)) {
      const option = [...select.options].find((candidate) => candidate.value === value);
      const about = select.closest("label")?.querySelector("span")?.textContent?.trim();
      if (option) return about ? `${about}: ${option.text}` : option.text;
    }
    const field = fields(slot).find((candidate) => value.startsWith(prefix(candidate)));
    return field ? value.slice(prefix(field).length) : value;
  };
  return answer.chosen.map((value) => words(value).trim()).join("; ");
}

/** "g1 " for the gap `slot-3.g1`; nothing for the only field of a question. */
function prefix(field: Written): string {
  const [, gap] = field.name.split(".", 2);
  return gap ? `${gap} ` : "";
}

function picks(slot: Element): HTMLInputElement[] {
  return [...slot.querySelectorAll<HTMLInputElement>(PICKED)];
}

function selects(slot: Element): HTMLSelectElement[] {
  return [...slot.querySelectorAll("select")];
}

function fields(slot: Element): Written[] {
  return [...slot.querySelectorAll<Written>(WRITTEN)];
}
