"""HTML pages of other platforms (`<html>`): a wider allow-list, and links that lead where they should."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote, urlsplit

import nh3
from lxml.html import HtmlElement, fragment_fromstring, tostring

from courses.olx.html import ATTRIBUTES, GONE_WITH_CONTENT, TAGS
from courses.olx.picture_labels import add_label, no_label

PAGE_TAGS = TAGS | {
    *("h1", "h2", "h5", "h6", "section", "article", "aside", "header", "footer", "center", "address"),
    *("details", "summary", "tfoot", "colgroup", "col", "u", "s", "del", "ins", "small", "mark", "kbd"),
    *("samp", "var", "cite", "audio", "video", "source", "track", "iframe"),
}
PAGE_ATTRIBUTES = ATTRIBUTES | {
    "*": {"lang", "dir", "title"},
    "iframe": {"src"},
    "audio": {"src"},
    "video": {"src"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "sup": set[str](),
}
_ASSET = re.compile(r"(?:asset-v1:[^/]*?\+type@asset\+block[@/]|/c4x/[^/]+/[^/]+/asset/)(.+)")
_JUMP = re.compile(r"/jump_to(?:_id)?/(?:(?:block-v1|i4x):.*?(?:\+block@|/(?=[^/]*$)))?([^/?#@]+)/?")
_HEADING = re.compile(r"h[1-6]")
_ELSEWHERE = ("/courses/", "/course/", "/c4x/", "/asset-v1:", "/xblock/")


@dataclass(frozen=True)
class Places:
    """Where things are on this platform: a file by its path, a page by a `url_name`; "" for neither."""

    file: Callable[[str], str]
    page: Callable[[str], str]
    leaves: str  # says of a link that it leads away
    label: Callable[[str], str] = no_label  # what is said below a picture, by its path


def clean_page(html: str) -> str:
    """`html` with nothing that runs. Cleaning twice changes nothing."""
    return nh3.clean(
        html,
        tags=PAGE_TAGS,
        clean_content_tags=GONE_WITH_CONTENT - {"iframe"},
        attributes=PAGE_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def page_reading(html: str, places: Places) -> str:
    """A page ready to be shown below a heading of ours.

    Headings begin at h2, files and jumps get our addresses, and what would be loaded from elsewhere
    (frames, pictures) becomes a link that says so.
    """
    root = fragment_fromstring(clean_page(html), create_parent="div")
    _shift_headings(root)
    for element in list(root.iter()):
        _point(element, places)
    inner = (escape(root.text) if root.text else "") + "".join(
        tostring(child, encoding="unicode") for child in root
    )
    return inner.strip()


def asset_path(address: str) -> str | None:
    """ "/static/a%20b.png" → "a b.png", the same for other ways to name a course's file; else None."""
    if address.startswith("/static/"):
        return unquote(urlsplit(address.removeprefix("/static/")).path)
    match = _ASSET.search(address)
    return unquote(match[1].partition("?")[0]) if match else None


def jump_target(address: str) -> str | None:
    """The `url_name` that "/jump_to_id/x" leads to, None for other addresses."""
    match = _JUMP.search(address)
    return unquote(match[1]) if match else None


def _point(element: HtmlElement, places: Places) -> None:
    if element.tag == "iframe":
        _as_link(element, element.get("src", ""), places.leaves)
        return
    if "href" in element.attrib:
        _set(element, "href", _address(element.get("href", "").strip(), places))
    if element.tag == "img" and (path := asset_path(element.get("src", "").strip())) is not None:
        add_label(element, places.label(path))
    if "src" in element.attrib:
        address = _address(element.get("src", "").strip(), places)
        if element.tag == "img" and _is_elsewhere(address):
            _as_link(element, address, places.leaves)
            return
        _set(element, "src", "" if _is_elsewhere(address) else address)
    if element.tag == "img":
        _set(element, "loading", "lazy")
        element.set("alt", element.get("alt", ""))
    if element.tag in {"audio", "video"}:
        element.set("controls", "")
        element.set("preload", "none")


def _set(element: HtmlElement, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    else:
        del element.attrib[name]


def _address(value: str, places: Places) -> str:
    path = asset_path(value)
    if path is not None:
        return places.file(path) or places.file(path.replace("/", "_"))
    target = jump_target(value)
    if target is not None:
        return places.page(target)
    return "" if value.startswith(_ELSEWHERE) else value


def _is_elsewhere(address: str) -> bool:
    return address.startswith(("http:", "https:", "//"))


def _as_link(element: HtmlElement, address: str, leaves: str) -> None:
    """The element as a link: what it showed would be loaded from another platform."""
    words = element.get("alt") or element.get("title") or urlsplit(address).netloc or address
    tail, tag = element.tail, "a" if _is_elsewhere(address) else "span"
    element.clear()
    element.tag, element.tail = tag, tail
    if tag == "a":
        element.set("href", address)
        element.set("rel", "noopener noreferrer")
        element.text = f"{words} ({leaves})"


def _shift_headings(root: HtmlElement) -> None:
    """The highest heading an author used becomes h2, the others keep their distance."""
    headings = [e for e in root.iter() if isinstance(e.tag, str) and _HEADING.fullmatch(e.tag)]
    shift = 2 - min((int(e.tag[1]) for e in headings), default=2)
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"
