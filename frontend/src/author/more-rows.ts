/**
 * Rows of a form that grow: its button adds an empty one, each row can be taken out. Without script the
 * button sends the form and the server adds the row; an empty row is left out when the form is saved.
 *
 * The names in a row hold its number: `text3_vi`, or `crit1level3_vi` with `data-depth="1"`. The number is
 * counted up in names, ids and what refers to them. `data-letters` counts A, B, C.
 *
 * @example
 * <more-rows data-letters><fieldset data-row><legend>Answer <span data-number>A</span></legend>
 *   <input name="text0_vi"></fieldset> <p><button name="more" value="option">One more</button></p></more-rows>
 */
import { translate } from "../shared/translate";

const NUMBERED = ["id", "name", "for", "aria-describedby", "aria-labelledby"];

export class MoreRows extends HTMLElement {
  connectedCallback(): void {
    if (this.hasAttribute("data-ready")) return;
    this.setAttribute("data-ready", "");
    for (const row of this.rows) this.addRemover(row);
    this.addEventListener("click", this.pressed);
  }

  private get rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(":scope > [data-row]")];
  }

  private get depth(): number {
    return Number(this.dataset["depth"] ?? 0);
  }

  private pressed = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    if (!button || button.closest("more-rows") !== this) return;
    if (button.name === "more") {
      event.preventDefault();
      this.add(button);
    } else if (button.hasAttribute("data-remove")) {
      this.takeOut(button.closest<HTMLElement>("[data-row]"));
    }
  };

  private add(button: HTMLButtonElement): void {
    const last = this.rows.at(-1);
    if (!last) return;
    const number = this.rows.length;
    const made = last.cloneNode(true) as HTMLElement;
    made.hidden = false;
    // A row with rows of its own begins with as many as stand there, all empty.
    for (const element of [made, ...made.querySelectorAll<HTMLElement>("*")]) {
      this.renumber(element, number);
      empty(element);
    }
    for (const note of made.querySelectorAll(".err")) note.parentElement?.remove();
    for (const field of made.querySelectorAll("[data-invalid]")) {
      field.removeAttribute("data-invalid");
    }
    const shown = made.querySelector("[data-number]");
    if (shown) shown.textContent = this.label(number);
    for (const nested of made.querySelectorAll("more-rows"))
      nested.removeAttribute("data-ready");
    for (const old of made.querySelectorAll("[data-remove]")) old.closest("p")?.remove();
    this.addRemover(made);
    (button.closest("p") ?? button).before(made);
    const first = [
      ...made.querySelectorAll<HTMLElement>("input:not([type=hidden]), textarea, select"),
    ].find((control) => control.offsetParent !== null || control.matches("[name]"));
    first?.focus();
    made.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private renumber(element: HTMLElement, number: number): void {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, renumbered(value, this.depth, number));
    }
    // A tick says which row is right.
    if (element instanceof HTMLInputElement && isTick(element) && /^\d+$/.test(element.value)) {
      element.value = String(number);
    }
  }

  private takeOut(row: HTMLElement | null): void {
    if (!row) return;
    for (const element of row.querySelectorAll<HTMLElement>("*")) empty(element);
    row.hidden = true;
    row.dispatchEvent(new Event("input", { bubbles: true }));
    this.querySelector<HTMLElement>(":scope > p > button[name=more]")?.focus();
  }

  private addRemover(row: HTMLElement): void {
    if (!row.querySelector(":scope > legend")) return;
    const line = document.createElement("p");
    line.className = "q-remove";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "as-link sm";
    button.setAttribute("data-remove", "");
    const name = row.querySelector("legend")?.textContent?.trim() ?? "";
    button.textContent = translate("Take out");
    button.setAttribute("aria-label", `${translate("Take out")}: ${name}`);
    line.append(button);
    row.append(line);
  }

  private label(number: number): string {
    return this.hasAttribute("data-letters")
      ? String.fromCharCode(65 + number)
      : String(number + 1);
  }
}

/** `text3_vi` with another number; `depth` says which of its numbers. Every name of a list is changed. */
export function renumbered(value: string, depth: number, number: number): string {
  return value
    .split(" ")
    .map((part) => {
      let seen = -1;
      return part.replace(/\d+/g, (found) => {
        seen += 1;
        return seen === depth ? String(number) : found;
      });
    })
    .join(" ");
}

function isTick(input: HTMLInputElement): boolean {
  return input.type === "checkbox" || input.type === "radio";
}

function empty(element: HTMLElement): void {
  element.removeAttribute("aria-invalid");
  element.classList.remove("is-err");
  if (element instanceof HTMLInputElement) {
    if (isTick(element)) element.checked = false;
    else element.value = "";
  } else if (element instanceof HTMLTextAreaElement) {
    element.value = "";
  } else if (element instanceof HTMLSelectElement) {
    element.selectedIndex = 0;
  }
}

customElements.define("more-rows", MoreRows);
