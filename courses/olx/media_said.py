"""What a course says of its own files: who may use them, where they come from, who and what made them.

`<video>` and `<file>` say it of the files they name: `licence`, `origin` (of `<file>` also `source`),
`people`, `ai_content`, `ai_tool`, `synthetic_voice`. `<course licence="…" origin="…">` says it of the
files that no block names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from courses.olx.edit_media import AI_CONTENT
from courses.olx.media import read_media
from courses.olx.page_html import asset_path
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml


@dataclass(frozen=True)
class SaidOfFile:
    """Empty where nothing is said."""

    licence: str = ""
    origin: str = ""
    people: str = ""  # nobody, consented, not-needed
    ai_content: str = ""  # none, assisted, generated
    ai_tool: str = ""


def said_by_course(attributes: Mapping[str, str]) -> SaidOfFile:
    """What holds for files of which no block speaks: nothing about people and machines."""
    return SaidOfFile(attributes.get("licence", ""), attributes.get("origin", ""))


def said_by_block(olx: str) -> dict[str, SaidOfFile]:
    """Path below `static/` → what the block says of it."""
    if not olx.startswith(("<video", "<file")):
        return {}
    try:
        element = parse_xml(olx.encode(), "block")
    except OlxRefused:
        return {}
    said = _said(element)
    if element.tag == "file":
        path = asset_path(element.get("src", ""))
        return {path: said} if path else {}
    media = read_media(element)
    # Captions and papers were written, whoever is heard.
    beside = SaidOfFile(said.licence, said.origin)
    texts = [path for path, _language in media.transcripts] + list(media.handouts)
    return dict.fromkeys(texts, beside) | {path: said for path, _type, _language in media.files}


def _said(element: etree._Element) -> SaidOfFile:
    ai = element.get("ai_content", "")
    if ai not in AI_CONTENT:
        ai = "generated" if element.get("synthetic_voice") == "true" else ""
    source = element.get("source", "") if element.tag == "file" else ""  # of a video it is a file
    return SaidOfFile(
        licence=element.get("licence", ""),
        origin=element.get("origin", "") or source,
        people=element.get("people", ""),
        ai_content=ai,
        ai_tool=element.get("ai_tool", ""),
    )
