"""From marks to a result."""

from collections.abc import Sequence
from typing import Any

from assessments.models import Attempt, AttemptState, Marking, SignOffState
from assessments.queries.fixed import slots_of
from assessments.queries.marks import newest_marks, result_of
from assessments.queries.regrades import IN_FORCE, put_first_result
from assessments.signals import attempt_submitted
from courses.actions.progress import record_score
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import SYSTEM, Actor
from lms.shared.one_trip import Statement, together


def settle_attempt(*, attempt: Attempt, by: Actor) -> bool:
    """Give an attempt in marking its result if no mark is missing any more; is it settled now?

    The caller holds the attempt's row. Safe to repeat: a settled attempt stays as it is.
    """
    if attempt.state != AttemptState.MARKING:
        return False
    slots, marks = slots_of(attempt.pk), newest_marks(attempt.pk)
    if any(slot.pk not in marks for slot in slots):
        return False
    added = put_first_result(attempt, slots, marks, IN_FORCE.all(attempt.pk), at=clock.now())
    Marking.objects.bulk_create(added)
    attempt.state = AttemptState.SUBMITTED
    attempt.save(update_fields=["state", "score", "out_of", "passed"])
    record("attempt.marked", attempt, by=by, passed=attempt.passed)
    announce_result(attempt=attempt, by=SYSTEM)  # whoever marked: progress is not hers to write
    return True


def renew_result(*, attempt: Attempt, by: Actor) -> None:
    """Count the marks again after a newer one raised the result; the caller holds the row and saw to that.

    Certificates stay as they are; who passes only now gets what a pass brings.
    """
    before = (str(attempt.percent), attempt.passed)
    result_of(attempt, slots_of(attempt.pk), newest_marks(attempt.pk)).put_on(attempt)
    attempt.save(update_fields=["score", "out_of", "passed"])
    after = (str(attempt.percent), attempt.passed)
    record("attempt.result_renewed", attempt, by=by, before=before, after=after)
    record_result(attempt=attempt, by=SYSTEM)


def announce_result(*, attempt: Attempt, by: Actor, along: Sequence[Statement[Any]] = ()) -> None:
    """Tell the learner's progress and the apps above: once, when the attempt has its result.

    `along`: what the caller writes just before, in the same trip.
    """
    record_result(attempt=attempt, by=by, along=along)
    attempt_submitted.send(sender=Attempt, attempt=attempt)


def record_result(*, attempt: Attempt, by: Actor, along: Sequence[Statement[Any]] = ()) -> None:
    """Tell the course what the attempt earned, unless it still has to be confirmed by a supervisor.

    `along`: what the caller writes in the same trip, whether or not the attempt counts yet.
    """
    if attempt.sign_off in (SignOffState.WAITING, SignOffState.REFUSED):
        if along:
            together(*along)
        return
    assert attempt.score is not None
    assert attempt.passed is not None
    record_score(
        person=attempt.person,
        usage_key=attempt.quiz.usage_key,
        earned=attempt.score,
        possible=attempt.out_of,
        passed=attempt.passed,
        by=by,
        module=attempt.quiz.module,
        along=along,
    )
