/**
 * Shows the fields of one language of its form, or of all. Without script all languages stand below each other.
 *
 * @example
 * <form><language-switch></language-switch> … <div data-in="vi"><input></div><div data-in="en"><input></div></form>
 */
import { translate } from "../shared/translate";

const ALL = "all";

export class LanguageSwitch extends HTMLElement {
  private buttons: HTMLButtonElement[] = [];

  connectedCallback(): void {
    const form = this.form;
    if (!form || this.buttons.length) return;
    const names: [string, string][] = [
      ["vi", translate("Vietnamese")],
      ["en", translate("English")],
      ["de", translate("German")],
      [ALL, translate("All languages")],
    ];
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", translate("Languages"));
    this.className = "lang-tabs";
    this.buttons = names.map(([code, name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = code;
      button.textContent = name;
      button.addEventListener("click", () => this.show(code));
      this.append(button);
      return button;
    });
    // A field the server found fault with must not hide behind another language.
    const faulty = form.querySelector<HTMLElement>("[data-in]:has([aria-invalid])");
    this.show(faulty?.dataset["in"] ?? "vi");
    addEventListener("hashchange", this.follow);
    document.addEventListener("click", this.lead, true);
  }

  disconnectedCallback(): void {
    removeEventListener("hashchange", this.follow);
    document.removeEventListener("click", this.lead, true);
  }

  private get form(): HTMLFormElement | null {
    return this.closest("form");
  }

  private show(code: string): void {
    this.form?.setAttribute("data-shows", code);
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.value === code));
    }
    this.dispatchEvent(new CustomEvent("language-shown", { bubbles: true, detail: code }));
  }

  /** A link of the error summary leads to a field: its language has to be shown first. */
  private lead = (event: Event): void => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>(
      ".err-sum a[href^='#']",
    );
    if (link) this.reveal(link.hash.slice(1));
  };

  private follow = (): void => {
    const target = this.reveal(location.hash.slice(1));
    target?.focus();
  };

  private reveal(id: string): HTMLElement | null {
    const target = id ? document.getElementById(id) : null;
    const code = target?.closest<HTMLElement>("[data-in]")?.dataset["in"];
    if (!code || !this.form?.contains(target)) return null;
    const shown = this.form.dataset["shows"];
    if (shown !== ALL && shown !== code) this.show(code);
    return target;
  }
}

customElements.define("language-switch", LanguageSwitch);
