"""A short answer in words.

Body: `answers` [{"text", "weight", "why"}], best first; `*` in a text stands for anything, `\\*` for a star.
`case`: capitals matter. `accents`: marks on letters matter ("Hà Nội" is not "Ha Noi"). Response: one string.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import Body, Fault, Kind, Part, Pick, Texts, one_line, percent, weight_faults

STAR = "\ue000"  # stands for an escaped star while a pattern is taken apart
# Letters that are no base letter with a mark, so that Unicode does not take the mark off.
BARE = str.maketrans({"đ": "d", "Đ": "D"})
LONGEST_PATTERN = 500


class Text(Kind):
    """The first accepted text that fits gives the mark."""

    name = "text"

    def read(self, element: xml.Readable) -> Body:
        return read_answers(element)

    def write(self, element: etree._Element, body: Body) -> None:
        write_answers(element, body)

    def faults(self, body: Body) -> list[Fault]:
        return answer_faults(body["answers"])

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        return [(answer["text"], answer["why"]) for answer in body["answers"] if answer["why"]]

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        return one_line(sent)

    def mark(self, body: Body, response: Sequence[str]) -> Fraction:
        found = accepted(body, response[0]) if response else None
        return Fraction(0) if found is None else (percent(found["weight"]) or Fraction(0))

    def right(self, body: Body) -> tuple[str, ...]:
        return (spelt(best_answers(body)[0]),)

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        given = response[0] if response else ""
        found = accepted(body, given) if given else None
        return (
            Part(
                prompt="",
                given=given,
                right=tuple(spelt(text) for text in best_answers(body)),
                earned=self.mark(body, response),
                why=pick(found["why"]) if found else "",
            ),
        )


def read_answers(element: Any) -> Body:
    """`<answer weight="100"><text>…</text><why lang="vi">…</why></answer>` and how to compare."""
    answers = [
        {
            "text": xml.text_of(text) if (text := found.find("text")) is not None else "",
            "weight": found.get("weight", "100").strip(),
            "why": xml.read_texts(found, "why"),
        }
        for found in element.findall("answer")
    ]
    case, accents = xml.flag(element, "case", default=False), xml.flag(element, "accents", default=True)
    return {"answers": answers, "case": case, "accents": accents}


def write_answers(element: etree._Element, body: Mapping[str, Any]) -> None:
    if body["case"]:
        element.set("case", "true")
    if not body["accents"]:
        element.set("accents", "false")
    for answer in body["answers"]:
        made = etree.SubElement(element, "answer", weight=answer["weight"])
        etree.SubElement(made, "text").text = answer["text"]
        xml.write_texts(made, "why", answer["why"])


def answer_faults(answers: Sequence[dict[str, Any]]) -> list[Fault]:
    faults = weight_faults(answers)
    if not any(percent(answer["weight"]) == 1 for answer in answers):
        faults.append(("no-right-answer", ""))
    if any(not answer["text"] for answer in answers):
        faults.append(("answer-without-text", ""))
    if any(len(answer["text"]) > LONGEST_PATTERN for answer in answers):
        faults.append(("too-long", ""))
    return faults


def accepted(body: Mapping[str, Any], given: str) -> dict[str, Any] | None:
    """The first of the accepted texts that `given` fits."""
    spelling = plain(given, case=body["case"], accents=body["accents"])
    for answer in body["answers"]:
        text = answer["text"].replace("\\*", STAR)
        if fits(plain(text, case=body["case"], accents=body["accents"]), spelling):
            found: dict[str, Any] = answer
            return found
    return None


def plain(text: str, *, case: bool, accents: bool) -> str:
    """The text as it is compared: NFC, one space between words, without what does not matter."""
    text = xml.line(text)
    if not accents:
        marks = unicodedata.normalize("NFD", text.translate(BARE))
        text = unicodedata.normalize("NFC", "".join(c for c in marks if unicodedata.category(c) != "Mn"))
    return text if case else text.casefold()


def fits(pattern: str, text: str) -> bool:
    """Does `text` fit `pattern`, where `*` stands for anything? Time grows with the lengths only."""
    first, *rest = [piece.replace(STAR, "*") for piece in pattern.split("*")]
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def best_answers(body: Mapping[str, Any]) -> list[str]:
    return [answer["text"] for answer in body["answers"] if percent(answer["weight"]) == 1]


def spelt(pattern: str) -> str:
    """A pattern as a person would write it: without the stars that stand for anything."""
    bare = re.sub(r"(?<!\\)\*+", " ", pattern)
    return xml.line(bare.replace("\\*", "*"))
