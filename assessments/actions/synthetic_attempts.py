"""Attempts of people who do not exist: for demonstrations and tests of what is made of attempts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments import grading
from assessments.drawing import SEED_BITS, draw, option_order
from assessments.kinds import KINDS
from assessments.models import (
    Attempt,
    AttemptState,
    Marking,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Slot,
    Step,
    StepKind,
)
from assessments.queries.bank import candidates
from assessments.queries.fixed import question_versions, quiz_version
from assessments.receipts import receipt_code
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared.actors import System
from lms.shared.errors import Refused

# What somebody answers to a question, and the seconds she takes; nothing chosen leaves it open.
Answerer = Callable[[QuestionVersion], tuple[tuple[str, ...], int]]


@dataclass(frozen=True)
class SyntheticAttempt:
    """An attempt to be entered as handed in. `seed` draws its questions."""

    person: Person
    started_at: datetime
    seed: int
    answer: Answerer


@transaction.atomic
def enter_synthetic_attempts(*, quiz: Quiz, entries: Iterable[SyntheticAttempt], by: System) -> int:
    """Enter attempts at the published quiz as handed in and marked; returns how many are new.

    Only for synthetic people: their attempts are labelled as such by themselves. Whoever has an attempt is
    passed over, so it is safe to repeat. No progress, no signals, one audit event; what pools could draw
    from is not kept.
    """
    if not isinstance(by, System):
        raise Refused("not-allowed", _("Only the system enters synthetic attempts."))
    if quiz.current_id is None:
        raise Refused("not-published", _("This quiz is not published."))
    version = quiz_version(quiz.current_id)
    known = set(Attempt.objects.filter(quiz=quiz).values_list("person_id", flat=True))
    new = [entry for entry in entries if entry.person.pk not in known]
    if any(not entry.person.is_synthetic for entry in new):
        raise Refused("not-synthetic", _("Only synthetic people get synthetic attempts."))
    for entry in new:
        _enter(version, entry)
    if new:
        record("attempts.synthetic_entered", quiz, by=by, count=len(new))
    return len(new)


def _enter(version: QuizVersion, entry: SyntheticAttempt) -> None:
    seed = entry.seed % 2**SEED_BITS
    drawn = draw(version.slots, candidates(version.slots), seed)
    questions = [question_versions(drawn)[pk] for pk in drawn]
    answered = [entry.answer(question) for question in questions]
    fractions = [
        grading.mark(question.kind, question.body, chosen) or Decimal(0)
        for question, (chosen, _seconds) in zip(questions, answered, strict=True)
    ]
    attempt = _attempt(version, entry, seed, [seconds for _chosen, seconds in answered])
    attempt.score = grading.score((fraction, grading.FULL) for fraction in fractions)
    attempt.passed = grading.is_pass(attempt.score, out_of=attempt.out_of, pass_percent=version.pass_percent)
    attempt.save()
    Attempt.objects.filter(pk=attempt.pk).update(receipt=receipt_code(attempt.pk))
    assert attempt.submitted_at is not None
    slots = Slot.objects.bulk_create(_slots(attempt, questions))
    Marking.objects.bulk_create(
        Marking(slot=slot, fraction=fraction, engine=grading.ENGINE, at=attempt.submitted_at)
        for slot, fraction in zip(slots, fractions, strict=True)
    )
    steps = list(_steps(attempt, slots, answered))
    Step.objects.bulk_create(steps)
    attempt.answers = {
        str(slot.position): {**step.data, "seq": step.seq, "at": step.at.isoformat()}
        for slot, step in zip(slots, steps, strict=False)
    }
    Attempt.objects.filter(pk=attempt.pk).update(answers=attempt.answers)


def _attempt(version: QuizVersion, entry: SyntheticAttempt, seed: int, seconds: list[int]) -> Attempt:
    minutes = version.time_limit_minutes
    return Attempt(
        quiz_id=version.quiz_id,
        version=version,
        person=entry.person,
        number=1,
        seed=seed,
        state=AttemptState.SUBMITTED,
        number_of_questions=len(seconds),
        last_seq=len(seconds) + 1,
        started_at=entry.started_at,
        deadline_at=entry.started_at + timedelta(minutes=minutes) if minutes else None,
        submitted_at=entry.started_at + timedelta(seconds=sum(seconds) + 20),
        out_of=len(seconds),
        receipt=f"R-{uuid4().hex[:12]}",  # until its number is known
    )


def _slots(attempt: Attempt, questions: list[QuestionVersion]) -> Iterator[Slot]:
    for position, question in enumerate(questions, start=1):
        names = KINDS[question.kind].names(question.body)
        order = option_order(names, kind=question.kind, seed=attempt.seed, position=position)
        yield Slot(attempt=attempt, position=position, question_version=question, option_order=order)


def _steps(
    attempt: Attempt, slots: list[Slot], answered: list[tuple[tuple[str, ...], int]]
) -> Iterator[Step]:
    at = attempt.started_at
    for seq, (slot, (chosen, seconds)) in enumerate(zip(slots, answered, strict=True), start=1):
        at += timedelta(seconds=seconds)
        content = {"chosen": list(chosen), "flagged": False}
        yield _step(attempt, seq, slot, StepKind.ANSWER, content, at)
    assert attempt.submitted_at is not None
    yield _step(attempt, attempt.last_seq, None, StepKind.SUBMIT, {"by_clock": False}, attempt.submitted_at)


def _step(
    attempt: Attempt, seq: int, slot: Slot | None, kind: StepKind, content: dict[str, object], at: datetime
) -> Step:
    return Step(
        attempt=attempt,
        seq=seq,
        slot=slot,
        kind=kind,
        data=content,
        client_uuid=UUID(int=(attempt.pk << 32) + seq),
        at=at,
        actor_id=attempt.person_id,
    )
