/**
 * The form of an H5P content, drawn from what the server says about its fields. What it writes is the JSON
 * in its textarea, which is sent, kept and refilled like any field of the studio's forms.
 *
 * @example
 * <h5p-form data-module="C1" data-language="vi" data-files="/studio/C1/h5p/…/files/">
 *   <textarea name="params">{…}</textarea></h5p-form>
 * <script type="application/json" id="h5p-description">{…}</script>
 */
import { translate } from "../shared/translate";
import { defaultsOf } from "./form-defaults";
import { buildField } from "./form-fields";
import { goTo, openAgain, openFolds } from "./form-folds";
import { allFields } from "./form-group";
import type { Host } from "./form-host";
import { readDescription, readObject } from "./form-json";
import type { Description, JsonObject } from "./form-model";
import { button, element } from "./form-parts";
import { idOf, rootPlace } from "./form-place";
import { Steps } from "./form-steps";

const PAUSE = 700; // ms without typing that end an undo step
const OURS = /^images\/([0-9a-f]{64}\.[a-z]+)$/;

export class H5PForm extends HTMLElement {
  private description: Description | null = null;
  private field: HTMLTextAreaElement | null = null;
  private sheet = element("div", "stack h5p-sheet");
  private voice = element("p", "vh");
  private holder: { params: JsonObject } = { params: {} };
  private watched: { element: HTMLElement; look: () => void }[] = [];
  private steps = new Steps("{}");
  private undoButton: HTMLButtonElement | null = null;
  private redoButton: HTMLButtonElement | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private saved = "";
  private isSent = false;

  connectedCallback(): void {
    if (this.field) return;
    const description = readDescription();
    const field = this.querySelector("textarea");
    if (!description || !field) return;
    this.description = description;
    this.field = field;
    field.hidden = true;
    this.voice.setAttribute("role", "status");
    this.append(this.makeBar(), this.sheet, this.voice);
    this.read();
    this.saved = field.value;
    this.steps = new Steps(field.value);
    this.draw();
    field.addEventListener("refill", this.refill);
    this.sheet.addEventListener("input", this.forgive);
    this.sheet.addEventListener("change", this.forgive);
    this.addEventListener("keydown", this.press);
    addEventListener("beforeunload", this.warn);
    document.addEventListener("submit", this.sent);
    addEventListener("hashchange", this.follow);
    this.follow();
  }

  disconnectedCallback(): void {
    clearTimeout(this.pause);
    removeEventListener("beforeunload", this.warn);
    document.removeEventListener("submit", this.sent);
    removeEventListener("hashchange", this.follow);
  }

  /** The parameters as they stand. */
  get params(): JsonObject {
    return this.holder.params;
  }

  /** Only what the content lacks is filled in: it may come from elsewhere. */
  private read(): void {
    const value = readObject(this.field?.value ?? "");
    const type = this.description?.types[this.description.library];
    this.holder.params = value ?? defaultsOf(type?.fields ?? []);
    if (!value) this.store();
  }

  private store(): void {
    if (this.field) this.field.value = JSON.stringify(this.holder.params);
  }

  private draw(): void {
    const type = this.description?.types[this.description.library];
    if (!type) return;
    this.watched = [];
    const host = this.host();
    this.sheet.replaceChildren(allFields(type.fields, rootPlace(this.holder), host));
    this.look();
    this.showSteps();
  }

  private host(): Host {
    const description = this.description as Description;
    const problems = (): Description["problems"] => description.problems;
    const host: Host = {
      types: description.types,
      language: this.dataset.language ?? "vi",
      module: this.dataset.module ?? "",
      filesAddress: this.dataset.files ?? "",
      pictureAddress: (path) => this.pictureAddress(path),
      build: (field, place) => buildField(field, place, host),
      buildAll: (fields, place) => allFields(fields, place, host),
      changed: () => this.changed(),
      stepped: (words) => this.stepped(words),
      undo: () => this.go("undo"),
      watch: (one, look) => {
        this.watched.push({ element: one, look });
        look();
      },
      problemAt: (path) => problems().find((one) => one.path === path)?.message,
      hasProblemIn: (path) =>
        problems().some(
          ({ path: found }) =>
            found === path || found.startsWith(`${path}.`) || found.startsWith(`${path}[`),
        ),
      say: (words) => this.say(words),
    };
    return host;
  }

