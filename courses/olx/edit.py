"""A text block's OLX as its author edits it, and back. Plain Python."""

import re
from dataclasses import dataclass

from lxml import etree

from courses.olx.attributes import LANGUAGES, Attributes, line
from courses.olx.clean import body_html, set_html
from courses.olx.html import clean_html
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text

TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class TextDraft:
    """What stands in the form: the title and the body in each language the block has."""

    title: Texts
    bodies: Texts


def read_text(olx: str, language: str = "vi") -> TextDraft:
    """Take a `<text>` block apart."""
    element = parse_xml(olx.encode(), "text")
    bodies = {body.get("lang", language): body_html(body).strip() for body in element.iterchildren("body")}
    return TextDraft(Attributes(language, []).title(element), bodies)


def write_text(olx: str, draft: TextDraft, language: str = "vi") -> str:
    """The block with the draft's words; everything else in it stays as it was.

    A language that the draft does not name is left alone. A body written for the first time adds its
    language; one that was emptied takes it away, but the module's own language always stays.
    """
    element = parse_xml(olx.encode(), "text")
    write_titles(element, draft.title, language)
    present = {body.get("lang", language): body for body in element.iterchildren("body")}
    for code, html in draft.bodies.items():
        body = present.get(code)
        if is_blank(html):
            if body is not None and code != language:
                element.remove(body)
            elif body is not None:
                _fill(body, "")
        elif body is None:
            _fill(etree.SubElement(element, "body", lang=code), html)
        elif clean_html(html).strip() != body_html(body).strip():
            _fill(body, html)
    return to_text(element)


def is_blank(html: str) -> bool:
    """Does the HTML show nothing? An emptied sheet still holds a paragraph."""
    return not TAGS.sub("", html).replace("&nbsp;", " ").strip() and "<img" not in html


def write_titles(element: etree._Element, title: Texts, language: str) -> None:
    """Set the titles of the languages named in `title`; an emptied translation goes."""
    for code in LANGUAGES:
        if code not in title:
            continue
        name = "display_name" if code == language else f"display_name_{code}"
        if text := line(title[code]):
            element.set(name, text)
        elif code != language:
            element.attrib.pop(name, "")


def _fill(body: etree._Element, html: str) -> None:
    for child in list(body):
        body.remove(child)
    set_html(body, f"\n{html.strip()}\n" if html.strip() else "")
