"""Answers that a person marks: written words and files.

Body: `rubric` [{"name", "title", "levels": [{"name", "points", "title"}]}]; an essay's `least_words` and
`most_words` (0: no limit); a file's `accepts` (endings) and `most_files`. Response: the text, or the ids of
uploaded files.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import BadResponse, Body, Fault, Kind, Part, Pick, Texts, decimal

LONGEST_ESSAY = 20_000  # characters
MOST_FILES = 5
DOCUMENTS = ("pdf", "docx", "xlsx", "pptx", "odt", "txt")
FILE_KINDS = (*DOCUMENTS, "png", "jpg", "webp", "mp3", "ogg", "mp4", "webm")


class ByHand(Kind):
    """No machine says how good it is."""

    is_marked_by_hand = True

    def mark(self, body: Body, response: Sequence[str]) -> Fraction | None:
        # Nobody needs to look at what was not answered.
        return None if response else Fraction(0)

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        found: list[tuple[str, Texts]] = []
        for criterion in body["rubric"]:
            found.append((criterion["name"], criterion["title"]))
            found += [
                (f"{criterion['name']} {level['name']}", level["title"]) for level in criterion["levels"]
            ]
        return found


class Essay(ByHand):
    """Paragraphs stay as they were typed."""

    name = "essay"

    def read(self, element: xml.Readable) -> Body:
        numbers = {name: whole(element.get(name, "0")) for name in ("least_words", "most_words")}
        return {**numbers, "rubric": read_rubric(element)}

    def write(self, element: etree._Element, body: Body) -> None:
        for name in ("least_words", "most_words"):
            if body[name]:
                element.set(name, str(body[name]))
        write_rubric(element, body["rubric"])

    def faults(self, body: Body) -> list[Fault]:
        faults = rubric_faults(body["rubric"])
        least, most = body["least_words"], body["most_words"]
        if least < 0 or most < 0 or (most and least > most):
            faults.append(("bad-number", f"{least}–{most}"))
        return faults

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        if len(sent) > 1:
            raise BadResponse("one-answer-only")
        lines = unicodedata.normalize("NFC", sent[0]).replace("\r\n", "\n").split("\n") if sent else []
        text = "\n".join(line.rstrip() for line in lines).strip()
        if len(text) > LONGEST_ESSAY:
            raise BadResponse("too-long")
        return (text,) if text else ()

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        return (Part("", response[0] if response else "", (), Fraction(0)),)


class File(ByHand):
    """The files are kept apart; whoever calls `clean` has checked that the ids are the learner's."""

    name = "file"

    def read(self, element: xml.Readable) -> Body:
        return {
            "accepts": [kind.strip().lower() for kind in element.get("accepts", "pdf").split()],
            "most_files": whole(element.get("most_files", "1")),
            "rubric": read_rubric(element),
        }

    def write(self, element: etree._Element, body: Body) -> None:
        element.set("accepts", " ".join(body["accepts"]))
        element.set("most_files", str(body["most_files"]))
        write_rubric(element, body["rubric"])

    def faults(self, body: Body) -> list[Fault]:
        faults = rubric_faults(body["rubric"])
        faults += [("unknown-file-kind", kind) for kind in body["accepts"] if kind not in FILE_KINDS]
        if not body["accepts"]:
            faults.append(("unknown-file-kind", ""))
        if not 1 <= body["most_files"] <= MOST_FILES:
            faults.append(("bad-number", str(body["most_files"])))
        return faults

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(sent))
        if len(ids) > body["most_files"]:
            raise BadResponse("too-many-files")
        if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in ids):
            raise BadResponse("unknown-option")
        return ids


def read_rubric(element: Any) -> list[dict[str, Any]]:
    """`<criterion name><title lang/><level name points><title lang/></level></criterion>`."""
    return [
        {
            "name": criterion.get("name", "").strip(),
            "title": xml.read_texts(criterion, "title"),
            "levels": [
                {
                    "name": level.get("name", "").strip(),
                    "points": level.get("points", "").strip(),
                    "title": xml.read_texts(level, "title"),
                }
                for level in criterion.findall("level")
            ],
        }
        for criterion in element.findall("criterion")
    ]


def write_rubric(element: etree._Element, rubric: Sequence[dict[str, Any]]) -> None:
    for criterion in rubric:
        made = etree.SubElement(element, "criterion", name=criterion["name"])
        xml.write_texts(made, "title", criterion["title"])
        for level in criterion["levels"]:
            named = {"name": level["name"], "points": level["points"]}
            xml.write_texts(etree.SubElement(made, "level", **named), "title", level["title"])


def rubric_faults(rubric: Sequence[dict[str, Any]]) -> list[Fault]:
    """A rubric has criteria with names, each with two levels or more, the best of them worth something."""
    faults: list[Fault] = [] if rubric else [("no-rubric", "")]
    names = [criterion["name"] for criterion in rubric]
    if "" in names or len(set(names)) < len(names):
        faults.append(("option-without-name", ""))
    for criterion in rubric:
        points = [decimal(level["points"]) for level in criterion["levels"]]
        levels = [level["name"] for level in criterion["levels"]]
        if "" in levels or len(set(levels)) < len(levels):
            faults.append(("option-without-name", criterion["name"]))
        if len(points) < 2 or any(p is None or p < 0 for p in points) or not any(points):
            faults.append(("bad-levels", criterion["name"]))
    return faults


def most_points(rubric: Sequence[dict[str, Any]]) -> Decimal:
    """What the best level of every criterion adds up to."""
    return sum(
        (max(Decimal(level["points"]) for level in criterion["levels"]) for criterion in rubric), Decimal(0)
    )


def whole(said: str) -> int:
    """A count; -1 for what is none, so that `faults` can say so."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else -1
