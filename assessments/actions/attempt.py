"""Starting an attempt and saving answers."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.access_code import check_access_code
from assessments.drawing import SEED_BITS, Candidate, ThinPool, draw, option_order
from assessments.kinds import KINDS, BadResponse
from assessments.models import (
    Attempt,
    AttemptState,
    PoolState,
    QuestionKind,
    Quiz,
    Slot,
    Step,
    StepKind,
)
from assessments.olx import digest
from assessments.queries.attempts import GRACE, Answer
from assessments.queries.bank import candidates, thin_pool_refusal
from assessments.queries.fixed import DrawnSlot, question_version, question_versions, slot_at
from assessments.queries.standing import Standing, refusal_by_window, standing
from assessments.timing import deadline
from lms.audit.actions import recording
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.kept_queries import KeptInsert, KeptQuery, KeptUpdate
from lms.shared.one_trip import together


@dataclass(frozen=True)
class Saved:
    """The answer is stored. `is_late`: it came in the minute of grace after the deadline.

    `ends_at` is the deadline as it is now: it moves when somebody grants more time.
    """

    seq: int
    at: datetime
    is_late: bool = False
    ends_at: datetime | None = field(default=None, compare=False)  # told along, not stored


@dataclass(frozen=True)
class Conflict:
    """Not stored: the slot holds a newer answer, from another tab or device."""

    newer: Answer


BAD_RESPONSES = {
    "unknown-option": _("This answer is not among the choices."),
    "one-answer-only": _("This question takes one answer only."),
    "too-long": _("This answer is too long. Shorten it; it stays on this page until it is saved."),
    "not-a-number": _("This is not a number. Write it in digits, for instance 12 or 0,5."),
    "too-many-files": _("These are more files than the question takes."),
}
LOCK = KeptQuery(
    lambda pk: Person.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk", flat=True), int
)
ADD_ATTEMPT, ADD_SLOTS, ADD_STEP = KeptInsert(Attempt), KeptInsert(Slot), KeptInsert(Step)
SAVE_ANSWERS = KeptUpdate(Attempt, "last_seq", "answers")
LOCKED = KeptQuery(
    lambda pk, person: Attempt.objects.select_for_update().filter(pk=pk, person=person), int, int
)
SAVED = KeptQuery(lambda attempt, uuid: Step.objects.filter(attempt=attempt, client_uuid=uuid), int, UUID)


@transaction.atomic
def start_attempt(*, quiz: Quiz, by: Person, access_code: str = "") -> Attempt:
    """Begin an attempt and draw what it asks. A second start returns the one that is open.

    Where the quiz has an access code, `access_code` has to be it, whatever its case and spaces.
    """
    # Two clicks at once wait for each other at the lock; the constraint is only the last resort.
    now_standing = standing(quiz, by, at=clock.now(), after=[LOCK.asked(by.pk)])
    if now_standing.open_attempt is not None:
        return now_standing.open_attempt
    if now_standing.refusal is not None:
        raise now_standing.refusal
    if now_standing.needs_code:
        check_access_code(quiz=quiz, sent=access_code, by=by)
    attempt, slots = _draw_attempt(now_standing, by)
    together(ADD_SLOTS.adding(*slots), recording("attempt.started", attempt, by=by, quiz=quiz.usage_key))
    return attempt


def _draw_attempt(now: Standing, person: Person) -> tuple[Attempt, list[Slot]]:
    """The attempt, stored, and what it asks, not stored yet."""
    version, allowance = now.version, now.allowance
    at = clock.now()  # the time begins when the lock is hers
    if closed_meanwhile := refusal_by_window(version, at):
        raise closed_meanwhile
    seed = secrets.randbits(SEED_BITS)
    found = candidates(version.slots)
    try:
        drawn = draw(version.slots, found, seed)
    except ThinPool as thin:
        raise thin_pool_refusal(thin) from None
    attempt = Attempt(
        quiz_id=version.quiz_id,
        version=version,
        person=person,
        number=len(now.attempts) + 1,
        seed=seed,
        number_of_questions=len(drawn),
        started_at=at,
        deadline_at=deadline(
            at,
            limit_minutes=version.time_limit_minutes,
            closes=version.closes_at,
            extra_minutes=allowance.extra_minutes if allowance else 0,
            extra_percent=allowance.extra_percent if allowance else 0,
        ),
        out_of=len(drawn),
        pool_state=_kept_pool_state(found, at) if found else None,
    )
    ADD_ATTEMPT(attempt)
    questions = question_versions(drawn)
    slots = [
        Slot(
            attempt_id=attempt.pk,
            position=position,
            question_version_id=pk,
            option_order=option_order(
                KINDS[questions[pk].kind].names(questions[pk].body),
                kind=questions[pk].kind,
                seed=seed,
                position=position,
            ),
        )
        for position, pk in enumerate(drawn, start=1)
    ]
    return attempt, slots


def _kept_pool_state(found: Iterable[Candidate], at: datetime) -> PoolState:
    """What could be drawn, kept once for all who draw from the same."""
    rows = sorted([one.name, one.version, one.outcome] for one in found)
    kept, _is_new = PoolState.objects.get_or_create(
        sha256=digest(rows), defaults={"candidates": rows, "created_at": at}
    )
    return kept


@transaction.atomic
def save_answer(
    *,
    attempt_id: int,
    position: int,
    chosen: Iterable[str] | None,
    base_seq: int,
    client_uuid: UUID,
    by: Person,
    is_flagged: bool | None = None,
) -> Saved | Conflict:
    """Store an answer on top of the one the client saw (`base_seq`), or tell the newer one.

    `chosen` or `is_flagged` None leaves that part as it is; a mark alone never conflicts.

    The same `client_uuid` again returns what was stored then, so a client may repeat any request.
    Takes an id and not the attempt because the row is read once, under its lock. Raises
    `Attempt.DoesNotExist` for another person's attempt, `Slot.DoesNotExist` for a wrong position.
    """
    # The second waits for the lock of the first: a repeated request sees what the one before it stored.
    own, stored = together(LOCKED.asked(attempt_id, by.pk), SAVED.asked(attempt_id, client_uuid))
    if not own:
        raise Attempt.DoesNotExist
    attempt = own[0]
    slot = slot_at(attempt.pk, position)
    if slot is None:
        raise Slot.DoesNotExist
    if stored:
        return _replay(stored[0], slot, attempt)
    now = clock.now()
    refuse_when_closed(attempt, at=now, by=by)
    newest = Answer.of(attempt, position)
    # Files come and go by `answer_files`: a form that is sent without them takes none away.
    keeps = chosen is None or slot.kind == QuestionKind.FILE
    picked = newest.chosen if keeps else _checked(slot, chosen or ())
    if newest.seq > base_seq and picked != newest.chosen:
        return Conflict(newest)
    flagged = newest.is_flagged if is_flagged is None else is_flagged
    if (picked, flagged) == (newest.chosen, newest.is_flagged):
        return Saved(max(newest.seq, base_seq), newest.at or now, ends_at=attempt.deadline_at)
    return _append(attempt, slot, picked, flagged, client_uuid, at=now)


def _append(
    attempt: Attempt,
    slot: DrawnSlot,
    picked: tuple[str, ...],
    flagged: bool,
    client_uuid: UUID,
    *,
    at: datetime,
) -> Saved:
    """Add the step and repeat it on the attempt; `seq` of an answer is that of its last change."""
    before = Answer.of(attempt, slot.position)
    is_answer = picked != before.chosen
    is_late = attempt.deadline_at is not None and at > attempt.deadline_at
    content = {"chosen": list(picked), "flagged": flagged}
    attempt.last_seq += 1
    step = Step(
        attempt=attempt,
        seq=attempt.last_seq,
        slot_id=slot.pk,
        kind=StepKind.ANSWER if is_answer else StepKind.FLAG,
        data={**content, "late": True} if is_late else content,
        client_uuid=client_uuid,
        at=at,
        actor_id=attempt.person_id,
    )
    seq = attempt.last_seq if is_answer else before.seq
    attempt.answers[str(slot.position)] = {**content, "seq": seq, "at": at.isoformat()}
    together(ADD_STEP.adding(step), SAVE_ANSWERS.changing(attempt))
    return Saved(attempt.last_seq, at, is_late, attempt.deadline_at)


def _replay(step: Step, slot: DrawnSlot, attempt: Attempt) -> Saved:
    if step.slot_id != slot.pk:
        raise Refused("uuid-reused", _("This save was already used for another question."))
    return Saved(step.seq, step.at, step.data.get("late", False), attempt.deadline_at)


def save_files(*, attempt: Attempt, slot: DrawnSlot, files: Iterable[str], by: Person) -> Saved:
    """Store which files are the answer, by their ids; the caller holds the attempt's row."""
    now = clock.now()
    refuse_when_closed(attempt, at=now, by=by)
    newest = Answer.of(attempt, slot.position)
    return _append(attempt, slot, _checked(slot, files), newest.is_flagged, uuid4(), at=now)


def refuse_when_closed(attempt: Attempt, *, at: datetime, by: Person) -> None:
    """Refuse to change answers after handing in, after the time, or in another person's attempt."""
    if attempt.person_id != by.pk:
        raise Attempt.DoesNotExist
    if attempt.state != AttemptState.OPEN:
        raise Refused("attempt-closed", _("This attempt has been submitted; answers can no longer change."))
    if attempt.deadline_at is not None and at > attempt.deadline_at + GRACE:
        raise Refused("time-is-up", _("The time is up; answers can no longer change."))


def _checked(slot: DrawnSlot, sent: Iterable[str]) -> tuple[str, ...]:
    """The response as it is stored, or a refusal in words."""
    body = question_version(slot.question_version_id).body
    try:
        return KINDS[slot.kind].clean(body, tuple(sent))
    except BadResponse as bad:
        raise Refused(bad.code, BAD_RESPONSES[bad.code]) from bad
