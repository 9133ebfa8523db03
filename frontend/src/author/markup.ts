/** HTML between the field that is sent and the sheet that is written on, and HTML from a clipboard. */
import { type Picture, pageData } from "./page-data";

/** Lets the sheet show what the field says: pictures get an address, citations become one piece. */
export function dress(sheet: HTMLElement): void {
  const known = new Map(pageData<Picture>("studio-pictures").map((p) => [p.path, p.url]));
  for (const image of sheet.querySelectorAll("img")) {
    const path = image.getAttribute("src") ?? "";
    const url = known.get(path);
    if (!url) continue;
    image.dataset["static"] = path;
    image.src = url;
  }
  for (const mark of sheet.querySelectorAll<HTMLElement>("sup.cite")) {
    mark.setAttribute("contenteditable", "false");
  }
}

/** The HTML of the sheet as the field keeps it. An empty sheet is an empty text. */
export function undress(sheet: HTMLElement): string {
  const copy = sheet.cloneNode(true) as HTMLElement;
  for (const image of copy.querySelectorAll<HTMLElement>("img[data-static]")) {
    image.setAttribute("src", image.dataset["static"] ?? "");
    image.removeAttribute("data-static");
  }
  for (const element of copy.querySelectorAll("[contenteditable], [style]")) {
    element.removeAttribute("contenteditable");
    element.removeAttribute("style");
  }
  const shows = copy.textContent?.trim() || copy.querySelector("img, table, hr, sup");
  return shows ? copy.innerHTML : "";
}

const KEPT: Record<string, string> = {
  P: "p",
  H1: "h3",
  H2: "h3",
  H3: "h3",
  H4: "h4",
  H5: "h4",
  UL: "ul",
  OL: "ol",
  LI: "li",
  STRONG: "strong",
  B: "strong",
  BLOCKQUOTE: "blockquote",
  BR: "br",
  TABLE: "table",
  CAPTION: "caption",
  THEAD: "thead",
  TBODY: "tbody",
  TR: "tr",
  TH: "th",
  TD: "td",
  SUB: "sub",
};
const GONE = new Set(["SCRIPT", "STYLE", "HEAD", "META", "TITLE", "IFRAME", "OBJECT"]);

/** What another program put on the clipboard, with nothing but the marks that a text may have. */
export function fromClipboard(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  const holder = document.createElement("div");
  for (const node of page.body.childNodes) holder.append(...simplified(node));
  return holder.innerHTML.trim();
}

/** Plain text as paragraphs; single line breaks stay line breaks. */
export function asParagraphs(text: string): string {
  const holder = document.createElement("div");
  for (const part of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    if (!part.trim()) continue;
    const paragraph = document.createElement("p");
    for (const [place, line] of part.trim().split("\n").entries()) {
      if (place) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    }
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

function simplified(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE)
    return [document.createTextNode(node.textContent ?? "")];
  if (!(node instanceof Element) || GONE.has(node.tagName)) return [];
  const inside = [...node.childNodes].flatMap(simplified);
  const made = counterpart(node);
  if (!made) return inside;
  made.append(...inside);
  return [made];
}

function counterpart(node: Element): HTMLElement | null {
  if (node.tagName === "SUP" && node.classList.contains("cite")) {
    const mark = document.createElement("sup");
    mark.className = "cite";
    for (const name of ["data-source", "data-lines"]) {
      mark.setAttribute(name, node.getAttribute(name) ?? "");
    }
    return mark;
  }
  const href = node.getAttribute("href") ?? "";
  if (node.tagName === "A" && /^(https?:|mailto:|tel:)/.test(href)) {
    const link = document.createElement("a");
    link.setAttribute("href", href);
    return link;
  }
  const name = KEPT[node.tagName];
  return name ? document.createElement(name) : null;
}
