"""A number with a tolerance.

Body: `answers` [{"value", "tolerance", "weight", "why"}] as decimal strings, best first; optional `unit`
{language: text}, shown behind the field. Response: one string as it was typed.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import (
    BadResponse,
    Body,
    Fault,
    Kind,
    Part,
    Pick,
    Texts,
    decimal,
    one_line,
    percent,
    weight_faults,
)

LONGEST_NUMBER = 60
SPACES = str.maketrans(dict.fromkeys(" \u00a0\u202f_'", ""))
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
# "9.3*10^7", "9,3 × 10^7", "9.3x10-7": spaces are gone by then
POWER = re.compile(r"(?<=\d)[*x×·]10\^?([+-]?\d{1,2})\b")
GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")


class Number(Kind):
    """The first answer within whose tolerance the number lies gives the mark."""

    name = "number"

    def read(self, element: xml.Readable) -> Body:
        unit = xml.read_texts(element, "unit")
        return {**read_numbers(element), **({"unit": unit} if unit else {})}

    def write(self, element: etree._Element, body: Body) -> None:
        write_numbers(element, body)
        xml.write_texts(element, "unit", body.get("unit", {}))

    def faults(self, body: Body) -> list[Fault]:
        return number_faults(body["answers"])

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        whys = [(answer["value"], answer["why"]) for answer in body["answers"] if answer["why"]]
        return [*whys, *([("unit", body["unit"])] if "unit" in body else [])]

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        typed = one_line(sent, LONGEST_NUMBER)
        if typed and not readings(typed[0]):
            raise BadResponse("not-a-number")
        return typed

    def mark(self, body: Body, response: Sequence[str]) -> Fraction:
        found = near(body, response[0]) if response else None
        return Fraction(0) if found is None else (percent(found["weight"]) or Fraction(0))

    def right(self, body: Body) -> tuple[str, ...]:
        return (best_numbers(body)[0]["value"],)

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        given = response[0] if response else ""
        found = near(body, given) if given else None
        unit = f" {pick(body['unit'])}" if "unit" in body else ""
        return (
            Part(
                prompt="",
                given=f"{given}{unit}" if given else "",
                right=tuple(f"{written(answer)}{unit}" for answer in best_numbers(body)),
                earned=self.mark(body, response),
                why=pick(found["why"]) if found else "",
            ),
        )


def read_numbers(element: Any) -> Body:
    answers = [
        {
            "value": found.get("value", "").strip(),
            "tolerance": found.get("tolerance", "0").strip(),
            "weight": found.get("weight", "100").strip(),
            "why": xml.read_texts(found, "why"),
        }
        for found in element.findall("answer")
    ]
    return {"answers": answers}


def write_numbers(element: etree._Element, body: Mapping[str, Any]) -> None:
    for answer in body["answers"]:
        named = {name: answer[name] for name in ("value", "tolerance", "weight")}
        xml.write_texts(etree.SubElement(element, "answer", **named), "why", answer["why"])


def number_faults(answers: Sequence[dict[str, Any]]) -> list[Fault]:
    faults = weight_faults(answers)
    for answer in answers:
        tolerance = decimal(answer["tolerance"])
        if decimal(answer["value"]) is None or tolerance is None or tolerance < 0:
            faults.append(("not-a-number", f"{answer['value']} ± {answer['tolerance']}"))
    if not any(percent(answer["weight"]) == 1 for answer in answers):
        faults.append(("no-right-answer", ""))
    return faults


def readings(typed: str) -> set[Decimal]:
    """What a typed number can mean: "9,81" and "9.81" are the same, "1.000" is one or a thousand.

    Vietnamese and German write the comma before the decimals and the point between thousands, English the
    other way round; nobody is marked down for the habit of her keyboard.
    """
    typed = POWER.sub(power_of_ten, typed.replace("−", "-").translate(SPACES))
    candidates = {typed.replace(",", ".")}
    if GROUPED.fullmatch(typed) and len(set(typed) & set(".,")) == 1:
        candidates.add(typed.replace(".", "").replace(",", ""))
    last = max(typed.rfind(","), typed.rfind("."))
    if last >= 0 and GROUPED.fullmatch(typed[:last]) and typed[last] not in typed[:last]:
        whole = typed[:last].replace(".", "").replace(",", "")
        candidates.add(f"{whole}.{typed[last + 1 :]}")
    numbers = (decimal(text) for text in candidates if PLAIN.fullmatch(text))
    return {number for number in numbers if number is not None}


def power_of_ten(found: re.Match[str]) -> str:
    return f"e{found[1]}"


def near(body: Mapping[str, Any], typed: str) -> dict[str, Any] | None:
    """The first answer that one reading of `typed` lies close enough to."""
    said = [Fraction(reading) for reading in readings(typed)]
    for answer in body["answers"]:
        value, tolerance = Fraction(answer["value"]), Fraction(answer["tolerance"])
        if any(abs(number - value) <= tolerance for number in said):
            found: dict[str, Any] = answer
            return found
    return None


def best_numbers(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [answer for answer in body["answers"] if percent(answer["weight"]) == 1]


def written(answer: Mapping[str, Any]) -> str:
    """ "9.81 ± 0.01"."""
    tolerance = decimal(answer["tolerance"])
    return f"{answer['value']} ± {answer['tolerance']}" if tolerance else str(answer["value"])
