"""Attributes of OLX elements as typed values; what is wrong is noted, never fatal."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from lxml import etree

from courses.olx.outline import BlockRef, Texts
from courses.olx.problems import Problem

LANGUAGES = ("vi", "en", "de")
LONGEST_UNIT = 600  # minutes


class Attributes:
    """Reads attributes; `language` is the course's own, used for plain `display_name`."""

    def __init__(self, language: str, notes: list[Problem]) -> None:
        self.language = language.lower()[:2] if language.lower()[:2] in LANGUAGES else "en"
        self.notes = notes

    def title(self, element: etree._Element) -> Texts:
        return self.texts(element, "display_name")

    def texts(self, element: etree._Element, name: str) -> Texts:
        """`name`, `name_en`, `name_de` as one text in several languages."""
        found = {self.language: line(element.get(name, ""))}
        for code in LANGUAGES:
            if value := element.get(f"{name}_{code}"):
                found[code] = line(value)
        return {code: text for code, text in found.items() if text}

    def outcome(self, element: etree._Element) -> dict[str, str]:
        """Code and texts by language; what else an author wrote there stays."""
        return {str(name): line(str(value)) for name, value in element.attrib.items() if value}

    def minutes(self, element: etree._Element, path: str) -> int:
        value = element.get("minutes", "0")
        if value.isascii() and value.isdigit() and int(value[:6]) <= LONGEST_UNIT:
            return int(value)
        self.notes.append(Problem("bad-attribute", path, f'minutes="{value[:40]}"'))
        return 0

    def day(self, element: etree._Element, name: str, path: str) -> date | None:
        value = element.get(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.notes.append(Problem("bad-attribute", path, f'{name}="{value[:40]}"'))
            return None


def line(text: str) -> str:
    """NFC and single spaces: names arrive from many keyboards."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def required_blocks(blocks: Sequence[BlockRef], bodies: Mapping[str, str]) -> tuple[BlockRef, ...]:
    """Mark what a learner must complete: text and graded quizzes, and what the author says.

    Sound and film are another way to the same text, so they are required only in a unit that has
    no text, or where the author wrote `required="true"`. Beside a graded quiz only the quiz counts.
    """
    has_text = any(block.type == "text" for block in blocks)
    # A unit with a test that counts has no "done" button: the test itself proves it.
    has_test = any(block.is_graded for block in blocks)
    marked = []
    for block in blocks:
        is_content = block.type == "text" or (block.type == "video" and not has_text)
        default = block.is_graded or (is_content and not has_test)
        said = said_by_author(bodies[block.usage_key])
        marked.append(replace(block, is_required=default if said is None else said))
    return tuple(marked)


def said_by_author(body: str) -> bool | None:
    """What `required="…"` says on the block, None when it says nothing."""
    opening = body.partition(">")[0]
    if ' required="true"' in opening:
        return True
    return False if ' required="false"' in opening else None
