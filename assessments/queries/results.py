"""What a marked attempt shows: how each question went, and as much of the key as the rule allows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assessments.grading import FULL, whole_percent
from assessments.kinds import KINDS
from assessments.models import Attempt, QuestionVersion, Step, StepKind
from assessments.queries.asked import Asked
from assessments.queries.attempts import Answer
from assessments.queries.feedback import Feedback, feedback_of
from assessments.queries.fixed import DrawnSlot, question_versions, slots_of
from assessments.queries.marks import REGRADE, Mark, newest_marks
from courses.models import Module
from courses.olx.sources import LINE_NUMBERS
from courses.queries.blocks import sources
from courses.queries.outline import published_outline
from lms.shared.kept_queries import KeptQuery
from lms.shared.languages import localised


@dataclass(frozen=True)
class ReviewedOption:
    """A choice after marking. While the key is closed, only chosen ones are shown."""

    text: str
    is_chosen: bool
    is_right: bool
    why: str


@dataclass(frozen=True)
class ReviewedPart:
    """A pair, a place, a gap after marking. `right` is empty while the key is closed."""

    prompt: str
    given: str
    right: str
    percent: int
    why: str

    @property
    def is_right(self) -> bool:
        return self.percent == 100


@dataclass(frozen=True)
class Cite:
    """The source an answer rests on."""

    title: str
    lines: str  # "8-12", or a section of a document without line numbers: "1.3"
    url: str

    @property
    def where(self) -> str:
        text = self.lines.replace("-", "–")
        named = _("lines %(lines)s") if LINE_NUMBERS.fullmatch(self.lines) else _("section %(lines)s")
        return named % {"lines": text}


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question after marking. `explanation` is empty while the key is closed.

    `counts` is false for a question that a regrade left out; `remark` is the reason of a later mark.
    """

    position: int
    stem: str
    outcome: str
    percent: int | None  # None: a person has still to mark it
    is_answered: bool
    options: tuple[ReviewedOption, ...]
    parts: tuple[ReviewedPart, ...]
    explanation: str
    cites: tuple[Cite, ...]
    written: str = ""  # an essay
    counts: bool = True
    remark: str = ""
    feedback: Feedback | None = None  # of people: marks by a rubric, an appeal

    @property
    def is_right(self) -> bool:
        return self.percent == 100

    @property
    def is_awaited(self) -> bool:
        return self.percent is None


@dataclass(frozen=True)
class OutcomeResult:
    """How many questions of an outcome were right."""

    title: str
    right: int
    total: int


@dataclass(frozen=True)
class LoggedStep:
    """A line of the attempt's log."""

    at: datetime
    kind: str
    position: int | None
    is_late: bool
    is_by_clock: bool


STEPS = KeptQuery(
    lambda attempt: (
        Step.objects.filter(attempt=attempt)
        .order_by("seq")
        .values_list("at", "kind", "slot__position", "data")
    ),
    int,
)


def reviewed_questions(
    attempt: Attempt, *, sees_key: bool, at: datetime | None = None, is_anonymous: bool = False
) -> list[ReviewedQuestion]:
    """Each question with its mark; with `at`, also what people said, and what can be said now.

    `is_anonymous`: for readers who are not to know whose attempt it is.
    """
    slots = slots_of(attempt.pk)
    versions = question_versions(slot.question_version_id for slot in slots)
    marks = newest_marks(attempt.pk)
    reviewed = [
        _reviewed(attempt, slot, versions[slot.question_version_id], marks.get(slot.pk), sees_key)
        for slot in slots
    ]
    if at is None:
        return reviewed
    said = feedback_of(attempt, slots, versions, marks, at=at, with_names=not is_anonymous)
    return [replace(one, feedback=said[slot.pk]) for one, slot in zip(reviewed, slots, strict=True)]


def _reviewed(
    attempt: Attempt, slot: DrawnSlot, version: QuestionVersion, mark: Mark | None, sees_key: bool
) -> ReviewedQuestion:
    body = version.body
    chosen = Answer.of(attempt, slot.position).chosen
    asked = Asked(version.kind, body, chosen, slot.option_order)
    is_by_hand = KINDS[version.kind].is_marked_by_hand
    by_name = {option["name"]: option for option in body["options"]} if asked.is_choice else {}
    # Who sees the mark of a question knows it for what she ticked; the rest stays closed.
    shown = [by_name[o.name] for o in asked.options if sees_key or o.is_chosen]
    return ReviewedQuestion(
        position=slot.position,
        stem=asked.stem,
        outcome=version.outcome,
        percent=whole_percent(mark.fraction, out_of=FULL) if mark else None,
        is_answered=bool(chosen),
        options=tuple(_option(option, option["name"] in chosen) for option in shown),
        parts=() if asked.is_choice or is_by_hand else reviewed_parts(asked, sees_key=sees_key),
        explanation=localised(body["explanation"]) if sees_key else "",
        cites=cites_of(body),
        written=asked.value if is_by_hand else "",
        counts=mark.counts if mark else True,
        remark=mark.reason if mark and mark.engine == REGRADE else "",
    )


def _option(option: dict[str, Any], is_chosen: bool) -> ReviewedOption:
    text, why = localised(option["text"]), localised(option["why"])
    return ReviewedOption(text, is_chosen, option["correct"], why)


def reviewed_parts(asked: Asked, *, sees_key: bool) -> tuple[ReviewedPart, ...]:
    """Each pair, place or gap of a marked answer."""
    return tuple(
        ReviewedPart(
            prompt=part.prompt,
            given=part.given,
            right="; ".join(part.right) if sees_key else "",
            percent=int(part.earned * 100),
            why=part.why,
        )
        for part in KINDS[asked.kind].parts(dict(asked.body), asked.response, asked.text)
    )


def cites_of(body: dict[str, Any]) -> tuple[Cite, ...]:
    """The sources a question cites, each once with all its lines."""
    register, lines = sources(), dict[str, list[str]]()
    for cite in body["cites"]:
        lines.setdefault(cite["source"], []).append(cite["lines"])
    cites = []
    for name, cited in lines.items():
        source = register.get(name)
        title, url = (localised(source.title), source.url) if source else (name, "")
        cites.append(Cite(title, ", ".join(filter(None, cited)), url))
    return tuple(cites)


def outcome_results(attempt: Attempt, questions: Iterable[ReviewedQuestion]) -> list[OutcomeResult]:
    """Right answers by outcome; in an exam over many modules, by module. Only of what counts."""
    module = attempt.quiz.module
    outline = published_outline(module)
    titles = {o["code"]: localised(o) for o in outline.outcomes} if outline else {}
    counted: dict[str, list[int]] = {}
    for question in questions:
        if question.is_awaited or not question.counts:
            continue
        code = question.outcome if question.outcome in titles else question.outcome.partition(".")[0]
        counts = counted.setdefault(code, [0, 0])
        counts[0] += question.is_right
        counts[1] += 1
    if others := counted.keys() - titles.keys():
        rows = Module.objects.filter(code__in=others).values_list("code", "title")
        titles |= {code: f"{code}. {localised(title)}" for code, title in rows}
    return [OutcomeResult(titles.get(code, code), *counts) for code, counts in sorted(counted.items())]


def log_of(attempt: Attempt) -> list[LoggedStep]:
    """Every step of the attempt in order. One query."""
    return [
        LoggedStep(
            at=at,
            kind=StepKind(kind).label,  # type: ignore[arg-type]
            position=position,
            is_late=content.get("late", False),
            is_by_clock=content.get("by_clock", False),
        )
        for at, kind, position, content in STEPS.all(attempt.pk)
    ]
