"""The HTML that authors may write: an allow-list, the same on saving and on showing."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

import nh3
from lxml.etree import Element, SubElement
from lxml.html import HtmlElement, fragment_fromstring, tostring

from courses.olx.picture_labels import add_label, no_label
from courses.olx.sources import Citation

HEADINGS = {"h3": "h2", "h4": "h3"}

TAGS = {
    *(
        "p",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "b",
        "i",
        "blockquote",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
    ),
    *(
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "img",
        "a",
        "sup",
        "sub",
    ),
    *("abbr", "q", "code", "pre", "div", "span"),
}
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "sup": {"data-source", "data-lines"},
}
CLASSES = {
    "p": {"lead", "note", "case-label"},
    "div": {"note", "case"},
    "blockquote": {"case"},
    "figure": {"case"},
    "sup": {"cite"},
}
GONE_WITH_CONTENT = {"script", "style", "title", "textarea", "template", "noscript", "iframe", "svg", "math"}


def clean_html(html: str) -> str:
    """`html` with nothing but what the allow-list names. Cleaning twice changes nothing."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


@dataclass(frozen=True)
class Reading:
    """A text ready for a page: its HTML and the notes its marks point to."""

    html: str
    citations: tuple[Citation, ...]


def reading(
    html: str, *, anchor: str, asset_url: Callable[[str], str], label: Callable[[str], str] = no_label
) -> Reading:
    """Clean `html` and fit it into a page under an `h1`.

    Headings move up one level (authors begin at h3), cite marks get numbers and links, files get
    the address that `asset_url` gives for their path, pictures the line that `label` gives.
    `anchor` makes ids unique on the page.
    """
    root = fragment_fromstring(clean_html(html), create_parent="div")
    citations = _number_cites(root, anchor)
    for element in list(root.iter()):
        if element.tag in HEADINGS:
            element.tag = HEADINGS[element.tag]
        for name in ("src", "href"):
            value = element.get(name, "")
            if value.startswith("/static/"):
                path = unquote(value.removeprefix("/static/"))
                element.set(name, asset_url(path))
                if element.tag == "img":
                    add_label(element, label(path))
        if element.tag == "img":
            element.set("loading", "lazy")
            element.set("alt", element.get("alt", ""))
        if element.tag == "blockquote" and element.get("class") == "case":
            element.tag = "div"  # an example is no quotation
    _let_tables_scroll(root)
    inner = (escape(root.text) if root.text else "") + "".join(
        tostring(child, encoding="unicode") for child in root
    )
    return Reading(inner.strip(), tuple(citations))


def _number_cites(root: HtmlElement, anchor: str) -> list[Citation]:
    """The same place of the same source keeps its number; each first mark can be jumped back to."""
    numbers: dict[tuple[str, str], Citation] = {}
    for mark in list(root.iter("sup")):
        source = mark.attrib.pop("data-source", "")
        lines = mark.attrib.pop("data-lines", "").strip()
        if mark.get("class") != "cite" or not source:
            continue
        is_first = (source, lines) not in numbers
        citation = numbers.setdefault((source, lines), Citation(len(numbers) + 1, source, lines))
        mark.text = None
        for child in list(mark):
            mark.remove(child)
        link = SubElement(mark, "a", href=f"#{anchor}-s{citation.number}")
        link.text = f"[{citation.number}]"
        if is_first:
            mark.set("id", f"{anchor}-m{citation.number}")
    return list(numbers.values())


def _let_tables_scroll(root: HtmlElement) -> None:
    for table in list(root.iter("table")):
        parent = table.getparent()
        if parent is None:
            continue
        caption = table.findtext("caption") or ""
        frame = Element("div", {"class": "scroll", "tabindex": "0", "role": "region"})
        frame.set("aria-label", " ".join(caption.split()) or "…")
        frame.tail, table.tail = table.tail, None
        parent.replace(table, frame)
        frame.append(table)
