"""What people said about the answers of an attempt: marks by a rubric, and appeals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from assessments.grading import FULL
from assessments.models import Appeal, Attempt, AttemptState, HandMark, QuestionVersion
from assessments.queries.answer_files import FileLink, files_of
from assessments.queries.fixed import DrawnSlot
from assessments.queries.marking import BY_HAND, Criterion, rubric_of
from assessments.queries.marks import Mark
from lms.shared.kept_queries import KeptQuery

APPEAL_WITHIN = timedelta(days=30)  # of the newest mark


@dataclass(frozen=True)
class GivenMark:
    """What one person gave, without her name. `note` is for markers only."""

    number: int  # first marker, second marker, …
    criteria: tuple[Criterion, ...]
    points: Decimal
    out_of: Decimal
    comment: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Feedback:
    """What the learner reads under a question."""

    slot: int
    marks: tuple[GivenMark, ...] = ()
    files: tuple[FileLink, ...] = ()
    appeal: Appeal | None = None
    may_appeal: bool = False


HAND_MARKS = KeptQuery(
    lambda attempt: HandMark.objects.filter(slot__attempt=attempt).order_by("slot_id", "pk"), int
)
APPEALS = KeptQuery(lambda attempt: Appeal.objects.filter(slot__attempt=attempt), int)


def feedback_of(
    attempt: Attempt,
    slots: tuple[DrawnSlot, ...],
    versions: Mapping[int, QuestionVersion],
    marks: Mapping[int, Mark],
    *,
    at: datetime,
    with_names: bool = True,
) -> dict[int, Feedback]:
    """By slot. One query, others where people mark or files were handed in; `with_names` of these files.

    While an attempt is in marking nothing is told of the marks given: there may be others to come.
    """
    is_closed = attempt.state == AttemptState.SUBMITTED
    given: dict[int, list[HandMark]] = {}
    if is_closed and any(slot.kind in BY_HAND for slot in slots):
        for mark in HAND_MARKS.all(attempt.pk):
            given.setdefault(mark.slot_id, []).append(mark)
    has_files = any(slot.kind == "file" for slot in slots)
    files = files_of(attempt.pk, with_names=with_names) if has_files else {}
    appeals = {appeal.slot_id: appeal for appeal in APPEALS.all(attempt.pk)} if is_closed else {}
    return {
        slot.pk: Feedback(
            slot=slot.pk,
            marks=given_marks(given.get(slot.pk, []), versions[slot.question_version_id]),
            files=tuple(files.get(slot.pk, ())),
            appeal=appeals.get(slot.pk),
            may_appeal=is_closed and slot.pk not in appeals and _may_appeal(marks.get(slot.pk), at),
        )
        for slot in slots
    }


def given_marks(rows: list[HandMark], version: QuestionVersion) -> tuple[GivenMark, ...]:
    """Marks by a rubric in the order they were given."""
    return tuple(
        GivenMark(
            number=number,
            criteria=rubric_of(version.body, row.levels),
            points=row.points,
            out_of=row.out_of,
            comment=row.comment,
            note=row.note,
            at=row.at,
        )
        for number, row in enumerate(rows, start=1)
    )


def is_in_time(mark: Mark, *, at: datetime) -> bool:
    """Can this mark still be appealed against?"""
    return mark.at is not None and at <= mark.at + APPEAL_WITHIN


def _may_appeal(mark: Mark | None, at: datetime) -> bool:
    return mark is not None and mark.counts and mark.fraction < FULL and is_in_time(mark, at=at)
