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


def put_in(olx: str, question: str, situation: str = "") -> str:
    """The quiz with a question from elsewhere at its end, and what it is about where that is not here yet."""
    element = parse_xml(olx.encode(), "quiz")
    if situation:
        about = parse_xml(situation.encode(), "stimulus")
        if _find(element, about.get("name", ""), "stimulus") is None:
            element.insert(0, about)
    element.append(parse_xml(question.encode(), "question"))
    return to_text(element)


def situation_of(olx: str, name: str) -> str:
    """The `<stimulus>` a question of the quiz is about, as text; empty when it has none."""
    element = parse_xml(olx.encode(), "quiz")
    question = _find(element, name)
    about = None if question is None else _find(element, question.get("stimulus", ""), "stimulus")
    return "" if about is None else to_text(about)


def write_situation(olx: str, name: str, title: Texts, text: Texts) -> str:
    """The quiz with a situation that several questions can be about: in its place, or first."""
    element = parse_xml(olx.encode(), "quiz")
    made = etree.Element("stimulus", name=name)
    write_texts(made, "title", title)
    write_texts(made, "text", text)
    before = _find(element, name, "stimulus")
    if before is None:
        last = max((n for n, child in enumerate(element) if child.tag == "stimulus"), default=-1)
        element.insert(last + 1, made)
    else:
        made.tail = before.tail
        element.replace(before, made)
    return to_text(element)


def drop_situation(olx: str, name: str) -> str:
    """The quiz without a situation; the questions about it stand alone again."""
    element = parse_xml(olx.encode(), "quiz")
    situation = _find(element, name, "stimulus")
    if situation is None:
        raise NoSuchQuestion(name)
    element.remove(situation)
    for question in element.iterchildren("question"):
        if question.get("stimulus") == name:
            question.attrib.pop("stimulus")
    return to_text(element)


def write_facts(olx: str, name: str, *, outcome: str | None = None, difficulty: int | None = None) -> str:
    """The quiz with another outcome or difficulty of one question; None leaves it as it is."""
    element = parse_xml(olx.encode(), "quiz")
    question = _find(element, name)
    if question is None:
        raise NoSuchQuestion(name)
    if outcome:
        question.set("outcome", outcome)
    elif outcome is not None:
        question.attrib.pop("outcome", "")
    if difficulty is not None:
        question.set("difficulty", str(difficulty))
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


def _find(element: etree._Element, name: str, tag: str = "question") -> etree._Element | None:
    return next((child for child in element.iterchildren(tag) if child.get("name") == name), None)


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
