/** What the buttons above a sheet do. Each works on the selection and leaves the caret in place. */
import { translate } from "../shared/translate";
import { ask } from "./ask";
import { around, caretOf, putCaret, rangeIn, select } from "./caret";
import { dress } from "./markup";
import type { Picked } from "./media-picker";
import { addPicture, type Picture, pageData, type SourceChoice } from "./page-data";

const PARTS = "p, h3, h4, li, td, th, blockquote";

export function format(command: string, value?: string): void {
  // Old, but every browser has it, and the sanitiser on the server settles what it leaves behind.
  document.execCommand(command, false, value);
}

/** A list of the paragraph, or a paragraph again; who was typing goes on where she was. */
export function toggleList(sheet: HTMLElement, command: string): void {
  const isCaret = rangeIn(sheet)?.collapsed ?? false;
  const place = caretOf(sheet);
  format(command);
  // Chromium puts the caret before the words, so that the next item would land above this one.
  if (isCaret && caretOf(sheet) !== place) putCaret(sheet, place);
}

/** Make the paragraph a note, or a plain paragraph again. */
export function toggleNote(sheet: HTMLElement): void {
  const box = around(sheet, "p.note, div.note");
  if (box) {
    box.classList.remove("note");
    if (!box.className) box.removeAttribute("class");
    if (box.tagName === "DIV") box.replaceWith(...box.childNodes);
    return;
  }
  const paragraph = around(sheet, "p");
  if (paragraph) paragraph.className = "note";
}

/** Put the paragraph or list into a case box with its label, or take the box away. */
export function toggleCase(sheet: HTMLElement): void {
  const box = around(sheet, ".case");
  if (box) {
    box.querySelector(":scope > .case-label")?.removeAttribute("class");
    box.replaceWith(...box.childNodes);
    return;
  }
  const part = around(sheet, "ul, ol, table, blockquote") ?? around(sheet, "p, h3, h4");
  if (!part) return;
  const made = document.createElement("div");
  made.className = "case";
  const label = document.createElement("p");
  label.className = "case-label";
  label.textContent = translate("Example");
  part.replaceWith(made);
  made.append(label, part);
  select(part, 0);
}

export async function editLink(sheet: HTMLElement): Promise<void> {
  const link = around(sheet, "a[href]");
  const range = rangeIn(sheet)?.cloneRange();
  const text = link?.textContent ?? range?.toString() ?? "";
  const answer = await ask(
    translate("Link"),
    [
      {
        name: "href",
        label: translate("Address"),
        value: link?.getAttribute("href") ?? "https://",
        required: true,
      },
      { name: "text", label: translate("Words of the link"), value: text, required: true },
    ],
    { confirm: translate("Insert"), ...(link ? { remove: translate("Remove the link") } : {}) },
  );
  if (answer === null) return;
  if (answer === "remove") {
    link?.replaceWith(...link.childNodes);
    return;
  }
  const href = answer["href"] ?? "";
  if (!/^(https?:\/\/|mailto:|tel:|\/)/.test(href)) return;
  const made = document.createElement("a");
  made.setAttribute("href", href);
  made.textContent = answer["text"] || href;
  if (link) link.replaceWith(made);
  else insert(sheet, made, range);
}

/** Name the source of a statement; `mark` is one that is there already. */
export async function editCitation(sheet: HTMLElement, mark?: HTMLElement): Promise<void> {
  const range = rangeIn(sheet)?.cloneRange();
  const register = pageData<SourceChoice>("studio-sources");
  const answer = await ask(
    translate("Source of this statement"),
    [
      {
        name: "source",
        label: translate("Source"),
        value: mark?.dataset["source"] ?? register[0]?.id ?? "",
        choices: register.map(({ id, title, publisher }) => ({
          value: id,
          label: `${id}: ${title}${publisher ? ` (${publisher})` : ""}`,
        })),
        required: true,
      },
      {
        name: "lines",
        label: translate("Lines or section"),
        hint: translate("Lines such as 8-12, or a section such as 1.3."),
        value: mark?.dataset["lines"] ?? "",
      },
    ],
    {
      confirm: translate("Insert"),
      ...(mark ? { remove: translate("Remove the source") } : {}),
    },
  );
  if (answer === null) return;
  if (answer === "remove") {
    mark?.remove();
    return;
  }
  const made = mark ?? document.createElement("sup");
  made.className = "cite";
  made.dataset["source"] = answer["source"] ?? "";
  made.dataset["lines"] = answer["lines"] ?? "";
  made.setAttribute("contenteditable", "false");
  if (mark) return;
  range?.collapse(false);
  insert(sheet, made, range);
}

