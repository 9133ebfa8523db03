"""A question that is being written, as a learner will see it."""

from dataclasses import dataclass
from typing import Any

from assessments import olx
from assessments.kinds import KINDS
from assessments.queries.asked import Asked
from assessments.queries.fault_words import fault_words, faults_of


@dataclass(frozen=True)
class Preview:
    """What a learner sees, and in words what is still to be done."""

    asked: Asked
    todo: tuple[str, ...]


def previewed(source: olx.QuizSource, name: str, *, picture_url: str, language: str) -> Preview:
    """The question of a quiz that need not be sound; `language` is the learner's."""
    question = next(q for q in source.questions if q.name == name)
    body = showable(question.kind, question.body, has_picture=bool(picture_url))
    asked = Asked(question.kind, body, (), (), picture_url, language)
    todo = dict.fromkeys(fault_words(problem, question) for problem in faults_of(source.problems, name))
    return Preview(asked, tuple(todo))


def showable(kind: str, body: dict[str, Any], *, has_picture: bool = True) -> dict[str, Any]:
    """The body without what cannot be drawn: areas whose numbers lie nowhere."""
    if kind != "hotspot":
        return body
    if not has_picture:
        return {**body, "options": []}
    faulty = {name for code, name in KINDS[kind].faults(body) if code == "bad-area"}
    return {**body, "options": [option for option in body["options"] if option["name"] not in faulty]}
