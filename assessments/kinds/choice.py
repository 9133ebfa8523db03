"""Choosing among options: one right answer, several, true or false, areas of a picture.

Body: `options` [{"name", "correct", "text", "why", "weight"?}]; a hotspot's options have "shape" and "coords"
as HTML's image maps, its `picture` {"src", "alt", "width", "height"}, and `several`. Response: option names.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import BadResponse, Body, Fault, Kind, Pick, Texts, percent, weight_faults

SHAPES = {"rect": 4, "circle": 3, "poly": 6}  # and how many numbers each needs at least


class Single(Kind):
    """One option may be chosen."""

    name = "single"
    takes_several = False

    def read(self, element: xml.Readable) -> Body:
        return {"options": [xml.read_option(option) for option in element.findall("option")]}

    def write(self, element: etree._Element, body: Body) -> None:
        for option in body["options"]:
            xml.write_option(element, option)

    def faults(self, body: Body) -> list[Fault]:
        return option_faults(body["options"], takes_several=self.has_several(body))

    def has_several(self, body: Body) -> bool:
        """May several options be chosen?"""
        return self.takes_several

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        return [
            (f"{option['name']} {part}", option[part])
            for option in body["options"]
            for part in ("text", "why")
        ]

    def names(self, body: Body) -> list[str]:
        return [option["name"] for option in body["options"]]

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        wanted = set(sent)
        picked = tuple(name for name in self.names(body) if name in wanted)
        if len(picked) != len(wanted):
            raise BadResponse("unknown-option")
        if len(picked) > 1 and not self.has_several(body):
            raise BadResponse("one-answer-only")
        return picked

    def mark(self, body: Body, response: Sequence[str]) -> Fraction | None:
        return mark_choice(body["options"], set(response), takes_several=self.has_several(body))

    def right(self, body: Body) -> tuple[str, ...]:
        return tuple(option["name"] for option in body["options"] if option["correct"])

    def said(self, body: Body, response: Sequence[str], pick: Pick) -> list[str]:
        return [pick(option["text"]) for option in body["options"] if option["name"] in response]


class Multiple(Single):
    """Several options may be chosen; each right one earns, each wrong one costs."""

    name = "multiple"
    takes_several = True


class TrueFalse(Single):
    """The options are "true" and "false", in this order on every page."""

    name = "truefalse"

    def faults(self, body: Body) -> list[Fault]:
        faults = super().faults(body)
        names = [option["name"] for option in body["options"]]
        if set(names) != {"true", "false"}:
            faults.append(("truefalse-options", ", ".join(names)))
        return faults


class Hotspot(Single):
    """Areas of the question's picture. Each is also an option in words, so nobody needs a pointer."""

    name = "hotspot"

    def read(self, element: xml.Readable) -> Body:
        body = super().read(element)
        for option, found in zip(body["options"], element.findall("option"), strict=True):
            option["shape"] = found.get("shape", "").strip()
            option["coords"] = [int(n) if n.lstrip("-").isdecimal() else -1 for n in _numbers(found)]
        return {**body, "several": xml.flag(element, "several", default=False)}

    def write(self, element: etree._Element, body: Body) -> None:
        if body["several"]:
            element.set("several", "true")
        for option in body["options"]:
            made = xml.write_option(element, option)
            made.set("shape", option["shape"])
            made.set("coords", ",".join(map(str, option["coords"])))

    def faults(self, body: Body) -> list[Fault]:
        faults = super().faults(body)
        if "picture" not in body:
            return [*faults, ("no-picture", "")]
        picture = body["picture"]
        if not picture["width"] or not picture["height"]:
            faults.append(("picture-without-size", picture["src"]))
        faults += [("bad-area", o["name"]) for o in body["options"] if not _fits(o, picture)]
        return faults

    def has_several(self, body: Body) -> bool:
        return bool(body["several"])


def _numbers(option: Any) -> list[str]:
    return [part.strip() for part in option.get("coords", "").split(",") if part.strip()]


def _fits(option: dict[str, Any], picture: dict[str, Any]) -> bool:
    """A known shape whose numbers lie on the picture."""
    coords, shape = option["coords"], option["shape"]
    least = SHAPES.get(shape)
    if least is None or len(coords) < least or (shape != "poly" and len(coords) != least):
        return False
    if shape == "poly" and len(coords) % 2:
        return False
    most = max(picture["width"], picture["height"])
    return all(0 <= number <= most for number in coords)


def mark_choice(options: Sequence[dict[str, Any]], picked: set[str], *, takes_several: bool) -> Fraction:
    """By weights where the author gave them; else all or nothing for one, shares for several."""
    weights = {o["name"]: percent(o.get("weight")) for o in options}
    if any(weight is not None for weight in weights.values()):
        earned = sum((weights.get(name) or Fraction(0) for name in picked), Fraction(0))
        return min(max(earned, Fraction(0)), Fraction(1))
    right = {option["name"] for option in options if option["correct"]}
    if takes_several:
        return mark_multiple(picked, right=right, wrong=weights.keys() - right)
    return Fraction(int(bool(picked) and picked == right))


def mark_multiple(picked: set[str], *, right: set[str], wrong: set[str]) -> Fraction:
    """Earn a share for each right option, lose a share for each wrong one, never below zero.

    Ticking every box therefore earns nothing.
    """
    earned = Fraction(len(picked & right), len(right)) if right else Fraction(0)
    lost = Fraction(len(picked & wrong), len(wrong)) if wrong else Fraction(0)
    return max(Fraction(0), earned - lost)


def option_faults(options: Sequence[dict[str, Any]], *, takes_several: bool) -> list[Fault]:
    """What is wrong with a set of options."""
    faults: list[Fault] = []
    names = Counter(option["name"] for option in options)
    faults += [("duplicate-option", name) for name, times in names.items() if times > 1]
    texts = Counter(option["text"].get("vi", "") for option in options)
    faults += [("duplicate-option", text) for text, times in texts.items() if text and times > 1]
    if "" in names or any(" " in name for name in names):
        faults.append(("option-without-name", ""))
    right = sum(option["correct"] for option in options)
    if right == 0:
        faults.append(("no-right-answer", ""))
    if not takes_several and right > 1:
        faults.append(("several-right-answers", ""))
    if len(options) < 2 or right == len(options):
        faults.append(("no-wrong-option", ""))
    return faults + weight_faults(options)
