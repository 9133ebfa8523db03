"""A question as it is asked: what its kind shows, in the reader's language, with what she has answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.kinds import KINDS
from assessments.kinds.cloze import pieces
from lms.shared.languages import current_language, localised

CHOICES = ("single", "multiple", "truefalse", "hotspot")


@dataclass(frozen=True)
class Choice:
    """Something to choose: an option, or a value of a menu."""

    name: str  # what is sent
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Menu:
    """One of several menus: a prompt to match, an item to give a place."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Piece:
    """A part of a text with gaps: words, or a gap to choose in or to type into."""

    words: str = ""
    gap: str = ""  # its name; empty: these are words
    number: int = 0
    kind: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Area:
    """An area of a picture as SVG draws it: a rect, circle or polygon, and where its number stands."""

    name: str
    number: int
    shape: str
    attributes: Mapping[str, str]
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """A picture beside the question; width and height are 0 where nobody said them."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Stimulus:
    """What several questions are about."""

    title: str
    text: str


@dataclass(frozen=True)
class Asked:
    """`order` is what was drawn for this attempt; empty: as the author wrote it."""

    kind: str
    body: Mapping[str, Any] = field(repr=False)
    response: tuple[str, ...] = ()
    order: Sequence[str] = ()
    picture_url: str = ""
    language: str = field(default_factory=current_language)

    def text(self, texts: Mapping[str, str]) -> str:
        return localised(texts, self.language)

    @property
    def stem(self) -> str:
        return self.text(self.body["stem"])

    @property
    def is_choice(self) -> bool:
        return self.kind in CHOICES

    @property
    def takes_several(self) -> bool:
        return self.kind == "multiple" or bool(self.kind == "hotspot" and self.body["several"])

    @cached_property
    def options(self) -> tuple[Choice, ...]:
        """The options of a choice, in the order drawn."""
        if not self.is_choice:
            return ()
        texts = {option["name"]: self.text(option["text"]) for option in self.body["options"]}
        return tuple(Choice(name, texts[name], name in self.response) for name in self.order or texts)

    @property
    def menus(self) -> tuple[Menu, ...]:
        """The menus of matching and ordering."""
        if self.kind == "matching":
            return self._pairs()
        return self._places() if self.kind == "ordering" else ()

    def _pairs(self) -> tuple[Menu, ...]:
        texts = {option["name"]: self.text(option["text"]) for option in self.body["options"]}
        return tuple(
            Menu(
                prompt["name"],
                self.text(prompt["text"]),
                tuple(
                    Choice(pair, texts[name], pair in self.response)
                    for name in self.order or texts
                    for pair in (f"{prompt['name']} {name}",)
                ),
            )
            for prompt in self.body["prompts"]
        )

    def _places(self) -> tuple[Menu, ...]:
        texts = {option["name"]: self.text(option["text"]) for option in self.body["options"]}
        places = range(1, len(texts) + 1)
        return tuple(
            Menu(
                name,
                texts[name],
                tuple(
                    Choice(f"{name} {place}", str(place), f"{name} {place}" in self.response)
                    for place in places
                ),
            )
            for name in self.order or texts
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """A text with gaps, piece by piece."""
        if self.kind != "cloze":
            return ()
        gaps = {gap["name"]: gap for gap in self.body["gaps"]}
        numbers = {name: number for number, name in enumerate(gaps, start=1)}
        given = dict(pair.split(" ", 1) for pair in self.response)
        return tuple(
            Piece(words=said) if kind == "text" else self._gap(gaps[said], numbers[said], given.get(said, ""))
            for kind, said in pieces(self.text(self.body["text"]))
            if kind == "text" or said in gaps
        )

    def _gap(self, gap: Mapping[str, Any], number: int, value: str) -> Piece:
        choices = tuple(
            Choice(f"{gap['name']} {option['name']}", self.text(option["text"]), option["name"] == value)
            for option in gap.get("options", ())
        )
        return Piece("", gap["name"], number, gap["kind"], value, choices)

    @property
    def value(self) -> str:
        """What was typed: a short answer, a number, an essay."""
        return self.response[0] if self.response and self.kind in ("text", "number", "essay") else ""

    @property
    def unit(self) -> str:
        return self.text(self.body.get("unit", {}))

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas of a picture, numbered as the options are."""
        if self.kind != "hotspot":
            return ()
        options = {option["name"]: option for option in self.body["options"]}
        return tuple(_area(options[o.name], number) for number, o in enumerate(self.options, start=1))

    @property
    def picture(self) -> Picture | None:
        said = self.body.get("picture")
        if not said or not self.picture_url:
            return None
        return Picture(self.picture_url, self.text(said["alt"]), said["width"], said["height"])

    @property
    def stimulus(self) -> Stimulus | None:
        said = self.body.get("stimulus")
        return Stimulus(self.text(said["title"]), self.text(said["text"])) if said else None

    @property
    def said(self) -> list[str]:
        """The answer in words, for a table."""
        if self.is_choice:
            return [option.text for option in self.options if option.is_chosen]
        return KINDS[self.kind].said(dict(self.body), self.response, self.text)


def _area(option: Mapping[str, Any], number: int) -> Area:
    at = option["coords"]
    if option["shape"] == "circle":
        shape = {"cx": str(at[0]), "cy": str(at[1]), "r": str(at[2])}
        return Area(option["name"], number, "circle", shape, at[0], at[1])
    if option["shape"] == "rect":
        left, top, right, bottom = at
        size = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        shape = {name: str(value) for name, value in size.items()}
        return Area(option["name"], number, "rect", shape, (left + right) / 2, (top + bottom) / 2)
    points = [(at[n], at[n + 1]) for n in range(0, len(at), 2)]
    shape = {"points": " ".join(f"{x},{y}" for x, y in points)}
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    return Area(option["name"], number, "polygon", shape, middle[0], middle[1])
