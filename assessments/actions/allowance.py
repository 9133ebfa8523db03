"""More time or attempts for one person, with a reason; also for the attempt she is sitting in now."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.access_code import NOT_ALLOWED
from assessments.actions.attempt import LOCK
from assessments.models import Allowance, Attempt, AttemptState, Quiz, Step, StepKind
from assessments.permissions import may_run_sittings
from assessments.queries.fixed import quiz_version
from assessments.timing import deadline
from courses.permissions import may_learn
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused


@transaction.atomic
def give_allowance(
    *,
    quiz: Quiz,
    person: Person,
    reason: str,
    by: Person,
    extra_minutes: int = 0,
    extra_percent: int = 0,
    extra_attempts: int = 0,
) -> Allowance:
    """Grant `person` more than the quiz's rules do. It replaces what she was granted before.

    An attempt under way gets its new deadline at once, and never an earlier one.
    """
    if not (extra_minutes or extra_percent or extra_attempts):
        raise Refused("nothing-granted", _("Say how much more time or how many attempts you grant."))
    if not may_learn(person, quiz.module):
        raise Refused("not-enrolled", _("This person's programme does not have the module."))
    return _write(quiz, person, reason, by, "allowance.given", (extra_minutes, extra_percent, extra_attempts))


@transaction.atomic
def withdraw_allowance(*, quiz: Quiz, person: Person, reason: str, by: Person) -> Allowance:
    """Take back what was granted. An attempt under way keeps the deadline it was given."""
    return _write(quiz, person, reason, by, "allowance.withdrawn", (0, 0, 0))


def _write(
    quiz: Quiz, person: Person, reason: str, by: Person, kind: str, granted: tuple[int, int, int]
) -> Allowance:
    if not may_run_sittings(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if by.pk == person.pk:
        raise Refused("not-yourself", _("Somebody else has to decide about your own attempts."))
    if not reason.strip():
        raise Refused("no-reason", _("Give the reason."))
    LOCK.exists(person.pk)  # a start in the same moment comes before or after, not in between
    minutes, percent, attempts = granted
    allowance = Allowance.objects.create(
        quiz=quiz,
        person=person,
        extra_minutes=minutes,
        extra_percent=percent,
        extra_attempts=attempts,
        reason=reason.strip(),
        given_by=by,
        at=clock.now(),
    )
    if not quiz.has_allowances:
        quiz.has_allowances = True
        quiz.save(update_fields=["has_allowances"])
    _extend(allowance)
    record(kind, quiz, by=by, person=person.pk, minutes=minutes, percent=percent, attempts=attempts)
    return allowance


def _extend(allowance: Allowance) -> None:
    """Move the deadline of the attempt under way; the learner reads it in the attempt's log."""
    rows = Attempt.objects.select_for_update().filter(quiz=allowance.quiz, person=allowance.person)
    attempt = rows.filter(state=AttemptState.OPEN).first()
    if attempt is None:
        return
    rules = quiz_version(attempt.version_id)
    ends = deadline(
        attempt.started_at,
        limit_minutes=rules.time_limit_minutes,
        closes=rules.closes_at,
        extra_minutes=allowance.extra_minutes,
        extra_percent=allowance.extra_percent,
    )
    if ends is not None and attempt.deadline_at is not None and ends > attempt.deadline_at:
        _move_deadline(attempt, ends, allowance)


def _move_deadline(attempt: Attempt, ends: datetime, allowance: Allowance) -> None:
    attempt.deadline_at = ends
    attempt.last_seq += 1
    Step.objects.create(
        attempt=attempt,
        seq=attempt.last_seq,
        kind=StepKind.EXTENDED,
        data={"ends_at": ends.isoformat()},
        client_uuid=uuid4(),
        at=allowance.at,
        actor_id=allowance.given_by_id,
    )
    attempt.save(update_fields=["deadline_at", "last_seq"])
