"""From marks to a result."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessments.models import Attempt, AttemptState, Marking
from assessments.queries.fixed import DrawnSlot, slots_of
from assessments.queries.marks import REGRADE, Mark, newest_marks, result_of
from assessments.queries.regrades import SlotMark, in_force
from assessments.regrading import UP, Verdict
from assessments.signals import attempt_submitted
from courses.actions.progress import record_score
from lms.audit.actions import record
from lms.shared import clock
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
    make_result(attempt=attempt, slots=slots, marks=marks, by=by)
    attempt.state = AttemptState.SUBMITTED
    attempt.save(update_fields=["state", "score", "out_of", "passed"])
    record("attempt.marked", attempt, by=by, passed=attempt.passed)
    announce_result(attempt=attempt, by=SYSTEM)  # whoever marked: progress is not hers to write
    return True


def make_result(
    *, attempt: Attempt, slots: Iterable[DrawnSlot], marks: Mapping[int, Mark], by: Actor
) -> None:
    """Put the first result on the object, from the marks of all slots; the caller saves it.

    Questions that were marked again for everybody before this attempt ended are so for it, too.
    """
    result_of(attempt, slots, marks).put_on(attempt)
    regraded = dict(marks)
    for wish, slot in in_force(attempt, slots, marks):
        mark = regraded[slot.slot_id]
        verdict = wish.verdict(attempt, replace(slot, fraction=mark.fraction, counts=mark.counts))
        if verdict.outcome == UP:
            add_regrade_mark(slot=slot, verdict=verdict, reason=wish.reason, by=by)
            regraded[slot.slot_id] = Mark(verdict.fraction, verdict.counts)
            result_of(attempt, slots, regraded).put_on(attempt)


def add_regrade_mark(*, slot: SlotMark, verdict: Verdict, reason: str, by: Actor) -> Marking:
    """Add the mark that a regrade gives. Who decided it stands in the regrade."""
    del by
    return Marking.objects.create(
        slot_id=slot.slot_id,
        fraction=verdict.fraction,
        counts=verdict.counts,
        engine=REGRADE,
        reason=reason,
        at=clock.now(),
    )


def renew_result(*, attempt: Attempt, by: Actor) -> None:
    """Count the marks again after a newer one raised the result; the caller holds the row and saw to that.

    Certificates stay as they are; who passes only now gets what a pass brings.
    """
    before = (str(attempt.percent), attempt.passed)
    result_of(attempt, slots_of(attempt.pk), newest_marks(attempt.pk)).put_on(attempt)
    attempt.save(update_fields=["score", "out_of", "passed"])
    after = (str(attempt.percent), attempt.passed)
    record("attempt.result_renewed", attempt, by=by, before=before, after=after)
    _record_score(attempt, SYSTEM)


def announce_result(*, attempt: Attempt, by: Actor) -> None:
    """Tell the learner's progress and the apps above: once, when the attempt has its result."""
    _record_score(attempt, by)
    attempt_submitted.send(sender=Attempt, attempt=attempt)


def _record_score(attempt: Attempt, by: Actor) -> None:
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
