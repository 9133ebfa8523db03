"""Submitting and marking."""

import logging
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from assessments import grading
from assessments.models import Attempt, AttemptState, Marking, QuestionVersion, Step, StepKind
from assessments.queries.attempts import Answer, is_overdue, overdue_attempts
from assessments.queries.fixed import question_versions, quiz_version, slots_of
from assessments.receipts import receipt_code
from assessments.signals import attempt_submitted
from courses.actions.progress import record_score
from lms.audit.actions import recording
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM, Actor, System
from lms.shared.kept_queries import KeptInsert, KeptQuery, KeptUpdate

logger = logging.getLogger(__name__)


def _locked() -> "QuerySet[Attempt]":
    return Attempt.objects.select_for_update(of=("self",)).select_related("quiz__module")


LOCKED = KeptQuery(lambda pk: _locked().select_related("person").filter(pk=pk), int)
ADD_MARKINGS, ADD_STEP = KeptInsert(Marking), KeptInsert(Step)
CLOSE = KeptUpdate(
    Attempt,
    *("state", "last_seq", "submitted_at", "submitted_by_clock", "receipt", "score", "passed"),
)
OWN_LOCKED = KeptQuery(lambda pk, person: _locked().filter(pk=pk, person=person), int, int)


@transaction.atomic
def submit_attempt(*, attempt_id: int, by: Person | System) -> Attempt:
    """Close the attempt and mark it, once: later calls return what the first one stored.

    Raises `Attempt.DoesNotExist` for another person's attempt.
    """
    attempt = _lock(attempt_id, by)
    if attempt.state == AttemptState.SUBMITTED:
        return attempt
    now = clock.now()
    by_clock = isinstance(by, System) or is_overdue(attempt, at=now)
    markings = _mark(attempt, at=now)
    step = _close(attempt, by, at=now, by_clock=by_clock)
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
        along=[
            ADD_MARKINGS.adding(*markings),
            ADD_STEP.adding(step),
            CLOSE.changing(attempt),
            recording("attempt.submitted", attempt, by=by, passed=attempt.passed, receipt=attempt.receipt),
        ],
    )
    attempt_submitted.send(sender=Attempt, attempt=attempt)
    return attempt


def _lock(attempt_id: int, by: Person | System) -> Attempt:
    """With its person, quiz and module."""
    if isinstance(by, System):
        attempt = LOCKED.first(attempt_id)
    elif attempt := OWN_LOCKED.first(attempt_id, by.pk):
        attempt.person = by
    if attempt is None:
        raise Attempt.DoesNotExist
    return attempt


def submit_if_overdue(*, attempt: Attempt, by: Actor) -> Attempt:
    """The attempt, submitted now when its time ran out while nobody looked."""
    del by  # the clock acts, whoever opened the page
    if is_overdue(attempt, at=clock.now()):
        return submit_attempt(attempt_id=attempt.pk, by=SYSTEM)
    return attempt


def submit_overdue(*, by: System) -> int:
    """Submit every attempt whose time is over; how many. One that fails does not hold up the rest."""
    submitted = 0
    for pk in list(overdue_attempts(at=clock.now()).values_list("pk", flat=True)):
        try:
            submit_attempt(attempt_id=pk, by=by)
        except Exception:
            logger.exception("attempt %s could not be submitted by the clock", pk)
        else:
            submitted += 1
    return submitted


def _mark(attempt: Attempt, *, at: datetime) -> list[Marking]:
    """A marking per slot, to be stored; the attempt gets the score they make."""
    slots = slots_of(attempt.pk)
    versions = question_versions(slot.question_version_id for slot in slots)
    markings = [
        Marking(
            slot_id=slot.pk,
            fraction=_fraction(versions[slot.question_version_id], Answer.of(attempt, slot.position)),
            engine=grading.ENGINE,
            at=at,
        )
        for slot in slots
    ]
    attempt.score = grading.score(
        (marking.fraction, slot.max_mark) for marking, slot in zip(markings, slots, strict=True)
    )
    attempt.passed = grading.is_pass(
        attempt.score, out_of=attempt.out_of, pass_percent=quiz_version(attempt.version_id).pass_percent
    )
    return markings


def _fraction(version: QuestionVersion, answer: Answer) -> Decimal:
    earned = grading.mark(version.kind, version.body, answer.chosen)
    assert earned is not None, "a quiz with questions that a person marks is not published yet"
    return earned


def _close(attempt: Attempt, by: Person | System, *, at: datetime, by_clock: bool) -> Step:
    """The attempt handed in, not stored yet, and its step.

    By the clock it counts from the deadline, however late the job ran.
    """
    attempt.last_seq += 1
    step = Step(
        attempt=attempt,
        seq=attempt.last_seq,
        kind=StepKind.SUBMIT,
        data={"by_clock": by_clock},
        client_uuid=uuid4(),
        at=at,
        actor_id=None if by_clock else by.pk,
    )
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = attempt.deadline_at if by_clock and attempt.deadline_at else at
    attempt.submitted_by_clock = by_clock
    attempt.receipt = receipt_code(attempt.pk)
    return step
