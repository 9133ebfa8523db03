"""Texts of content: markup as far as a field allows it, everything else as plain text.

The player puts texts into pages as HTML, so plain text is kept escaped, as the H5P core keeps it.
Entities that are there already stay, so that cleaning twice changes nothing.
"""

import html
import re
from collections import Counter
from functools import lru_cache
from typing import Any

import nh3

from courses.h5p.engine.tidy import in_order

_ALWAYS = {"div", "span", "p", "br"}
_TABLE = {"tr", "td", "th", "col", "colgroup", "caption", "thead", "tbody", "tfoot", "figure", "figcaption"}
_ALONG = {  # who may use one may use the other
    "table": _TABLE,
    "b": {"strong"},
    "i": {"em"},
    "ul": {"li"},
    "ol": {"li"},
    "del": {"s"},
    "strike": {"s"},
}
# What would run or style beyond its field is left out even where a library's fields ask for it.
_NEVER = {
    *("script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "select"),
    *("link", "meta", "base", "svg", "math", "template", "noscript", "frame", "frameset", "html", "head"),
    *("body", "title", "audio", "video", "source", "applet", "plaintext", "xmp", "noembed", "noframes"),
}
_ATTRIBUTES = {
    "*": {"class", "id", "dir", "lang", "title", "style", "align"},
    "a": {"href", "target", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers", "valign", "width"},
    "th": {"colspan", "rowspan", "headers", "scope", "valign", "width"},
    "table": {"border", "cellpadding", "cellspacing", "summary", "width"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
}
_COLOUR = r"(?:#[a-f0-9]{3,8}|[a-z]{3,20}|rgba?\([0-9, .%]+\)|hsla?\([0-9,. %]+\))"
_LENGTH = r"[0-9.]{1,8}(?:em|rem|px|pt|%)"
_STYLES = {  # the parts of a field's "font" and the declarations they allow
    "size": ("font-size", re.compile(_LENGTH)),
    "family": ("font-family", re.compile(r"[-a-z0-9,\"' ]{1,200}")),
    "color": ("color", re.compile(_COLOUR)),
    "background": ("background-color", re.compile(_COLOUR)),
    "spacing": ("letter-spacing", re.compile(_LENGTH)),
    "height": ("line-height", re.compile(r"[0-9.]{1,8}(?:em|rem|px|pt|%)?")),
}
_ALIGN = {"text-align": re.compile(r"left|right|center|justify")}
# What H5P says of a work: of a whole package in h5p.json, of a part in its parameters.
METADATA = frozenset(
    (
        *("title", "a11yTitle", "authors", "name", "role", "source", "license", "licenseVersion"),
        *("licenseExtras", "yearFrom", "yearTo", "changes", "date", "author", "log", "authorComments"),
        *("contentType", "defaultLanguage"),
    )
)
_BARE_AND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
# Parsers move elements that stand where they may not; what is moved may be moved again by the next one.
_PASSES = 5
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def plain(text: str, longest: int | None = None) -> str:
    """Text without markup, escaped; `longest` counts the characters people see."""
    text = _CONTROLS.sub("", text)
    if longest is not None and len(text) > longest:
        seen = html.unescape(text)
        if len(seen) > longest:
            text = html.escape(seen[:longest])
    text = _BARE_AND.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#039;")


def markup(text: str, tags: frozenset[str], styles: frozenset[str] = frozenset()) -> str:
    """HTML with the field's tags and the attributes that are harmless on them."""
    text = _CONTROLS.sub("", text)
    if "<" not in text and "&" not in text and ">" not in text:
        return text
    cleaner = _cleaner(tags, styles)
    for _ in range(_PASSES):
        cleaned = cleaner.clean(in_order(text))
        if cleaned == text:
            return cleaned
        text = cleaned
    return plain(re.sub(r"<[^<>]*>", "", text))


def tags_lost(before: str, after: str) -> list[str]:
    """Names of elements that are in `before` more often than in `after`."""
    if before == after:
        return []
    return sorted(Counter(_TAG.findall(before.lower())) - Counter(_TAG.findall(after.lower())))


def plain_values(value: Any, keys: frozenset[str], depth: int = 4) -> Any:
    """Metadata and copyright: known keys, texts escaped, numbers and flags as they are."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool | int | float):
        return value
    if depth and isinstance(value, list):
        kept = (plain_values(entry, keys, depth - 1) for entry in value)
        return [entry for entry in kept if entry is not None]
    if depth and isinstance(value, dict):
        cleaned = {key: plain_values(value[key], keys, depth - 1) for key in value if key in keys}
        return {key: entry for key, entry in cleaned.items() if entry is not None}
    return None


@lru_cache(maxsize=256)
def _cleaner(tags: frozenset[str], styles: frozenset[str]) -> nh3.Cleaner:
    allowed = _ALWAYS | tags
    for tag, others in _ALONG.items():
        if tag in allowed:
            allowed = allowed | others
    allowed = {tag for tag in allowed if re.fullmatch(r"[a-z][a-z0-9]{0,15}", tag)} - _NEVER
    declarations = _ALIGN | {_STYLES[name][0]: _STYLES[name][1] for name in styles if name in _STYLES}

    def kept(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _style(value, declarations)
        if attribute == "target":
            return "_blank"
        return value

    return nh3.Cleaner(
        tags=set(allowed),
        clean_content_tags={"script", "style"} - allowed,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items() if tag == "*" or tag in allowed},
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto", "tel"},
        strip_comments=True,
    )


def _style(value: str, declarations: dict[str, re.Pattern[str]]) -> str | None:
    kept = []
    for declaration in value.split(";"):
        name, _, wanted = declaration.partition(":")
        name, wanted = name.strip().lower(), wanted.strip()
        if name in declarations and declarations[name].fullmatch(wanted.lower()):
            kept.append(f"{name}:{wanted};")
    return "".join(kept) or None
