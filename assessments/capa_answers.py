"""The typed answers of an Open edX problem, numbers and words, as our questions hold them. Plain Python."""

import re
from decimal import Decimal
from typing import Any

from lxml import etree

from assessments.capa_text import line, words
from assessments.kinds.base import decimal
from assessments.kinds.number import POWER, power_of_ten
from assessments.kinds.text import LONGEST_PATTERN

RANGE = re.compile(r"\[\s*([^,\s]+)\s*,\s*([^,\s]+)\s*\]")
Texts = dict[str, str]


class Unclear(Exception):
    """What is right is not said in a way that a machine without a program can compare."""


def number_body(response: etree._Element, language: str) -> dict[str, Any]:
    """`<numericalresponse answer="9.81">` with its tolerance and other answers."""
    tolerance = _tolerance(response)
    why = _said(response.find("correcthint"), language)
    answers = [_number(response.get("answer", ""), tolerance, why)]
    for other in response.findall("additional_answer"):
        reason = _said(other.find("correcthint"), language) or _said(other, language)
        answers.append(_number(other.get("answer", ""), tolerance, reason))
    return {"answers": answers}


def text_body(response: etree._Element, language: str) -> dict[str, Any]:
    """`<stringresponse answer="Hà Nội" type="ci">` with its other answers and the hints for wrong ones."""
    how = response.get("type", "").split()
    if "regexp" in how:
        raise Unclear(response.get("answer", ""))
    why = _said(response.find("correcthint"), language)
    # An old form puts all answers in one attribute.
    answers = [_text(part, "100", why) for part in response.get("answer", "").split("_or_")]
    for other in response.findall("additional_answer"):
        said = other.get("answer") or other.text or ""
        answers.append(_text(said, "100", _said(other.find("correcthint"), language)))
    answers += [
        _text(wrong.get("answer", ""), "0", _said(wrong, language))
        for wrong in response.findall("stringequalhint")
    ]
    return {"answers": answers, "case": "ci" not in how, "accents": True}


def _text(said: str, weight: str, why: Texts) -> dict[str, Any]:
    text = line(said).replace("*", "\\*")
    if not text or len(text) > LONGEST_PATTERN:
        raise Unclear(text[:60])
    return {"text": text, "weight": weight, "why": why}


def _number(said: str, tolerance: str, why: Texts) -> dict[str, Any]:
    if between := RANGE.fullmatch(said.strip()):
        low, high = (_plain(end) for end in between.groups())
        if low > high:
            raise Unclear(said)
        return _answer((low + high) / 2, (high - low) / 2, why)
    value = _plain(said)
    if tolerance.endswith("%"):
        return _answer(value, abs(value) * _plain(tolerance[:-1]) / 100, why)
    return _answer(value, _plain(tolerance), why)


def _answer(value: Decimal, tolerance: Decimal, why: Texts) -> dict[str, Any]:
    return {"value": f"{value:f}", "tolerance": f"{tolerance:f}", "weight": "100", "why": why}


def _plain(said: str) -> Decimal:
    """A number, or a number times a power of ten; any other formula needs a program."""
    bare = said.replace(" ", "")
    number = decimal(POWER.sub(power_of_ten, bare))
    if number is None:
        raise Unclear(said)
    return number


def _tolerance(response: etree._Element) -> str:
    """ "5%", "0.1" or, as Open edX has it when nothing is said, a thousandth of a percent."""
    for found in response.iter("responseparam"):
        if found.get("type") == "tolerance":
            return line(found.get("default", "0"))
    return "0.001%"


def _said(element: etree._Element | None, language: str) -> Texts:
    text = "" if element is None else words(element)
    return {language: text} if text else {}
