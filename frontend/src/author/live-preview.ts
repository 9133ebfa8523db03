/**
 * Shows what is being written as learners will see it: the server draws it with their own templates.
 * Without script the form has a button that does the same.
 *
 * @example
 * <form data-editor>…</form><live-preview><section><div data-preview>…</div></section></live-preview>
 */
const PAUSE = 600;

export class LivePreview extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | null = null;

  connectedCallback(): void {
    const form = this.form;
    if (!form) return;
    form.addEventListener("input", this.later);
    form.addEventListener("change", this.later);
    form.addEventListener("language-shown", this.later);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  private get form(): HTMLFormElement | null {
    return document.querySelector<HTMLFormElement>("form[data-editor]");
  }

  private later = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show(), PAUSE);
  };

  private async show(): Promise<void> {
    const form = this.form;
    const inside = this.querySelector<HTMLElement>("[data-preview]");
    if (!form || !inside) return;
    const body = new FormData(form);
    body.set("fragment", "1");
    const language = form.dataset["shows"] ?? "";
    if (language !== "all") body.set("preview_language", language);
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        signal: this.asking.signal,
      });
      // Our own server's fragment; the CSP lets no script in it run.
      if (response.ok) inside.innerHTML = await response.text();
    } catch {
      // The old picture stays; the next key asks again.
    }
  }
}

customElements.define("live-preview", LivePreview);
