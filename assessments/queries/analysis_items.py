"""The analysed questions as pages and files print them: words, the key, what guessing earns, advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from assessments import grading
from assessments.analysis import Advice, Choice, ItemFigures, advise, guess_score
from assessments.models import QuestionVersion
from assessments.queries.analysis import Analysis, QuestionFigures, VersionFigures
from assessments.queries.fixed import question_version, question_versions
from lms.shared.languages import localised

OPTIONS = ("single", "multiple", "truefalse", "hotspot")
TYPED = ("text", "number")
# What fewer people typed may say who they are.
FEWEST_TYPED = 5


@dataclass(frozen=True)
class Item:
    """One question: the figures of all its versions together, advice on the newest that has enough."""

    name: str
    stem: str
    outcome: str
    figures: ItemFigures
    guess: float | None  # percent
    advice: tuple[Advice, ...]
    advised: int | None  # number of the version that the advice is about
    version: QuestionVersion  # its words; without advice the newest
    number_of_versions: int

    @property
    def tone(self) -> str:
        return self.advice[0].tone if self.advice else ""


@dataclass(frozen=True)
class AnswerLine:
    """An answer that was given, or could have been: its words, and whether it is right (None: unknown)."""

    label: str
    is_right: bool | None
    number: int
    share: float
    rest: float | None
    is_other: bool = False  # several rare answers together


def items_of(found: Analysis) -> list[Item]:
    """Every question of the analysis, by name. One query for texts not read lately."""
    versions = question_versions(_subject(one).pk for one in found.questions)
    usual = _usual_seconds(found)
    return [_item(one, versions[_subject(one).pk], usual) for one in found.questions]


def item_of(found: Analysis, question: QuestionFigures) -> Item:
    """One of them."""
    return _item(question, question_version(_subject(question).pk), _usual_seconds(found))


def _usual_seconds(found: Analysis) -> float | None:
    known = [one.figures.seconds for one in found.questions if one.figures.seconds is not None]
    return median(known) if known else None


def _subject(question: QuestionFigures) -> VersionFigures:
    """The newest version with enough attempts, else the newest."""
    return next((one for one in question.versions if one.figures.is_shown), question.versions[0])


def _item(question: QuestionFigures, version: QuestionVersion, usual_seconds: float | None) -> Item:
    subject = _subject(question)
    guess = guess_score(version.kind, version.body)
    advice = advise(
        subject.figures,
        guess=guess,
        right=_options(version, right=True),
        wrong=_options(version, right=False),
        usual_seconds=usual_seconds,
    )
    return Item(
        name=question.name,
        stem=stem_of(version),
        outcome=version.outcome,
        figures=question.figures,
        guess=guess,
        advice=tuple(advice),
        advised=subject.number if advice else None,
        version=version,
        number_of_versions=len(question.versions),
    )


def stem_of(version: QuestionVersion) -> str:
    """What the question asks; a text with gaps may have no stem."""
    return localised(version.body.get("stem", {})) or localised(version.body.get("text", {}))


def _options(version: QuestionVersion, *, right: bool) -> list[str]:
    if version.kind not in OPTIONS:
        return []
    return [option["name"] for option in version.body["options"] if bool(option["correct"]) is right]


def answer_lines(version: QuestionVersion, figures: ItemFigures) -> list[AnswerLine]:
    """The answers to one version with their counts; typed ones only where enough people typed the same."""
    chosen = {choice.name: choice for choice in figures.choices}
    if version.kind in OPTIONS:
        return [
            _line(localised(option["text"]) or option["name"], option["correct"], chosen.get(option["name"]))
            for option in version.body["options"]
        ]
    shown = [one for one in figures.choices if one.name and _is_shown(version, one)]
    lines = [_line(choice_label(version, one.name), _is_right(version, one.name), one) for one in shown]
    others = [one for one in figures.choices if one not in shown]
    if others:
        number, share = sum(one.number for one in others), sum(one.share for one in others)
        lines.append(AnswerLine(_("Other answers"), None, number, share, None, is_other=True))
    return lines


def _line(label: str, is_right: bool | None, choice: Choice | None) -> AnswerLine:
    if choice is None:
        return AnswerLine(label, is_right, 0, 0.0, None)
    return AnswerLine(label, is_right, choice.number, choice.share, choice.rest)


def _is_shown(version: QuestionVersion, choice: Choice) -> bool:
    return choice.number >= FEWEST_TYPED or not _is_typed(version, choice.name)


def _is_typed(version: QuestionVersion, name: str) -> bool:
    if version.kind == "cloze":
        gap = _named(version.body["gaps"], name.partition(" ")[0])
        return gap is None or gap["kind"] != "select"
    return version.kind not in ("matching", "ordering")


def _is_right(version: QuestionVersion, name: str) -> bool | None:
    """Of one pair, place, gap or typed text."""
    body, (first, _space, second) = version.body, name.partition(" ")
    if version.kind == "matching":
        prompt = _named(body["prompts"], first)
        return prompt is not None and prompt["match"] == second
    if version.kind == "ordering":
        places = {option["name"]: str(place) for place, option in enumerate(body["options"], start=1)}
        return places.get(first) == second
    if version.kind in (*TYPED, "cloze"):
        earned = grading.mark(version.kind, body, [name])
        return None if earned is None else earned > 0
    return None


def choice_label(version: QuestionVersion, name: str) -> str:
    """An answer in words: an option's text, a pair, an item with its place, a gap with what stands in it."""
    body, (first, _space, second) = version.body, name.partition(" ")
    if version.kind in OPTIONS:
        return _text(body["options"], name)
    if version.kind == "matching":
        return f"{_text(body['prompts'], first)} → {_text(body['options'], second)}"
    if version.kind == "ordering":
        return _("%(item)s: place %(place)s") % {"item": _text(body["options"], first), "place": second}
    if version.kind == "cloze":
        gap = _named(body["gaps"], first)
        options = gap["options"] if gap is not None and gap["kind"] == "select" else ()
        return f"[{first}] {_text(options, second)}"
    return name


def _text(things: Iterable[dict[str, Any]], name: str) -> str:
    found = _named(things, name)
    return (localised(found["text"]) if found else "") or name


def _named(things: Iterable[dict[str, Any]], name: str) -> dict[str, Any] | None:
    return next((one for one in things if one["name"] == name), None)
