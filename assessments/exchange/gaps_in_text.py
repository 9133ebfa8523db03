"""Gaps as people write them in a table.

`[[Hà Nội|%50%Ha Noi]]` to write, `[[*Huế|Đà Nẵng]]` to choose, `[[# 9,81 ± 0,01]]` for a number.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.model import Texts, Unfit

_GAP = re.compile(r"\[\[(.{1,2000}?)\]\]", re.DOTALL)
_SHARE = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,10})?)%\s*")
_SPREAD = re.compile(r"\s*(?:±|\+/-|\+-|:)\s*")


def read(source: str, language: str) -> tuple[str, list[dict[str, Any]]]:
    """(text with `[[g1]]`, gaps)."""
    gaps: list[dict[str, Any]] = []

    def taken(found: re.Match[str]) -> str:
        gaps.append({"name": f"g{len(gaps) + 1}", "weight": "1", **_gap(found[1], language)})
        return f"[[g{len(gaps)}]]"

    text = _GAP.sub(taken, source)
    if not gaps:
        raise Unfit("no-gaps")
    return text, gaps


def _gap(inner: str, language: str) -> dict[str, Any]:
    if inner.startswith("#"):
        return {"kind": "number", "answers": [number(inner[1:], None, {})]}
    pieces = [piece.strip() for piece in inner.split("|")]
    if any(piece.startswith("*") for piece in pieces) and len(pieces) > 1:
        choices = [
            Choice({language: p.removeprefix("*").strip()}, FULL if p.startswith("*") else Decimal(0))
            for p in pieces
        ]
        return {"kind": "select", "options": bodies.choice_kind(choices, several=False)[1]}
    answers = bodies.text_answers([_typed(piece, language) for piece in pieces], language)
    return {"kind": "text", "answers": answers, "case": False, "accents": True}


def _typed(piece: str, language: str) -> Choice:
    share = _SHARE.match(piece)
    if not share:
        return Choice({language: piece}, FULL)
    return Choice({language: piece[share.end() :]}, bodies.decimal(share[1]) or Decimal(0))


def number(said: str, share: Decimal | None, why: Texts) -> dict[str, Any]:
    """ "9,81 ± 0,01" or "3..5" as an answer."""
    part = FULL if share is None else share
    low, dots, high = said.partition("..")
    value, *spread = _SPREAD.split(said, maxsplit=1)
    one = bodies.decimal(low if dots else value)
    other = bodies.decimal(high if dots else (spread or ["0"])[0])
    if one is None or other is None:
        raise Unfit("bad-number", said.strip())
    return bodies.range_answer(one, other, part, why) if dots else bodies.number_answer(one, other, part, why)


def number_written(answer: Mapping[str, Any]) -> str:
    """ "9.81 ± 0.01"."""
    spread = f" ± {answer['tolerance']}" if answer["tolerance"] != "0" else ""
    return f"{answer['value']}{spread}"


def written(gap: Mapping[str, Any], language: str) -> str | None:
    """The gap as a table says it; None where it says more than a table can."""
    if gap["weight"] != "1":
        return None
    if gap["kind"] == "number":
        answers = gap["answers"]
        fits = len(answers) == 1 and not any(answers[0]["why"].values())
        return f"[[#{number_written(answers[0])}]]" if fits else None
    if gap["kind"] == "select":
        return _select(gap["options"], language)
    if (
        gap["case"]
        or not gap["accents"]
        or any(any(a["why"].values()) or "|" in a["text"] for a in gap["answers"])
    ):
        return None
    said = [a["text"] if a["weight"] == "100" else f"%{a['weight']}%{a['text']}" for a in gap["answers"]]
    return f"[[{'|'.join(said)}]]"


def _select(options: list[dict[str, Any]], language: str) -> str | None:
    if any(o.get("weight") or any(o["why"].values()) or "|" in o["text"].get(language, "") for o in options):
        return None
    said = [("*" if o["correct"] else "") + o["text"].get(language, "") for o in options]
    return f"[[{'|'.join(said)}]]"
