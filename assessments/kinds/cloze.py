"""A text with gaps, each filled by choosing, by words or by a number.

Body: `text` {language: "… [[g1]] …"}, `gaps` [{"name", "kind": "select", "text" or "number", "weight": "1",
and what that kind adds}]. Every language has every gap once. Response: "g1 value" for each gap that was
filled.
"""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import BadResponse, Body, Fault, Kind, Part, Pick, Texts, decimal
from assessments.kinds.choice import Single
from assessments.kinds.number import Number
from assessments.kinds.text import Text

GAP = re.compile(r"\[\[\s*([A-Za-z0-9_-]+)\s*\]\]")
INSIDE: dict[str, Kind] = {"select": Single(), "text": Text(), "number": Number()}


class Cloze(Kind):
    """Each gap is a small question of its own; their marks are added up by weight."""

    name = "cloze"

    def read(self, element: xml.Readable) -> Body:
        return {
            "text": xml.read_texts(element, "text"),
            "gaps": [_read_gap(found) for found in element.findall("gap")],
        }

    def write(self, element: etree._Element, body: Body) -> None:
        xml.write_texts(element, "text", body["text"])
        for gap in body["gaps"]:
            named = {name: gap[name] for name in ("name", "kind", "weight")}
            INSIDE[gap["kind"]].write(etree.SubElement(element, "gap", **named), gap)

    def faults(self, body: Body) -> list[Fault]:
        faults: list[Fault] = []
        names = [gap["name"] for gap in body["gaps"]]
        if not names:
            faults.append(("no-gaps", ""))
        faults += [("duplicate-option", name) for name, times in Counter(names).items() if times > 1]
        for language, text in body["text"].items():
            if text and Counter(GAP.findall(text)) != Counter(names):
                faults.append(("gaps-and-text-differ", language))
        for gap in body["gaps"]:
            if gap["kind"] not in INSIDE:
                faults.append(("unknown-gap-kind", f"{gap['name']}: {gap['kind']}"))
                continue
            weight = decimal(gap["weight"])
            if weight is None or weight <= 0:
                faults.append(("bad-weight", gap["weight"]))
            inside = INSIDE[gap["kind"]].faults(gap)
            faults += [(code, f"{gap['name']} {detail}".strip()) for code, detail in inside]
        return faults

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        found: list[tuple[str, Texts]] = [("text", body["text"])]
        for gap in body["gaps"]:
            inside = INSIDE[gap["kind"]].texts(gap) if gap["kind"] in INSIDE else []
            # What is chosen in a gap is read where it stands; a reason for each choice is welcome, not due.
            found += [(f"{gap['name']} {where}", words) for where, words in inside if words]
        return found

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        given: dict[str, str] = {}
        for pair in sent:
            name, _space, value = pair.partition(" ")
            if name in given:
                raise BadResponse("one-answer-only")
            given[name] = value
        known = {gap["name"]: gap for gap in body["gaps"]}
        if not given.keys() <= known.keys():
            raise BadResponse("unknown-option")
        cleaned = {
            name: INSIDE[known[name]["kind"]].clean(known[name], [value] if value.strip() else [])
            for name, value in given.items()
        }
        return tuple(f"{name} {cleaned[name][0]}" for name in known if cleaned.get(name))

    def mark(self, body: Body, response: Sequence[str]) -> Fraction:
        given = _given(response)
        earned = total = Fraction(0)
        for gap in body["gaps"]:
            weight = Fraction(gap["weight"])
            total += weight
            earned += weight * _earned(gap, given.get(gap["name"]))
        return min(max(earned / total, Fraction(0)), Fraction(1))

    def right(self, body: Body) -> tuple[str, ...]:
        return tuple(f"{gap['name']} {INSIDE[gap['kind']].right(gap)[0]}" for gap in body["gaps"])

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        given = _given(response)
        return tuple(
            _part(place, gap, given.get(gap["name"]), pick) for place, gap in enumerate(body["gaps"], start=1)
        )

    def said(self, body: Body, response: Sequence[str], pick: Pick) -> list[str]:
        return [f"({part.prompt}) {part.given}" for part in self.parts(body, response, pick) if part.given]


def pieces(text: str) -> list[tuple[str, str]]:
    """("text", words) and ("gap", name) in the order they stand."""
    found, at = [], 0
    for match in GAP.finditer(text):
        found += [("text", text[at : match.start()]), ("gap", match[1])]
        at = match.end()
    return [piece for piece in [*found, ("text", text[at:])] if piece[1]]


def _read_gap(element: Any) -> dict[str, Any]:
    kind = element.get("kind", "select").strip()
    inside = INSIDE[kind].read(element) if kind in INSIDE else {}
    named = {"name": element.get("name", "").strip(), "kind": kind}
    return {**named, "weight": element.get("weight", "1").strip(), **inside}


def _given(response: Sequence[str]) -> dict[str, str]:
    return dict(pair.split(" ", 1) for pair in response)


def _earned(gap: dict[str, Any], value: str | None) -> Fraction:
    if value is None:
        return Fraction(0)
    return INSIDE[gap["kind"]].mark(gap, [value]) or Fraction(0)


def _part(place: int, gap: dict[str, Any], value: str | None, pick: Pick) -> Part:
    if gap["kind"] != "select":
        [part] = INSIDE[gap["kind"]].parts(gap, [value] if value else [], pick)
        return Part(str(place), part.given, part.right, part.earned, part.why)
    options = {option["name"]: option for option in gap["options"]}
    chosen = options.get(value or "")
    right = tuple(pick(option["text"]) for option in gap["options"] if option["correct"])
    given, why = (pick(chosen["text"]), pick(chosen["why"])) if chosen else ("", "")
    return Part(str(place), given, right, _earned(gap, value), why)
