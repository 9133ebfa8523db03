"""Reads of attempts. Always scoped to a person: another one's attempt does not exist for her."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from assessments.models import Attempt, AttemptState
from lms.people.models import Person
from lms.shared.kept_queries import KeptQuery

# Answers typed before the deadline may still be on their way for this long.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True)
class Answer:
    """The newest answer in a slot, or none yet (`seq` 0)."""

    seq: int = 0
    chosen: tuple[str, ...] = ()
    is_flagged: bool = False
    at: datetime | None = None

    @classmethod
    def of(cls, attempt: Attempt, position: int) -> "Answer":
        saved: dict[str, Any] | None = attempt.answers.get(str(position))
        if saved is None:
            return cls()
        moment = datetime.fromisoformat(saved["at"])
        return cls(saved["seq"], tuple(saved["chosen"]), saved["flagged"], moment)


def attempts_of(person: Person) -> QuerySet[Attempt]:
    """Her own attempts."""
    return Attempt.objects.filter(person=person)


OWN_ATTEMPT = KeptQuery(lambda pk, person: Attempt.objects.filter(pk=pk, person=person), int, int)


def attempt_of(person: Person, attempt_id: int) -> Attempt | None:
    """Her own attempt, None for another person's. One query."""
    return OWN_ATTEMPT.first(attempt_id, person.pk)


def overdue_attempts(*, at: datetime) -> QuerySet[Attempt]:
    """Open attempts whose time and grace are over."""
    return Attempt.objects.filter(state=AttemptState.OPEN, deadline_at__lt=at - GRACE)


def is_overdue(attempt: Attempt, *, at: datetime) -> bool:
    """Is the attempt still open although its time and grace are over?"""
    over = attempt.deadline_at is not None and attempt.deadline_at < at - GRACE
    return over and attempt.state == AttemptState.OPEN