export async function insertPicture(sheet: HTMLElement): Promise<void> {
  const range = rangeIn(sheet)?.cloneRange();
  const pictures = pageData<Picture>("studio-pictures");
  const module = sheet.closest<HTMLElement>("rich-text")?.dataset["module"] ?? "";
  const answer = await ask(
    translate("Picture"),
    [
      {
        name: "src",
        label: translate("Picture of the module"),
        choices: pictures.map(({ path }) => ({
          value: path,
          label: path.replace("/static/", ""),
        })),
        hint: pictures.length
          ? ""
          : translate("The module has no picture yet. Add one in the media library."),
        required: true,
        library: module,
      },
      {
        name: "alt",
        label: translate("What the picture shows, for who cannot see it"),
        required: true,
      },
      { name: "caption", label: translate("Caption below the picture") },
    ],
    { confirm: translate("Insert"), made: takeFromLibrary },
  );
  if (!answer || answer === "remove" || !answer["src"]) return;
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  image.setAttribute("src", answer["src"]);
  image.alt = answer["alt"] ?? "";
  figure.append(image);
  if (answer["caption"]) {
    const caption = document.createElement("figcaption");
    caption.textContent = answer["caption"];
    figure.append(caption);
  }
  insertPart(sheet, figure, range);
  dress(sheet);
}

/** A picture of the library brings its address and, when the library says it, what it shows. */
function takeFromLibrary(form: HTMLFormElement): void {
  form.addEventListener("media-picked", (event) => {
    const { path, url, description } = (event as CustomEvent<Picked>).detail;
    addPicture({ path, url });
    const shows = form.elements.namedItem("alt");
    if (shows instanceof HTMLInputElement && !shows.value) shows.value = description;
  });
}

export async function insertTable(sheet: HTMLElement): Promise<void> {
  const range = rangeIn(sheet)?.cloneRange();
  const answer = await ask(
    translate("Table"),
    [
      { name: "caption", label: translate("What the table shows"), required: true },
      { name: "columns", label: translate("Columns"), value: "3", required: true },
      { name: "rows", label: translate("Rows"), value: "3", required: true },
    ],
    { confirm: translate("Insert") },
  );
  if (!answer || answer === "remove") return;
  insertPart(
    sheet,
    table(answer["caption"] ?? "", number(answer["columns"], 8), number(answer["rows"], 40)),
    range,
  );
}

/** Add a row below the caret's, or a column to its right; take them away. */
export function changeTable(
  sheet: HTMLElement,
  what: "row" | "column" | "no-row" | "no-column",
): void {
  const cell = around(sheet, "td, th") as HTMLTableCellElement | null;
  const row = cell?.closest("tr");
  const grid = cell?.closest("table");
  if (!cell || !row || !grid) return;
  if (what === "row") {
    const made = document.createElement("tr");
    for (const _ of row.cells) made.append(emptyCell("td"));
    if (row.closest("thead")) grid.tBodies[0]?.prepend(made);
    else row.after(made);
  } else if (what === "no-row") {
    if (grid.rows.length > 1) row.remove();
  } else {
    const place = cell.cellIndex;
    for (const each of grid.rows) {
      const at = each.cells[Math.min(place, each.cells.length - 1)];
      if (what === "column") at?.after(emptyCell(each.closest("thead") ? "th" : "td"));
      else if (each.cells.length > 1) at?.remove();
    }
  }
}

function table(caption: string, columns: number, rows: number): HTMLTableElement {
  const made = document.createElement("table");
  made.createCaption().textContent = caption;
  const head = made.createTHead().insertRow();
  for (let place = 0; place < columns; place++) head.append(emptyCell("th"));
  const body = made.createTBody();
  for (let place = 0; place < rows; place++) {
    const row = body.insertRow();
    for (let column = 0; column < columns; column++) row.append(emptyCell("td"));
  }
  return made;
}

function emptyCell(tag: "td" | "th"): HTMLElement {
  const cell = document.createElement(tag);
  if (tag === "th") cell.setAttribute("scope", "col");
  cell.append(document.createElement("br"));
  return cell;
}

function number(value: string | undefined, most: number): number {
  return Math.min(Math.max(Number.parseInt(value ?? "", 10) || 1, 1), most);
}

/** Put something into the line at `range`, behind everything when there is none. */
function insert(sheet: HTMLElement, node: Node, range?: Range): void {
  if (range) {
    range.deleteContents();
    range.insertNode(node);
  } else {
    (sheet.querySelector(":scope > p:last-of-type") ?? sheet).append(node);
  }
  sheet.focus();
  const after = document.createRange();
  after.setStartAfter(node);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(after);
}

/** Put a part of its own behind the paragraph the caret stands in. */
function insertPart(sheet: HTMLElement, part: HTMLElement, range?: Range): void {
  const start = range?.startContainer;
  const element = start instanceof Element ? start : start?.parentElement;
  let anchor = element?.closest<HTMLElement>(PARTS) ?? null;
  while (anchor && anchor.parentElement !== sheet && anchor !== sheet)
    anchor = anchor.parentElement;
  if (anchor && anchor !== sheet && sheet.contains(anchor)) anchor.after(part);
  else sheet.append(part);
  if (!part.nextElementSibling) {
    const after = document.createElement("p");
    after.append(document.createElement("br"));
    part.after(after); // somewhere to go on writing
  }
  sheet.focus();
  select(part.querySelector("th, td") ?? part, 0);
}
