import { translate } from "../shared/translate";
import { around, caretOf, putCaret } from "./caret";
import { asParagraphs, dress, fromClipboard, undress } from "./markup";
import {
  changeTable,
  editCitation,
  editLink,
  format,
  insertPicture,
  insertTable,
  toggleCase,
  toggleList,
  toggleNote,
} from "./sheet-tools";
import { type Step, UndoStack } from "./undo-stack";

interface Tool {
  label: string;
  face: string;
  /** "ctrl+alt+c": as `shortcutOf` writes a key press. */
  keys?: string;
  /** Shown only while the caret stands in such an element. */
  within?: string;
  /** What it writes: a sheet that is restricted to some tags shows only tools that name one of them. */
  tag?: string;
  run: (sheet: HTMLElement) => void | Promise<void>;
}

const TOOLS: Tool[] = [
  { label: "Paragraph", face: "¶", keys: "ctrl+alt+0", run: () => format("formatBlock", "p") },
  {
    label: "Heading",
    face: "H",
    keys: "ctrl+alt+1",
    tag: "h3",
    run: () => format("formatBlock", "h3"),
  },
  {
    label: "Smaller heading",
    face: "h",
    keys: "ctrl+alt+2",
    tag: "h4",
    run: () => format("formatBlock", "h4"),
  },
  { label: "Bold", face: "B", keys: "ctrl+b", tag: "strong", run: () => format("bold") },
  {
    label: "List",
    face: "•",
    keys: "ctrl+shift+8",
    tag: "ul",
    run: (s) => toggleList(s, "insertUnorderedList"),
  },
  {
    label: "Numbered list",
    face: "1.",
    keys: "ctrl+shift+7",
    tag: "ol",
    run: (s) => toggleList(s, "insertOrderedList"),
  },
  { label: "Note", face: "!", keys: "ctrl+alt+n", run: toggleNote },
  { label: "Example", face: "▍", keys: "ctrl+alt+e", run: toggleCase },
  { label: "Link", face: "↗", keys: "ctrl+k", tag: "a", run: editLink },
  {
    label: "Source of this statement",
    face: "[1]",
    keys: "ctrl+alt+c",
    run: (s) => editCitation(s),
  },
  { label: "Picture", face: "▣", run: insertPicture },
  { label: "Table", face: "▦", run: insertTable },
  { label: "Add a row", face: "+↓", within: "table", run: (s) => changeTable(s, "row") },
  { label: "Add a column", face: "+→", within: "table", run: (s) => changeTable(s, "column") },
  {
    label: "Delete the row",
    face: "−↓",
    within: "table",
    run: (s) => changeTable(s, "no-row"),
  },
  {
    label: "Delete the column",
    face: "−→",
    within: "table",
    run: (s) => changeTable(s, "no-column"),
  },
];
/** Only on sheets that are restricted to tags: elsewhere our texts do without them. */
const MORE_TOOLS: Tool[] = [
  { label: "Italic", face: "I", keys: "ctrl+i", tag: "em", run: () => format("italic") },
  { label: "Underlined", face: "U", keys: "ctrl+u", tag: "u", run: () => format("underline") },
  { label: "Raised", face: "x²", tag: "sup", run: () => format("superscript") },
  { label: "Lowered", face: "x₂", tag: "sub", run: () => format("subscript") },
];
const PAUSE = 600; // ms without typing that end an undo step

/**
 * Lets an author write formatted text instead of HTML. The textarea stays the field that is sent, so
 * the page works without script; a button shows it again for those who prefer the source. An event
 * `refill` on the textarea says that its value was set from outside. `data-tags` restricts it to some
 * elements: then it has only their tools, and no view of the source.
 *
 * @example
 * <rich-text><div class="field"><label for="a">Text</label><textarea id="a" lang="vi">…</textarea></div></rich-text>
 */
