"""The marks of an attempt: of each slot the newest counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments import grading
from assessments.models import Attempt, Marking
from assessments.queries.fixed import DrawnSlot, quiz_version
from lms.shared.kept_queries import KeptQuery

# What stands in `Marking.engine` where no version of the engine marked.
BY_HAND, REGRADE, APPEAL = "hand", "regrade", "appeal"
MARKS = KeptQuery(
    lambda attempt: (
        Marking.objects.filter(slot__attempt=attempt)
        .order_by("pk")
        .values_list("slot_id", "fraction", "counts", "engine", "reason", "at")
    ),
    int,
)


@dataclass(frozen=True)
class Mark:
    """The newest mark of a slot."""

    fraction: Decimal
    counts: bool = True
    engine: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Result:
    """What the marks of an attempt come to."""

    score: Decimal
    out_of: Decimal
    passed: bool

    def put_on(self, attempt: Attempt) -> None:
        """Set the result on the object; the caller saves it."""
        attempt.score, attempt.out_of, attempt.passed = self.score, self.out_of, self.passed


def newest_marks(attempt_id: int) -> dict[int, Mark]:
    """By slot; a slot that waits for its mark is not among them. One query."""
    return {row[0]: Mark(*row[1:]) for row in MARKS.all(attempt_id)}


def result_of(attempt: Attempt, slots: Iterable[DrawnSlot], marks: Mapping[int, Mark]) -> Result:
    """What the marks of all its slots come to."""
    counted = [(marks[slot.pk].fraction, slot.max_mark) for slot in slots if marks[slot.pk].counts]
    score = grading.score(counted)
    out_of = sum((full for _fraction, full in counted), Decimal(0))
    percent = quiz_version(attempt.version_id).pass_percent
    return Result(score, out_of, grading.is_pass(score, out_of=out_of, pass_percent=percent))
