/**
 * Shows one language of a form at a time, or two side by side. Without script all stand below each other.
 *
 * @example
 * <language-tabs><section data-language="vi" data-name="Tiếng Việt"><h2>…</h2> fields </section> …</language-tabs>
 */
import { translate } from "../shared/translate";

export class LanguageTabs extends HTMLElement {
  private panels: HTMLElement[] = [];
  private tabs: HTMLButtonElement[] = [];
  private both: HTMLButtonElement | null = null;

  connectedCallback(): void {
    if (this.tabs.length) return;
    this.panels = [...this.querySelectorAll<HTMLElement>(":scope > [data-language]")];
    if (this.panels.length < 2) return;
    const bar = document.createElement("div");
    bar.className = "row lang-bar";
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", translate("Languages"));
    list.className = "lang-tabs";
    this.tabs = this.panels.map((panel) => this.makeTab(panel));
    list.append(...this.tabs);
    this.both = document.createElement("button");
    this.both.type = "button";
    this.both.className = "btn btn-q btn-s push";
    this.both.textContent = translate("Side by side");
    this.both.setAttribute("aria-pressed", "false");
    this.both.addEventListener("click", () => {
      const shown = this.both?.getAttribute("aria-pressed") !== "true";
      this.both?.setAttribute("aria-pressed", String(shown));
      const chosen = this.chosen;
      this.show(shown && chosen === 0 ? 1 : chosen);
    });
    bar.append(list, this.both);
    this.prepend(bar);
    // A field the server found fault with must not hide behind a tab.
    const faulty = this.panels.findIndex((panel) => panel.querySelector("[aria-invalid]"));
    this.show(Math.max(faulty, 0));
    this.addEventListener("input", this.name);
    addEventListener("hashchange", this.follow);
  }

  disconnectedCallback(): void {
    removeEventListener("hashchange", this.follow);
  }

  private get chosen(): number {
    return this.tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  }

  private makeTab(panel: HTMLElement): HTMLButtonElement {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.lang = panel.dataset["language"] ?? "";
    tab.id = `tab-${panel.dataset["language"]}`;
    panel.id ||= `panel-${panel.dataset["language"]}`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.querySelector(":scope > h2")?.classList.add("vh");
    tab.textContent = tabName(panel);
    tab.addEventListener("click", () => this.show(this.tabs.indexOf(tab)));
    tab.addEventListener("keydown", (event) => this.press(event));
    return tab;
  }

  private press(event: KeyboardEvent): void {
    const moves: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const next = (this.chosen + move + this.tabs.length) % this.tabs.length;
    this.show(next);
    this.tabs[next]?.focus();
  }

  /** The tab at `place`; side by side the first language stays beside it. */
  private show(place: number): void {
    const isBoth = this.both?.getAttribute("aria-pressed") === "true";
    this.classList.toggle("is-both", isBoth);
    for (const [number, panel] of this.panels.entries()) {
      panel.hidden = number !== place && !(isBoth && number === 0);
      const tab = this.tabs[number];
      tab?.setAttribute("aria-selected", String(number === place));
      if (tab) tab.tabIndex = number === place ? 0 : -1;
    }
  }

  private name = (): void => {
    for (const [place, panel] of this.panels.entries()) {
      const tab = this.tabs[place];
      if (tab) tab.textContent = tabName(panel);
    }
  };

  /** A link of the error summary opens the tab its field is behind. */
  private follow = (): void => {
    const target = document.getElementById(location.hash.slice(1));
    const place = this.panels.findIndex((panel) => target && panel.contains(target));
    if (place < 0) return;
    this.show(place);
    target?.focus();
  };
}

function tabName(panel: HTMLElement): string {
  const name = panel.dataset["name"] ?? "";
  const fields = panel.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    "input:not([type=hidden]):not([type=file]), textarea",
  );
  const isEmpty = [...fields].every((field) => !field.value.trim());
  return isEmpty ? translate("Add %(language)s", { language: name }) : name;
}

customElements.define("language-tabs", LanguageTabs);
