"""Authored HTML as plain pieces: headings, paragraphs, lists, tables, boxes, pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement, fragment_fromstring

from courses.olx.html import clean_html

BLOCK_TAGS = frozenset(
    {"p", "h3", "h4", "ul", "ol", "dl", "blockquote", "div", "table", "figure", "img", "hr", "pre"}
)
Number = Callable[[str, str], int]  # source and lines -> number of the mark


@dataclass(frozen=True)
class Run:
    """Some words set alike. A `cite` is a mark and has no words of its own."""

    words: str
    bold: bool = False
    italic: bool = False
    raised: int = 0  # 1 superscript, -1 subscript
    cite: int = 0


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    text: Text
    level: int  # 1 or 2 below the unit's title


@dataclass(frozen=True)
class Paragraph:
    text: Text
    is_lead: bool = False
    is_label: bool = False  # the small line over an example


@dataclass(frozen=True)
class Items:
    items: tuple[tuple["Piece", ...], ...]
    first: int = 0  # 0: bullets, else the number of the first item


@dataclass(frozen=True)
class Grid:
    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True)
class Box:
    """A note or an example, set apart."""

    kind: str  # note, case, quote
    pieces: tuple["Piece", ...]


@dataclass(frozen=True)
class Picture:
    path: str
    alt: str


Piece = Heading | Paragraph | Items | Grid | Box | Picture


def pieces_of(html: str, number: Number) -> list[Piece]:
    """The text in reading order; `number` gives the cite marks their numbers."""
    root = fragment_fromstring(clean_html(html), create_parent="div")
    return _inside(root, number)


def plain(text: Text) -> str:
    """The words alone, without marks."""
    return " ".join("".join(run.words for run in text if not run.cite).split())


def _inside(element: HtmlElement, number: Number) -> list[Piece]:
    """The blocks in an element; loose words between them become paragraphs."""
    found: list[Piece] = []
    loose: list[Run] = _words(element.text)

    def flush() -> None:
        if plain(tuple(loose)):
            found.append(Paragraph(_tidy(loose)))
        loose.clear()

    for child in element:
        if child.tag in BLOCK_TAGS:
            flush()
            found.extend(_block(child, number))
        else:
            loose.extend(_runs(child, number))
        loose.extend(_words(child.tail))
    flush()
    return found


def _block(element: HtmlElement, number: Number) -> list[Piece]:
    tag = element.tag
    if tag in {"h3", "h4"}:
        return [Heading(_line(element, number), 1 if tag == "h3" else 2)]
    if tag == "p" and not any(child.tag in BLOCK_TAGS for child in element):
        return _paragraph(element, number)
    reader = _READERS.get(str(tag))
    return reader(element, number) if reader else _box(element, number)


def _paragraph(element: HtmlElement, number: Number) -> list[Piece]:
    css = element.get("class", "")
    paragraph = Paragraph(_line(element, number), css == "lead", css == "case-label")
    if not plain(paragraph.text):
        return []
    return [Box("note", (paragraph,))] if css == "note" else [paragraph]


def _box(element: HtmlElement, number: Number) -> list[Piece]:
    """Notes, examples and quotations are set apart; other wrappers are not there on paper."""
    css = element.get("class", "")
    inner = _inside(element, number)
    kind = css if css in {"case", "note"} else "quote" if element.tag == "blockquote" else ""
    return [Box(kind, tuple(inner))] if kind and inner else inner


def _items(element: HtmlElement, number: Number) -> list[Piece]:
    items = tuple(tuple(_inside(item, number)) for item in element.iterchildren("li"))
    return [Items(items, _first(element) if element.tag == "ol" else 0)]


def _picture(element: HtmlElement, _number: Number) -> list[Piece]:
    path = unquote(element.get("src", "").removeprefix("/static/"))
    return [Picture(path, element.get("alt", ""))]


def _first(element: HtmlElement) -> int:
    start = element.get("start", "1")
    return int(start) if start.isdigit() and int(start) else 1


def _definitions(element: HtmlElement, number: Number) -> list[Piece]:
    found: list[Piece] = []
    for child in element.iterchildren("dt", "dd"):
        if child.tag == "dt":
            found.append(Paragraph(tuple(_bold(_line(child, number)))))
        else:
            found.extend(_inside(child, number))
    return found


def _grid(element: HtmlElement, number: Number) -> list[Piece]:
    captions = list(element.iterchildren("caption"))
    rows = [tuple(_line(cell, number) for cell in row.iterchildren("th", "td")) for row in element.iter("tr")]
    head: tuple[Text, ...] = ()
    if rows and all(cell.tag == "th" for cell in next(element.iter("tr"))):
        head, rows = rows[0], rows[1:]
    return [Grid(_line(captions[0], number) if captions else (), head, tuple(rows))]


def _line(element: HtmlElement, number: Number) -> Text:
    """All words of an element as one line."""
    runs = _words(element.text)
    for child in element:
        runs.extend(_runs(child, number))
        runs.extend(_words(child.tail))
    return _tidy(runs)


def _runs(element: HtmlElement, number: Number) -> list[Run]:
    if element.tag == "sup" and element.get("data-source"):
        lines = element.get("data-lines", "").strip()
        return [Run("", cite=number(element.get("data-source", ""), lines))]
    if element.tag == "br":
        return [Run("\n")]
    inner: list[Run] = _words(element.text)
    for child in element:
        inner.extend(_runs(child, number))
        inner.extend(_words(child.tail))
    if element.tag in {"strong", "b", "th"}:
        return _bold(inner)
    if element.tag in {"em", "i"}:
        return [Run(r.words, r.bold, True, r.raised, r.cite) for r in inner]
    if element.tag in {"sup", "sub"}:
        return [Run(r.words, r.bold, r.italic, 1 if element.tag == "sup" else -1, r.cite) for r in inner]
    return inner


def _bold(runs: list[Run] | Text) -> list[Run]:
    return [Run(r.words, True, r.italic, r.raised, r.cite) for r in runs]


def _words(text: str | None) -> list[Run]:
    return [Run(text)] if text else []


def _tidy(runs: list[Run]) -> Text:
    """Single spaces, none at either end."""
    found: list[Run] = []
    ends_in_space = True
    for run in runs:
        if run.cite:
            found.append(run)
            ends_in_space = False
            continue
        words = run.words
        if words != "\n":
            words = (
                ("" if ends_in_space or not words[:1].isspace() else " ")
                + " ".join(words.split())
                + (" " if words[-1:].isspace() and words.strip() else "")
            )
        if words:
            found.append(Run(words, run.bold, run.italic, run.raised))
            ends_in_space = words[-1] in " \n"
    while found and not found[-1].cite and not found[-1].words.strip():
        found.pop()
    if found and not found[-1].cite:
        last = found[-1]
        found[-1] = Run(last.words.rstrip(), last.bold, last.italic, last.raised)
    return tuple(found)


_READERS: dict[str, Callable[[HtmlElement, Number], list[Piece]]] = {
    "ul": _items,
    "ol": _items,
    "dl": _definitions,
    "table": _grid,
    "img": _picture,
    "hr": lambda _element, _number: [],
}
