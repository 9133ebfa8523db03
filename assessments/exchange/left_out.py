"""What a format cannot say of a question, part by part: for the report of an export."""

from collections.abc import Iterable
from typing import Any

from assessments.exchange.model import LANGUAGES, Asked, Problem


class LeftOut:
    """Collects what was not written; each part of a question is named once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def not_written(self, question: Asked, why: str = "") -> None:
        """The question is not in the file at all."""
        self._found[Problem("kind-not-written", question.name, why or question.kind)] = None

    def parts(self, question: Asked, parts: Iterable[str]) -> None:
        for part in parts:
            self._found[Problem("left-out", question.name, part)] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._found)


def parts_of(question: Asked, language: str) -> set[str]:
    """The parts a question has beyond its words, options and answers in `language`."""
    body = question.body
    found = {name for name in ("picture", "stimulus", "rubric", "unit") if body.get(name)}
    found |= {name for name in ("least_words", "most_words") if body.get(name)}
    has = {
        "outcome": bool(question.outcome),
        "difficulty": question.difficulty != 2,
        "cites": bool(body["cites"]),
        "explanation": any(body["explanation"].values()),
        "why": any(any(one.get("why", {}).values()) for one in _answers(body)),
        "weight": any(one.get("weight") for one in body.get("options", ())),
        "languages": bool(languages_of(body) - {language}),
        "case": bool(body.get("case")),
        "accents": body.get("accents") is False,
        "partial": body.get("partial") is True,
    }
    return found | {name for name, is_there in has.items() if is_there}


def languages_of(body: Any) -> set[str]:
    """The languages in which a question is asked."""
    texts = body.get("text", {}) if "gaps" in body else body["stem"]
    return {code for code in LANGUAGES if texts.get(code)}


def spoken(body: Any, wanted: str) -> str:
    """The wanted language if the question has it, else the first it has."""
    found = languages_of(body)
    return wanted if wanted in found or not found else next(code for code in LANGUAGES if code in found)


def _answers(body: Any) -> Iterable[Any]:
    for part in (body, *body.get("gaps", ())):
        yield from part.get("options", ())
        yield from part.get("answers", ())
