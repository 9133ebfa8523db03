"""The words of an Open edX problem as plain text: our questions hold no HTML. Plain Python."""

import re
from collections.abc import Iterable

from lxml import etree

from courses.olx.html import GONE_WITH_CONTENT

# What words cannot say. A problem that needs one of these stays what it is.
SHOWN = {
    **dict.fromkeys(("img", "image", "svg", "canvas", "figure", "object", "embed", "iframe"), "picture"),
    **dict.fromkeys(("audio", "video", "source"), "media"),
    **dict.fromkeys(("table", "dl", "pre"), "table"),
    **dict.fromkeys(("math", "m", "mathjax"), "formula"),
}
FORMULA = re.compile(r"\\\(|\\\[|\[mathjax|\$\$", re.IGNORECASE)
INLINE = {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small"}
INLINE |= {"span", "strong", "sub", "sup", "tt", "u", "var"}
HEADINGS = {"explanation", "giải thích", "erklärung"}  # the editor's own first line of a solution


def words(element: etree._Element, *, without: Iterable[str] = ()) -> str:
    """The text inside `element` in one line, without the named elements; list items get a bullet."""
    return line("".join(_pieces(element, set(without) | GONE_WITH_CONTENT)))


def solution_words(element: etree._Element) -> str:
    """A solution without the word "Explanation" that editors put before it."""
    text = words(element)
    first = next((words(child) for child in element.iter("p", "h2", "h3", "h4", "span")), "")
    if first.lower().rstrip(":") in HEADINGS and text.startswith(first):
        return text.removeprefix(first).strip()
    return text


def beyond_words(element: etree._Element) -> str:
    """The first thing in `element` that plain text cannot say: picture, media, table, formula; else ""."""
    for found in element.iter():
        if isinstance(found.tag, str) and found.tag.lower() in SHOWN:
            return SHOWN[found.tag.lower()]
    return "formula" if FORMULA.search("".join(map(str, element.itertext()))) else ""


def line(text: str) -> str:
    return " ".join(text.split())


def _pieces(element: etree._Element, without: set[str]) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag.lower() if isinstance(child.tag, str) else ""
        if tag and tag not in without:
            apart = "" if tag in INLINE else " "
            yield apart + ("• " if tag == "li" else "")
            yield from _pieces(child, without)
            yield apart
        yield child.tail or ""
