"""What a print pack is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from courses.print.pieces import Piece


@dataclass(frozen=True)
class PrintUnit:
    """One unit: its texts as pieces, what only a screen can show by name, and where it is."""

    title: str
    minutes: str  # "10 minutes", in the reader's language
    url: str
    pieces: tuple[Piece, ...]
    on_screen: tuple[str, ...]  # "Video: A talk", "Quiz: Check yourself"
    sources: tuple["PrintSource", ...]


@dataclass(frozen=True)
class PrintSource:
    """A document once, with the marks that name it: number and place ("lines 8–12")."""

    words: str
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PrintModule:
    """A module at one version, in one language."""

    code: str
    title: str
    language: str
    edition: str  # "Version 3, published on 22/11/2026"
    extent: str  # "5 units, about 45 minutes"
    outcomes: tuple[str, ...]
    units: tuple[PrintUnit, ...]
    picture: Callable[[str], bytes | None]  # path below static/ -> file


@dataclass(frozen=True)
class HandoutWords:
    """The handout's own words, in the reader's language."""

    kind: str  # "Handout"
    outcomes: str
    on_screen: str
    sources: str
    open_unit: str
    page: str  # "Page {number} of {all}"


@dataclass(frozen=True)
class ScriptWords:
    """The script's own words, in the reader's language."""

    kind: str  # "Loudspeaker script"
    marks: str  # what the pause marks mean
    reading_time: str  # "about {minutes} min to read"
    page: str
    end: str