export class RichText extends HTMLElement {
  private field: HTMLTextAreaElement | null = null;
  private sheet: HTMLElement | null = null;
  private steps = new UndoStack({ html: "", caret: 0 });
  private pause: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (!field || this.sheet) return;
    this.field = field;
    this.sheet = this.makeSheet(field);
    field.before(this.makeToolbar(this.sheet), this.sheet);
    this.showSource(false);
    this.steps = new UndoStack(this.step());
    field.addEventListener("refill", this.refill);
    field.form?.addEventListener("submit", this.keep);
    document.addEventListener("selectionchange", this.showFitting);
  }

  disconnectedCallback(): void {
    this.field?.form?.removeEventListener("submit", this.keep);
    document.removeEventListener("selectionchange", this.showFitting);
  }

  private makeSheet(field: HTMLTextAreaElement): HTMLElement {
    const sheet = document.createElement("div");
    sheet.className = "in sheet-text prose";
    sheet.setAttribute("contenteditable", "true");
    sheet.lang = field.lang;
    sheet.setAttribute("role", "textbox");
    sheet.setAttribute("aria-multiline", "true");
    const label = field.labels?.[0];
    if (label) sheet.setAttribute("aria-label", label.textContent?.trim() ?? "");
    sheet.addEventListener("focus", () => format("defaultParagraphSeparator", "p"), {
      once: true,
    });
    sheet.addEventListener("input", this.keep);
    sheet.addEventListener("keydown", (event) => this.press(event));
    sheet.addEventListener("paste", (event) => this.paste(event));
    sheet.addEventListener("click", (event) => {
      const mark = (event.target as Element).closest<HTMLElement>("sup.cite");
      if (mark) void this.run((inside) => editCitation(inside, mark));
    });
    return sheet;
  }

  private makeToolbar(sheet: HTMLElement): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "row tools";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", translate("Formatting"));
    for (const tool of this.tools) {
      const made = button(tool.face, named(tool), () => {
        sheet.focus();
        void this.run(tool.run);
      });
      if (tool.within) {
        made.dataset.within = tool.within;
        made.hidden = true;
      }
      bar.append(made);
    }
    if (this.isRestricted) return this.heldBy(bar);
    bar.append(
      button("↶", `${translate("Undo")} (Ctrl+Z)`, () => this.go(this.steps.undo())),
      button("↷", `${translate("Redo")} (Ctrl+Y)`, () => this.go(this.steps.redo())),
    );
    const source = button("</>", translate("Show the HTML"), () => {
      const shown = source.getAttribute("aria-pressed") !== "true";
      source.setAttribute("aria-pressed", String(shown));
      this.showSource(shown);
    });
    source.setAttribute("aria-pressed", "false");
    bar.append(source);
    return this.heldBy(bar);
  }

  /** The selection must not leave the sheet when a button is pressed with the mouse. */
  private heldBy(bar: HTMLElement): HTMLElement {
    bar.addEventListener("mousedown", (event) => event.preventDefault());
    return bar;
  }

  private get isRestricted(): boolean {
    return this.dataset.tags !== undefined;
  }

  private get tools(): Tool[] {
    if (!this.isRestricted) return TOOLS;
    const tags = new Set((this.dataset.tags ?? "").split(" "));
    return [...TOOLS, ...MORE_TOOLS].filter(({ tag }) => tag && tags.has(tag));
  }

  private async run(tool: Tool["run"]): Promise<void> {
    if (!this.sheet) return;
    this.steps.keep(this.step());
    await tool(this.sheet);
    this.keep();
    this.steps.keep(this.step());
    // What hears that somebody types (autosave) must hear of this too.
    this.sheet.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private press(event: KeyboardEvent): void {
    const keys = shortcutOf(event);
    const tool = this.tools.find((one) => one.keys === keys);
    if (tool) {
      event.preventDefault();
      void this.run(tool.run);
    } else if (keys === "ctrl+z" || keys === "ctrl+y" || keys === "ctrl+shift+z") {
      event.preventDefault();
      this.steps.keep(this.step());
      this.go(keys === "ctrl+z" ? this.steps.undo() : this.steps.redo());
    }
  }

  private paste(event: ClipboardEvent): void {
    const html = event.clipboardData?.getData("text/html");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    event.preventDefault();
    const isOneLine = !text.trim().includes("\n") && !html?.includes("cite");
    void this.run((sheet) => {
      if (isOneLine) format("insertText", text);
      else format("insertHTML", html ? fromClipboard(html) : asParagraphs(text));
      dress(sheet);
    });
  }

  private showSource(shown: boolean): void {
    if (!this.field || !this.sheet) return;
    if (!shown) this.fill(this.field.value);
    this.field.hidden = !shown;
    this.sheet.hidden = shown;
  }

  private fill(html: string): void {
    if (!this.sheet) return;
    // The server sanitised it when it was saved and will again; scripts cannot run under our CSP.
    this.sheet.innerHTML = html.trim() || "<p><br></p>";
    dress(this.sheet);
  }

  private go(step: Step | null): void {
    if (!step || !this.sheet) return;
    this.fill(step.html);
    putCaret(this.sheet, step.caret);
    this.sheet.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private step(): Step {
    const { sheet } = this;
    return sheet ? { html: undress(sheet), caret: caretOf(sheet) } : { html: "", caret: 0 };
  }

  private refill = (): void => {
    if (this.field) this.fill(this.field.value);
    this.steps.keep(this.step());
  };

  private showFitting = (): void => {
    if (!this.sheet?.contains(document.getSelection()?.anchorNode ?? null)) return;
    for (const tool of this.querySelectorAll<HTMLElement>("[data-within]")) {
      tool.hidden = !around(this.sheet, tool.dataset.within ?? "");
    }
  };

  private keep = (): void => {
    if (!this.field || !this.sheet || this.sheet.hidden) return;
    this.field.value = undress(this.sheet);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.steps.keep(this.step()), PAUSE);
  };
}

/** "ctrl+alt+c"; the command key of a Mac counts as Ctrl. Digits go by their key, whatever Shift makes of them. */
export function shortcutOf(event: KeyboardEvent): string {
  const key = /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.key.toLowerCase();
  const parts = [
    event.ctrlKey || event.metaKey ? "ctrl" : "",
    event.altKey ? "alt" : "",
    event.shiftKey ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

function named(tool: Tool): string {
  if (!tool.keys) return translate(tool.label);
  const keys = tool.keys.split("+").map((key) => key[0]?.toUpperCase() + key.slice(1));
  return `${translate(tool.label)} (${keys.join("+")})`;
}

function button(face: string, label: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-2 btn-s btn-ico";
  // Drawn by the style sheet: a sign is no part of the name.
  made.dataset.face = face;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", run);
  return made;
}

customElements.define("rich-text", RichText);
