import { translate } from "../shared/translate";

interface Tool {
  label: string;
  command: string;
  value?: string;
  face: string;
}

const TOOLS: Tool[] = [
  { label: "Paragraph", command: "formatBlock", value: "p", face: "¶" },
  { label: "Heading", command: "formatBlock", value: "h3", face: "H" },
  { label: "Bold", command: "bold", face: "B" },
  { label: "List", command: "insertUnorderedList", face: "•" },
  { label: "Numbered list", command: "insertOrderedList", face: "≣" },
  { label: "Undo", command: "undo", face: "↶" },
];

/**
 * Lets an author write formatted text instead of HTML. The textarea stays the field that is sent, so
 * the page works without script; a button shows it again for those who prefer the source.
 *
 * @example
 * <rich-text><div class="field"><label for="a">Text</label><textarea id="a" lang="vi">…</textarea></div></rich-text>
 */
export class RichText extends HTMLElement {
  private field: HTMLTextAreaElement | null = null;
  private sheet: HTMLElement | null = null;

  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (!field || this.sheet) return;
    this.field = field;
    this.sheet = this.makeSheet(field);
    field.before(this.makeToolbar(this.sheet), this.sheet);
    this.showSource(false);
    field.form?.addEventListener("submit", this.keep);
  }

  disconnectedCallback(): void {
    this.field?.form?.removeEventListener("submit", this.keep);
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
    // The server sanitised it when it was saved and will again; scripts cannot run under our CSP.
    sheet.innerHTML = field.value;
    sheet.addEventListener("input", this.keep);
    return sheet;
  }

  private makeToolbar(sheet: HTMLElement): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "row tools";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", translate("Formatting"));
    for (const tool of TOOLS) {
      bar.append(
        button(tool.face, translate(tool.label), () => {
          sheet.focus();
          document.execCommand(tool.command, false, tool.value);
          this.keep();
        }),
      );
    }
    const source = button("</>", translate("Show the HTML"), () => {
      const shown = source.getAttribute("aria-pressed") !== "true";
      source.setAttribute("aria-pressed", String(shown));
      this.showSource(shown);
    });
    source.setAttribute("aria-pressed", "false");
    bar.append(source);
    return bar;
  }

  private showSource(shown: boolean): void {
    if (!this.field || !this.sheet) return;
    if (!shown) this.sheet.innerHTML = this.field.value;
    this.field.hidden = !shown;
    this.sheet.hidden = shown;
  }

  private keep = (): void => {
    if (this.field && this.sheet && !this.sheet.hidden) this.field.value = this.sheet.innerHTML;
  };
}

function button(face: string, label: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-2 btn-s btn-ico";
  made.textContent = face;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", run);
  return made;
}

customElements.define("rich-text", RichText);
