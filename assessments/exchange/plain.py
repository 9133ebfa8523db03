"""HTML of other systems as our plain text: lines for paragraphs, bullets for lists, no markup."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

from lxml import etree, html

from assessments.exchange.formulas import linear
from assessments.exchange.model import Notes, Unfit

BREAK = "\ue000"  # a private character: no text of a question needs it
INLINE = {
    *(
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    ),
    *("ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike"),
    *(
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "hottext",
        "printedVariable",
        "feedbackInline",
    ),
}
GONE = {"script", "style", "template", "noscript", "head", "title", "rp", "track", "stylesheet"}
MEDIA = {"audio", "video", "iframe", "embed", "canvas", "applet", "mediaInteraction"}
_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TEX = re.compile(r"\\\(|\\\[|\$\$")
_LANGUAGE = re.compile(r"[a-z]{2}")
_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#\w]{2,20};")
DEEPEST = 200
LONGEST_MARKDOWN = 50_000

# Given an element and its tag, the text to stand for it; None for the usual way.
Special = Callable[[etree._Element, str], str | None]


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def html_words(source: str, notes: Notes, special: Special | None = None) -> str:
    """HTML as plain text."""
    return element_words(html_tree(source), notes, special) if source.strip() else ""


def html_tree(source: str) -> etree._Element:
    """HTML from anybody as a tree below one element."""
    clean = "".join(c for c in source if c in "\t\n\r" or unicodedata.category(c) != "Cc")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    tree: etree._Element = html.document_fromstring(f"<div>{clean}</div>", parser=parser)
    return tree


def element_words(element: etree._Element, notes: Notes, special: Special | None = None) -> str:
    """What stands inside an element, as plain text."""
    return tidy("".join(_Walk(notes, special).inside(element, 0)))


def tidy(text: str) -> str:
    """NFC, one line for each paragraph, no blank ones."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split(BREAK))
    return "\n".join(line for line in lines if line)


def text_lines(source: str) -> str:
    """A plain text as it was typed: its own line ends stay."""
    return tidy(source.replace("\n", BREAK))


def markdown_words(source: str, notes: Notes) -> str:
    """Markdown as plain text: its marks of emphasis, headings and links go."""
    if len(source) > LONGEST_MARKDOWN:
        raise Unfit("too-long", str(len(source)))
    text = re.sub(r"!?\[([^\]\n]{1,500})\]\([^)\n]{1,500}\)", r"\1", source)
    text = re.sub(r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s?)", "", text)
    text = re.sub(r"(?m)^\s*[-*+]\s+", "• ", text)
    text = re.sub(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*(?!\w)", r"\1", text)
    text = re.sub(r"`([^`\n]{1,2000})`", r"\1", text)
    return html_words(_kept_lines(text), notes) if _MARKUP.search(text) else text_lines(text)


def moodle_words(source: str, format_: str, notes: Notes, special: Special | None = None) -> str:
    """A text in one of Moodle's formats: html, moodle_auto_format, plain_text, markdown."""
    if _TEX.search(source):
        notes.add("formula-as-text")
    if format_ in {"markdown", "4"}:
        return markdown_words(source, notes)
    if format_ in {"plain_text", "plain", "2"} or not _MARKUP.search(source):
        return text_lines(source) if format_ not in {"html", "1"} else tidy(source)
    if format_ in {"moodle_auto_format", "moodle", "0"}:
        source = _kept_lines(source)
    return html_words(source, notes, special)


def as_html(text: str) -> str:
    """Our plain text as HTML: a paragraph for each line, one line without any."""
    lines = text.split("\n")
    return (
        escape(text, quote=False)
        if len(lines) == 1
        else "".join(f"<p>{escape(x, quote=False)}</p>" for x in lines)
    )


def by_language(tree: etree._Element) -> set[str]:
    """The languages of Moodle's `<span class="multilang" lang="vi">` in a text."""
    found = (e.get("lang", "")[:2].lower() for e in tree.iter("span") if "multilang" in e.get("class", ""))
    return {code for code in found if _LANGUAGE.fullmatch(code)}


def _kept_lines(source: str) -> str:
    return source.replace("\n", "<br>")


class _Walk:
    def __init__(self, notes: Notes, special: Special | None) -> None:
        self.notes, self.special = notes, special

    def inside(self, element: etree._Element, depth: int) -> Iterator[str]:
        if depth > DEEPEST:
            return
        yield element.text or ""
        for place, child in enumerate(element, start=1):
            if (tag := local(child)) and tag not in GONE:
                said = self.special(child, tag) if self.special else None
                yield from [said] if said is not None else self._child(child, tag, place, depth)
            yield child.tail or ""

    def _child(self, child: etree._Element, tag: str, place: int, depth: int) -> Iterator[str]:
        if tag == "br" or tag == "hr":
            yield BREAK
        elif tag == "math":
            self.notes.add("formula-as-text")
            yield linear(child)
        elif tag in MEDIA:
            self.notes.add("media-left-out", tag)
            yield BREAK
        elif tag in {"sup", "sub"}:
            yield _raised("".join(self.inside(child, depth + 1)), tag)
        elif tag in INLINE:
            yield from self.inside(child, depth + 1)
        else:
            yield from self._block(child, tag, place, depth)

    def _block(self, child: etree._Element, tag: str, place: int, depth: int) -> Iterator[str]:
        if tag == "table":
            self.notes.add("table-as-text")
        cell = tag in {"td", "th"}
        inner = "".join(self.inside(child, depth + 1))
        if cell:
            yield (" | " if place > 1 else "") + inner.replace(BREAK, " ")
        elif tag == "rt":
            yield f"({inner})"
        elif tag == "li":
            numbered = local(parent) == "ol" if (parent := child.getparent()) is not None else False
            yield f"{BREAK}{f'{place}.' if numbered else '•'} {inner.lstrip(BREAK).lstrip()}{BREAK}"
        else:
            yield f"{BREAK}{inner}{BREAK}"


def _raised(inner: str, tag: str) -> str:
    """m² where there is a character for it, else the words alone."""
    table = _SUPER if tag == "sup" else _SUB
    raised = inner.strip().translate(table)
    if raised and all(ord(c) in table.values() or c.isspace() for c in raised):
        return raised
    return inner if len(inner) > 12 or not inner.strip() else f"{'^' if tag == 'sup' else '_'}{inner.strip()}"
