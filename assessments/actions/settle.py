"""From marks to a result."""

from assessments.models import Attempt, AttemptState
from assessments.queries.fixed import slots_of
from assessments.queries.marks import newest_marks, result_of
from assessments.signals import attempt_submitted
from courses.actions.progress import record_score
from lms.audit.actions import record
from lms.shared.actors import SYSTEM, Actor


def settle_attempt(*, attempt: Attempt, by: Actor) -> bool:
    """Give an attempt in marking its result if no mark is missing any more; is it settled now?

    The caller holds the attempt's row. Safe to repeat: a settled attempt stays as it is.
    """
    if attempt.state != AttemptState.MARKING:
        return False
    slots, marks = slots_of(attempt.pk), newest_marks(attempt.pk)
    if any(slot.pk not in marks for slot in slots):
        return False
    result_of(attempt, slots, marks).put_on(attempt)
    attempt.state = AttemptState.SUBMITTED
    attempt.save(update_fields=["state", "score", "out_of", "passed"])
    record("attempt.marked", attempt, by=by, passed=attempt.passed)
    announce_result(attempt=attempt, by=SYSTEM)  # whoever marked: progress is not hers to write
    return True


def announce_result(*, attempt: Attempt, by: Actor) -> None:
    """Tell the learner's progress and the apps above: once, when the attempt has its result."""
    assert attempt.score is not None
    assert attempt.passed is not None
    record_score(
        person=attempt.person,
        usage_key=attempt.quiz.usage_key,
        earned=attempt.score,
        possible=attempt.out_of,
        passed=attempt.passed,
        by=by,
    )
    attempt_submitted.send(sender=Attempt, attempt=attempt)
