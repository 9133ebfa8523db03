"""A text block's OLX as its author edits it, and back. Plain Python."""

from dataclasses import dataclass

from courses.olx.attributes import LANGUAGES, Attributes, line
from courses.olx.clean import body_html, set_html
from courses.olx.html import clean_html
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text


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
    """The block with the draft's words; everything else in it stays as it was."""
    element = parse_xml(olx.encode(), "text")
    for code in LANGUAGES:
        name = "display_name" if code == language else f"display_name_{code}"
        if title := line(draft.title.get(code, "")):
            element.set(name, title)
    present = {body.get("lang", language): body for body in element.iterchildren("body")}
    for code, html in draft.bodies.items():
        if code not in present or clean_html(html).strip() == body_html(present[code]).strip():
            continue
        for child in list(present[code]):
            present[code].remove(child)
        set_html(present[code], f"\n{html.strip()}\n")
    return to_text(element)
