"""The most points a content gives, where its parameters say so."""

import re
from collections.abc import Callable
from typing import Any

from courses.h5p.engine.libraries import LibraryName

_GAP = re.compile(r"\*[^*]+\*")


def max_score(name: LibraryName, params: Any) -> float | None:
    """None where only the running content knows."""
    counted = _BY_TYPE.get(name.machine_name)
    return counted(params) if counted is not None and isinstance(params, dict) else None


def _multi_choice(params: dict[str, Any]) -> float | None:
    answers = params.get("answers") or []
    correct = sum(isinstance(one, dict) and one.get("correct") is True for one in answers)
    behaviour = params.get("behaviour") or {}
    single = behaviour.get("singlePoint") is True or behaviour.get("type") == "single"
    return 1 if single or correct == 0 else correct


def _true_false(_params: dict[str, Any]) -> float | None:
    return 1


def _single_choice_set(params: dict[str, Any]) -> float | None:
    return len(params.get("choices") or []) or None


def _blanks(params: dict[str, Any]) -> float | None:
    return _gaps(*(params.get("questions") or []))


def _drag_text(params: dict[str, Any]) -> float | None:
    return _gaps(*str(params.get("textField", "")).split("\n"))


def _mark_words(params: dict[str, Any]) -> float | None:
    return _gaps(params.get("textField", ""))


def _question_set(params: dict[str, Any]) -> float | None:
    """Sum of its questions; a pool gives a number only if all of them count the same."""
    scores = []
    for question in params.get("questions") or []:
        name = LibraryName.spoken(question.get("library")) if isinstance(question, dict) else None
        scores.append(max_score(name, question.get("params")) if name is not None else None)
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores):
        return None
    pool = params.get("poolSize") or 0
    if not 0 < pool < len(known):
        return sum(known)
    return pool * known[0] if len(set(known)) == 1 else None


def _gaps(*texts: Any) -> float | None:
    """Words between asterisks; a doubled asterisk means one to be read, which is not counted here."""
    if any(not isinstance(text, str) or "**" in text for text in texts):
        return None
    return sum(len(_GAP.findall(text)) for text in texts) or None


_BY_TYPE: dict[str, Callable[[dict[str, Any]], float | None]] = {
    "H5P.MultiChoice": _multi_choice,
    "H5P.TrueFalse": _true_false,
    "H5P.SingleChoiceSet": _single_choice_set,
    "H5P.Blanks": _blanks,
    "H5P.DragText": _drag_text,
    "H5P.MarkTheWords": _mark_words,
    "H5P.QuestionSet": _question_set,
}
