"""Submitting, and marking what needs no person."""

import logging
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from assessments import grading
from assessments.actions.settle import announce_result
from assessments.models import Attempt, AttemptState, Marking, Regrade, SignOffState, Step, StepKind
from assessments.queries.attempts import Answer, is_overdue, overdue_attempts
from assessments.queries.fixed import question_versions, quiz_version, slots_of
from assessments.queries.marks import Mark
from assessments.queries.regrades import IN_FORCE, put_first_result
from assessments.receipts import receipt_code
from lms.audit.actions import recording
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM, Actor, System
from lms.shared.kept_queries import KeptInsert, KeptQuery, KeptUpdate
from lms.shared.one_trip import Statement, together

logger = logging.getLogger(__name__)


def _locked() -> "QuerySet[Attempt]":
    return Attempt.objects.select_for_update(of=("self",)).select_related("quiz__module")


LOCKED = KeptQuery(lambda pk: _locked().select_related("person").filter(pk=pk), int)
ADD_MARKINGS, ADD_STEP = KeptInsert(Marking), KeptInsert(Step)
CLOSE = KeptUpdate(
    Attempt,
    *("state", "last_seq", "submitted_at", "submitted_by_clock", "receipt", "score", "out_of", "passed"),
    "sign_off",
)
OWN_LOCKED = KeptQuery(lambda pk, person: _locked().filter(pk=pk, person=person), int, int)


@transaction.atomic
def submit_attempt(*, attempt_id: int, by: Person | System) -> Attempt:
    """Close the attempt and mark it, once: later calls return what the first one stored.

    Answers that a person has to mark leave it in `marking`, without a score. Raises
    `Attempt.DoesNotExist` for another person's attempt.
    """
    attempt, regrades = _lock(attempt_id, by)
    if attempt.state != AttemptState.OPEN:
        return attempt
    now = clock.now()
    by_clock = isinstance(by, System) or is_overdue(attempt, at=now)
    markings = _mark(attempt, regrades, at=now)
    step = _close(attempt, by, at=now, by_clock=by_clock)
    writes: list[Statement[Any]] = [
        *([ADD_MARKINGS.adding(*markings)] if markings else []),
        ADD_STEP.adding(step),
        CLOSE.changing(attempt),
        recording("attempt.submitted", attempt, by=by, passed=attempt.passed, receipt=attempt.receipt),
    ]
    if attempt.state == AttemptState.SUBMITTED:
        announce_result(attempt=attempt, by=by, along=writes)
    else:
        together(*writes)
    return attempt


def _lock(attempt_id: int, by: Person | System) -> tuple[Attempt, list[Regrade]]:
    """With its person, quiz and module; and what was decided about its questions."""
    if isinstance(by, System):
        found, regrades = together(LOCKED.asked(attempt_id), IN_FORCE.asked(attempt_id))
    else:
        found, regrades = together(OWN_LOCKED.asked(attempt_id, by.pk), IN_FORCE.asked(attempt_id))
    if not found:
        raise Attempt.DoesNotExist
    if not isinstance(by, System):
        found[0].person = by
    return found[0], regrades


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


def _mark(attempt: Attempt, regrades: list[Regrade], *, at: datetime) -> list[Marking]:
    """A marking per slot that needs no person, to be stored; without such slots the result, too."""
    slots = slots_of(attempt.pk)
    versions = question_versions(slot.question_version_id for slot in slots)
    markings = []
    for slot in slots:
        version = versions[slot.question_version_id]
        fraction = grading.mark(version.kind, version.body, Answer.of(attempt, slot.position).chosen)
        if fraction is not None:
            markings.append(
                Marking(slot_id=slot.pk, fraction=fraction, engine=grading.ENGINE, counts=True, at=at)
            )
    if len(markings) < len(slots):
        attempt.state = AttemptState.MARKING
        return markings
    attempt.state = AttemptState.SUBMITTED
    marks = {marking.slot_id: Mark(marking.fraction) for marking in markings}
    return markings + put_first_result(attempt, slots, marks, regrades, at=at)


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
    attempt.submitted_at = attempt.deadline_at if by_clock and attempt.deadline_at else at
    attempt.submitted_by_clock = by_clock
    attempt.receipt = receipt_code(attempt.pk)
    if quiz_version(attempt.version_id).is_supervised:
        attempt.sign_off = SignOffState.WAITING
    return step
