"""The register of sources that modules cite."""

import re
from dataclasses import dataclass

from courses.olx.attributes import line
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml

LINE_NUMBERS = re.compile(r"[\d\s,;\-–]+")


@dataclass(frozen=True)
class Source:
    """One document. `language` is the language it is written in."""

    id: str
    title: Texts
    publisher: str = ""
    url: str = ""
    published: str = ""  # ISO day, "" when the document states none
    language: str = ""


@dataclass(frozen=True)
class Citation:
    """A numbered note under a text: which source, which lines ("8-12") or section ("1.3")."""

    number: int
    source_id: str
    lines: str

    @property
    def names_lines(self) -> bool:
        return LINE_NUMBERS.fullmatch(self.lines) is not None


def parse_sources(content: bytes) -> dict[str, Source]:
    """`sources.xml` by id."""
    found = {}
    for row in parse_xml(content, "sources.xml").iterchildren("source"):
        url = line(row.findtext("url") or "")
        found[row.get("id", "")] = Source(
            id=row.get("id", ""),
            title={title.get("lang", "vi"): line(title.text or "") for title in row.iterchildren("title")},
            publisher=line(row.findtext("publisher") or ""),
            url=url if url.startswith(("https://", "http://")) else "",
            published=row.get("published", ""),
            language=row.get("lang", ""),
        )
    return found
