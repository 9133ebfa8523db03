/** `edx.HtmlUtils` and `edx.StringUtils`, as blocks know them. */

/** HTML that is known to be safe to insert. */
export class HtmlSnippet {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Piece = HtmlSnippet | string | number | null | undefined;

function escaped(text: string): string {
  const signs: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#x27;",
    "`": "&#x60;",
  };
  return text.replace(/[&<>"'`]/g, (sign) => signs[sign] ?? sign);
}

function ensureHtml(piece: Piece): HtmlSnippet {
  return piece instanceof HtmlSnippet ? piece : new HtmlSnippet(escaped(String(piece ?? "")));
}

function fill(format: string, values: Record<string, unknown>): string {
  return format.replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in values ? String(values[name]) : hole,
  );
}

export const StringUtils = { interpolate: fill };

export const HtmlUtils = {
  HTML: (text: Piece) =>
    text instanceof HtmlSnippet ? text : new HtmlSnippet(String(text ?? "")),
  HtmlSnippet,
  ensureHtml,
  joinHtml: (...pieces: Piece[]) =>
    new HtmlSnippet(pieces.map((piece) => ensureHtml(piece).text).join("")),
  interpolateHtml(format: Piece, values: Record<string, Piece>) {
    const safe: Record<string, string> = {};
    for (const [name, value] of Object.entries(values)) safe[name] = ensureHtml(value).text;
    return new HtmlSnippet(fill(ensureHtml(format).text, safe));
  },
  setHtml: (element: Target, html: Piece) => element.html(ensureHtml(html).text),
  append: (element: Target, html: Piece) => element.append(ensureHtml(html).text),
  prepend: (element: Target, html: Piece) => element.prepend(ensureHtml(html).text),
};

interface Target {
  html(text: string): unknown;
  append(text: string): unknown;
  prepend(text: string): unknown;
}
