/**
 * Asks before a form is sent. Without a script the form is simply sent.
 *
 * @example
 * <form method="post" action="/certificates/TT-2026/revoke">
 *   <confirm-button heading="Revoke this certificate?" text="This cannot be undone." confirm="Revoke">
 *     <button class="btn">Revoke</button>
 *   </confirm-button>
 * </form>
 */
import { translate } from "../shared/translate";

export class ConfirmButton extends HTMLElement {
  private readonly ask = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>(
      "button, input[type=submit]",
    );
    if (!button?.form || !this.contains(button)) return;
    if (!button.form.checkValidity()) return; // let the browser show what is missing
    event.preventDefault();
    this.open(button, button.form);
  };

  connectedCallback(): void {
    this.addEventListener("click", this.ask);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.ask);
  }

  private open(button: HTMLButtonElement, form: HTMLFormElement): void {
    const dialog = document.createElement("dialog");
    const heading = document.createElement("h2");
    heading.id = "confirm-heading";
    heading.textContent = this.getAttribute("heading") ?? button.textContent;
    dialog.setAttribute("aria-labelledby", heading.id);
    const text = document.createElement("p");
    text.textContent = this.getAttribute("text") ?? "";
    const row = document.createElement("p");
    row.className = "row";
    const yes = choice("btn", this.getAttribute("confirm") ?? button.textContent ?? "");
    const no = choice("btn btn-2", translate("Cancel"));
    row.append(yes, no);
    dialog.append(heading, text, row);

    yes.addEventListener("click", () => {
      dialog.close();
      form.requestSubmit(button);
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      button.focus();
    });
    // Outside the form, so that Enter in the dialog cannot send it.
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }
}

function choice(className: string, text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text.trim();
  return button;
}

customElements.define("confirm-button", ConfirmButton);
