/**
 * Chooses a file of the media library for a field, an input or a list. Without script the field is a plain text field, and the
 * link beside it leads to a page where a file can be put into the module and its path copied.
 *
 * Usage. Wrap the field; the value is the file's path in the module, "/static/x.mp3":
 *
 *   <media-picker data-module="C1" data-kinds="audio video">
 *     <div class="field"><label for="src">Recording</label>
 *       <input class="in" id="src" name="src" value="/static/x.mp3"></div>
 *     <a href="{% url "courses:media_pick" "C1" %}?kinds=audio+video">{% translate "Media library" %}</a>
 *   </media-picker>
 *
 * `data-kinds`: any of image audio video document captions, separated by spaces; none means all.
 * `data-address` (optional): where the list is, default `/library/pick/<module>/`.
 *
 * The chosen file becomes one of the module's files (a new draft version; block versions do not change).
 * Then the field is filled, sends `input` and `change`, and the element sends the bubbling event
 * `media-picked`, whose `detail` is a `Picked`: fill further fields (alternative text, length) from it.
 */
import { translate } from "../shared/translate";

/** What the server tells about the chosen file. */
export interface Picked {
  path: string;
  /** Where the page can show it. */
  url: string;
  title: string;
  description: string;
  kind: "image" | "audio" | "video" | "document" | "captions";
  media_type: string;
  language: string;
  ai_label: "none" | "assisted" | "generated" | "unknown";
  duration: number | null;
  width: number | null;
  height: number | null;
}

export class MediaPicker extends HTMLElement {
  private dialog: HTMLDialogElement | null = null;
  private inside: HTMLElement | null = null;
  private shown = "";

  connectedCallback(): void {
    const field = this.field;
    if (!field || this.querySelector("[data-open]")) return;
    const open = document.createElement("button");
    open.type = "button";
    open.className = "btn btn-2 btn-s";
    open.textContent = translate("Choose from the library");
    open.setAttribute("data-open", "");
    open.setAttribute("aria-haspopup", "dialog");
    open.addEventListener("click", () => this.open(open));
    const row = document.createElement("p");
    row.className = "row";
    row.append(open);
    this.append(row);
    const link = this.querySelector<HTMLAnchorElement>("a[href*='/pick/']");
    if (link) link.hidden = true;
  }

  disconnectedCallback(): void {
    this.dialog?.close();
  }

  private get field(): HTMLInputElement | HTMLSelectElement | null {
    return this.querySelector<HTMLInputElement | HTMLSelectElement>("input, select");
  }

  private get address(): string {
    const module = encodeURIComponent(this.dataset.module ?? "");
    return this.dataset.address ?? `/library/pick/${module}/`;
  }

  private open(button: HTMLButtonElement): void {
    const dialog = document.createElement("dialog");
    dialog.className = "media-dialog stack";
    const heading = document.createElement("h2");
    heading.id = "media-picker-heading";
    heading.textContent = translate("Media library");
    dialog.setAttribute("aria-labelledby", heading.id);
    const inside = document.createElement("div");
    inside.setAttribute("aria-live", "polite");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-2 btn-s";
    close.textContent = translate("Close");
    close.addEventListener("click", () => dialog.close());
    dialog.append(heading, inside, close);
    dialog.addEventListener("submit", this.sent);
    dialog.addEventListener("click", this.clicked);
    dialog.addEventListener("close", () => {
      document.removeEventListener("visibilitychange", this.lookAgain);
      dialog.remove();
      this.dialog = null;
      button.focus();
    });
    // Outside the editor's form: forms cannot stand in each other.
    document.body.append(dialog);
    dialog.showModal();
    this.dialog = dialog;
    this.inside = inside;
    // Back from the tab where a file was uploaded: it stands first now.
    document.addEventListener("visibilitychange", this.lookAgain);
    void this.show(new URLSearchParams({ kinds: this.dataset.kinds ?? "" }));
  }

  private readonly lookAgain = (): void => {
    if (document.visibilityState === "visible" && this.shown) {
      void this.show(new URLSearchParams(this.shown));
    }
  };

  private readonly sent = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    if (form.hasAttribute("data-search")) {
      void this.show(
        new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      );
      return;
    }
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (form.hasAttribute("data-place") && button) void this.place(form, button);
  };

  private readonly clicked = (event: Event): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".pager a");
    if (!link) return;
    event.preventDefault();
    void this.show(new URL(link.href, location.href).searchParams);
  };

  private async show(query: URLSearchParams): Promise<void> {
    const inside = this.inside;
    if (!inside) return;
    query.set("inside", "1");
    this.shown = query.toString();
    const hadFocus = inside.contains(document.activeElement);
    try {
      const response = await fetch(`${this.address}?${query}`, {
        credentials: "same-origin",
        redirect: "manual",
      });
      if (!response.ok) throw new Error(String(response.status));
      // Our own server's fragment; the CSP lets no script in it run.
      inside.innerHTML = await response.text();
    } catch {
      this.say(translate("The library cannot be reached. Check the connection and sign-in."));
      return;
    }
    const search = inside.querySelector<HTMLInputElement>("input[type=search]");
    if (search && (hadFocus || document.activeElement === document.body)) search.focus();
  }

  private async place(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
    const body = new FormData(form);
    body.set("item", button.value);
    button.disabled = true;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
      this.take(answer as Picked);
    } catch (error) {
      button.disabled = false;
      const told = error instanceof Error && !(error instanceof SyntaxError) && error.message;
      this.say(
        told || translate("The library cannot be reached. Check the connection and sign-in."),
      );
    }
  }

  private take(picked: Picked): void {
    const field = this.field;
    this.dialog?.close();
    if (!field) return;
    if (field instanceof HTMLSelectElement && !named(field, picked.path)) {
      const option = document.createElement("option");
      option.value = picked.path;
      option.textContent = picked.path.replace("/static/", "");
      field.append(option);
    }
    field.value = picked.path;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatchEvent(
      new CustomEvent<Picked>("media-picked", { bubbles: true, detail: picked }),
    );
  }

  private say(text: string): void {
    const inside = this.inside;
    if (!inside) return;
    inside.querySelector("[role=alert]")?.remove();
    const note = document.createElement("p");
    note.className = "note err-n";
    note.setAttribute("role", "alert");
    note.textContent = text;
    inside.prepend(note);
  }
}

function named(list: HTMLSelectElement, value: string): boolean {
  return [...list.querySelectorAll("option")].some((option) => option.value === value);
}

customElements.define("media-picker", MediaPicker);
