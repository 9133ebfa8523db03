"""Quizzes and question banks as their author edits them: OLX in, OLX out. Plain Python.

What the editor does not know stays as it was: each function changes only what it is named after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from assessments.kinds import KINDS
from assessments.kinds.picture import write_picture
from assessments.kinds.xml import write_texts
from assessments.olx import PoolSource
from courses.olx.edit import write_titles
from courses.olx.xml import parse_xml, to_text

ITEMS = ("question", "pool")
Texts = Mapping[str, str]
TRUE_FALSE = {  # the options of a true-or-false question; their words are always the same
    "true": {"vi": "Đúng", "en": "True", "de": "Richtig"},
    "false": {"vi": "Sai", "en": "False", "de": "Falsch"},
}


class NoSuchQuestion(LookupError):
    """The quiz does not hold the question any more."""


@dataclass(frozen=True)
class RulesDraft:
    """The rules of a quiz; None means no limit."""

    title: Texts
    kind: str
    attempts: int | None = None
    cooling_off_hours: int = 0
    time_limit_minutes: int | None = None
    pools: Sequence[PoolSource] = ()  # for a final exam
    opens: datetime | None = None  # with a zone, as `closes`
    closes: datetime | None = None
    review: str = "after-pass"
    is_supervised: bool = False
    double_marking: bool = False


@dataclass(frozen=True)
class QuestionDraft:
    """One question as it stands in the form.

    `body` is what its kind adds, and `picture` where it has one (see `assessments.kinds`). An option's name
    stays for ever: answers of learners name it. `stimulus` names a `<stimulus>` of the same quiz.
    """

    name: str
    kind: str
    outcome: str
    difficulty: int
    stem: Texts
    body: Mapping[str, Any]
    explanation: Texts = field(default_factory=dict)
    cites: Sequence[tuple[str, str]] = ()  # (source, lines)
    stimulus: str = ""


def option(name: str, text: Texts, why: Texts, *, is_right: bool) -> dict[str, Any]:
    """One choice, as a body holds it."""
    return {"name": name, "correct": is_right, "text": dict(text), "why": dict(why)}


def write_rules(olx: str, rules: RulesDraft, language: str = "vi") -> str:
    """The quiz with these rules. The pass mark stays: it is not the author's to change."""
    element = parse_xml(olx.encode(), "quiz")
    write_titles(element, dict(rules.title), language)
    element.set("kind", rules.kind)
    _set(element, "attempts", rules.attempts)
    _set(element, "cooling_off_hours", rules.cooling_off_hours)
    _set(element, "time_limit_minutes", rules.time_limit_minutes)
    _set(element, "double_marking", "true" if rules.double_marking else None)
    _set_sitting_rules(element, rules)
    if rules.kind == "final":
        for old in element.findall("pool"):
            element.remove(old)
        for pool in rules.pools:
            made = etree.SubElement(element, "pool", outcome=pool.outcome, count=str(pool.count))
            _set(made, "difficulty", pool.difficulty)
    return to_text(element)


def write_question(olx: str, draft: QuestionDraft) -> str:
    """The quiz with the question written: in its place when it is there, else at the end."""
    element = parse_xml(olx.encode(), "quiz")
    made = question_element(draft)
    before = _find(element, draft.name)
    if before is None:
        element.append(made)
    else:
        made.tail = before.tail
        element.replace(before, made)
    return to_text(element)


def take_out(olx: str, name: str) -> tuple[str, str]:
    """The quiz without the question, and the question itself, to be put elsewhere."""
    element = parse_xml(olx.encode(), "quiz")
    question = _find(element, name)
    if question is None:
        raise NoSuchQuestion(name)
    text = to_text(question)
    element.remove(question)
    return to_text(element), text


def put_in(olx: str, question: str) -> str:
    """The quiz with a question from elsewhere at its end."""
    element = parse_xml(olx.encode(), "quiz")
    element.append(parse_xml(question.encode(), "question"))
    return to_text(element)


def shift(olx: str, name: str, by: int) -> str:
    """The quiz with the question moved up (-1) or down (1); at the ends nothing changes."""
    element = parse_xml(olx.encode(), "quiz")
    question = _find(element, name)
    if question is None:
        raise NoSuchQuestion(name)
    items = [child for child in element if child.tag in ITEMS]
    place = items.index(question) + by
    if 0 <= place < len(items):
        neighbour = items[place]
        element.remove(question)
        element.insert(element.index(neighbour) + (1 if by > 0 else 0), question)
    return to_text(element)


def _find(element: etree._Element, name: str) -> etree._Element | None:
    return next((q for q in element.iterchildren("question") if q.get("name") == name), None)


def _set_sitting_rules(element: etree._Element, rules: RulesDraft) -> None:
    _set(element, "opens", rules.opens.isoformat() if rules.opens else None)
    _set(element, "closes", rules.closes.isoformat() if rules.closes else None)
    _set(element, "review", rules.review if rules.review != "after-pass" else None)
    _set(element, "supervised", "true" if rules.is_supervised else None)


def _set(element: etree._Element, name: str, value: int | str | None) -> None:
    if value:
        element.set(name, str(value))
    else:
        element.attrib.pop(name, "")


def question_element(draft: QuestionDraft) -> etree._Element:
    """The `<question>` by itself."""
    element = etree.Element("question", name=draft.name, type=draft.kind)
    if draft.outcome:
        element.set("outcome", draft.outcome)
    element.set("difficulty", str(draft.difficulty))
    if draft.stimulus:
        element.set("stimulus", draft.stimulus)
    body = dict(draft.body)
    write_texts(element, "stem", draft.stem)
    write_picture(element, body)
    KINDS[draft.kind].write(element, body)
    write_texts(element, "explanation", draft.explanation)
    for source, lines in draft.cites:
        etree.SubElement(element, "cite", source=source, lines=lines)
    return element