  private pictureAddress(path: string): string {
    const known = this.description?.pictures[path];
    const ours = OURS.exec(path)?.[1];
    return known ?? (ours ? `${this.dataset.files ?? ""}${ours}` : "");
  }

  private changed(): void {
    this.store();
    this.look();
    this.tell();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.keepStep(), PAUSE);
  }

  private stepped(words: string): void {
    // What was typed just before is a step of its own: undo must not take it along.
    this.keepStep();
    this.store();
    this.keepStep();
    this.tell();
    this.say(words);
    // What has just been drawn anew is looked at when it stands on the page.
    queueMicrotask(() => this.look());
  }

  /** Autosave and preview listen to the form, whatever was pressed to change it. */
  private tell(): void {
    this.field?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private keepStep(): void {
    clearTimeout(this.pause);
    this.steps.keep(this.field?.value ?? "");
    this.showSteps();
  }

  private look(): void {
    this.watched = this.watched.filter(({ element: one }) => this.contains(one));
    for (const { look } of this.watched) look();
  }

  private say(words: string): void {
    this.voice.textContent = words;
  }

  private makeBar(): HTMLElement {
    const bar = element("div", "row h5p-bar");
    this.undoButton = button("btn-2 btn-s", translate("Undo"), () => this.go("undo"));
    this.redoButton = button("btn-2 btn-s", translate("Do it again"), () => this.go("redo"));
    bar.append(this.undoButton, this.redoButton);
    return bar;
  }

  private showSteps(): void {
    if (this.undoButton) this.undoButton.disabled = !this.steps.canUndo;
    if (this.redoButton) this.redoButton.disabled = !this.steps.canRedo;
  }

  private go(way: "undo" | "redo"): void {
    if (!this.field) return;
    this.keepStep();
    const there = way === "undo" ? this.steps.undo() : this.steps.redo();
    if (there === null) return;
    const focused = document.activeElement?.id ?? "";
    const open = openFolds(this.sheet);
    this.field.value = there;
    this.read();
    this.draw();
    openAgain(this.sheet, open);
    this.tell();
    this.say(way === "undo" ? translate("Undone.") : translate("Done again."));
    const again = focused ? document.getElementById(focused) : null;
    const usual = way === "undo" ? this.undoButton : this.redoButton;
    (again ?? (usual?.disabled ? this.undoButton : usual))?.focus();
  }

  private refill = (): void => {
    this.read();
    this.draw();
    this.keepStep();
  };

  /** In a text the browser's own undo is nearer. */
  private press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    if (
      target.matches("input[type=text], input[type=number], textarea, [contenteditable=true]")
    )
      return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    this.go(key === "z" && !event.shiftKey ? "undo" : "redo");
  };

  /** Who mends a field need not read on that it is wrong; the server looks again. */
  private forgive = (event: Event): void => {
    const box = (event.target as Element).closest<HTMLElement>("[data-invalid]");
    const control = box?.querySelector("[aria-invalid]");
    if (!box || !control || !this.description) return;
    delete box.dataset.invalid;
    control.removeAttribute("aria-invalid");
    control.classList.remove("is-err");
    box.querySelector(`[id="${control.id}-error"]`)?.remove();
    const { problems } = this.description;
    this.description.problems = problems.filter(({ path }) => idOf(path) !== control.id);
  };

  private warn = (event: BeforeUnloadEvent): void => {
    if (this.isSent || !this.field || this.field.value === this.saved) return;
    event.preventDefault();
  };

  /** Autosave may hold the form back first and send it again; only what really goes counts. */
  private sent = (event: SubmitEvent): void => {
    if (event.target === this.field?.form) this.isSent = !event.defaultPrevented;
  };

  /** A link of the list of problems opens the folds its field is behind. */
  private follow = (): void => {
    goTo(location.hash, this);
  };
}

customElements.define("h5p-form", H5PForm);
