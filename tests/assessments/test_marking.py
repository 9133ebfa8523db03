"""Marking by people: from handing in to the result."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.actions.attempt import start_attempt
from assessments.actions.mark_by_hand import claim_answer, give_mark, release_answer, reveal_name
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, HandMark, Marking, MarkingClaim, QuizVersion
from assessments.queries.marking import next_slot, queue_for
from assessments.queries.standing import standing
from assessments.signals import attempt_submitted
from courses.models import BlockScore
from lms.audit.models import AuditEvent
from lms.people.models import Role
from lms.shared import clock
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as quizzes
from tests import make_marking as marking

pytestmark = pytest.mark.django_db


def refusal_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as caught:
        action(**arguments)
    return caught.value.code


def test_submit_with_an_essay_waits_for_a_person() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    stored = Attempt.objects.get()
    assert (stored.state, stored.score, stored.passed) == ("marking", None, None)
    assert stored.submitted_at is not None
    assert stored.receipt == attempt.receipt != ""
    assert [m.fraction for m in Marking.objects.all()] == [1]  # the choice, at once
    assert not BlockScore.objects.exists()


def test_submit_again_changes_nothing() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    again = submit_attempt(attempt_id=attempt.pk, by=attempt.person)

    assert (again.state, again.last_seq) == ("marking", attempt.last_seq)
    assert Marking.objects.count() == 1


def test_an_empty_essay_needs_nobody() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner(), essay="")

    assert (attempt.state, attempt.percent, attempt.passed) == ("submitted", 50, False)


def test_the_last_mark_gives_the_result_and_tells_it_once() -> None:
    quiz = marking.quiz(quizzes.question_olx(), marking.essay_olx(), marking.essay_olx("c1-e02"))
    told: list[Attempt] = []

    def hear(attempt: Attempt, **_: Any) -> None:
        told.append(attempt)

    learner, trainer = quizzes.learner(), marking.trainer()
    attempt = start_attempt(quiz=quiz, by=learner)
    marking.answer(attempt, 1, "b")
    marking.answer(attempt, 2, "Một")
    marking.answer(attempt, 3, "Hai")
    attempt_submitted.connect(hear)
    try:
        submit_attempt(attempt_id=attempt.pk, by=learner)
        marking.mark(attempt.slots.get(position=2), trainer, "good", "fair")
        assert (told, Attempt.objects.get().state) == ([], "marking")
        marking.mark(attempt.slots.get(position=3), trainer)
    finally:
        attempt_submitted.disconnect(hear)

    stored = Attempt.objects.get()
    assert (stored.state, stored.score, stored.passed) == ("submitted", Decimal("2.75"), True)
    assert told == [stored]
    score = BlockScore.objects.get()
    assert (score.person, score.earned, score.possible, score.passed) == (
        learner,
        Decimal("2.75"),
        Decimal(3),
        True,
    )
    assert list(AuditEvent.objects.filter(kind="attempt.marked").values_list("actor_id", flat=True)) == [
        trainer.pk
    ]


def test_an_attempt_in_marking_counts_and_lets_nobody_start() -> None:
    quiz = marking.quiz(rules='attempts="3" cooling_off_hours="24"')
    learner = quizzes.learner()
    attempt = marking.handed_in(quiz, learner)

    now = standing(quiz, learner, at=clock.now())

    assert (now.attempts_left, now.has_passed, now.best_percent) == (2, False, None)
    assert now.in_marking == attempt
    assert now.refusal is not None
    assert now.refusal.code == "in-marking"
    assert now.opens_at is None  # it has not failed yet
    assert refusal_of(start_attempt, quiz=quiz, by=learner) == "in-marking"


def test_one_attempt_open_or_in_marking() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            quiz=attempt.quiz,
            version=attempt.version,
            person=attempt.person,
            number=2,
            seed=1,
            number_of_questions=1,
            started_at=clock.now(),
            out_of=1,
        )


def test_an_attempt_in_marking_has_a_receipt_and_no_score() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(score=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(receipt="")


def test_only_trainers_mark() -> None:
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), quizzes.learner()))
    reviewer = make.person()
    make.grant(reviewer, Role.REVIEWER)

    levels = {"clear": "good", "right": "good"}
    assert refusal_of(give_mark, slot_id=slot.pk, levels=levels, by=reviewer) == "not-allowed"
    assert refusal_of(claim_answer, slot_id=slot.pk, by=quizzes.learner()) == "not-allowed"


def test_nobody_marks_her_own_answer() -> None:
    learner = quizzes.learner()
    make.grant(learner, Role.TRAINER)
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), learner))

    assert refusal_of(claim_answer, slot_id=slot.pk, by=learner) == "own-attempt"
    assert list(queue_for(learner, at=clock.now())) == []


def test_a_mark_needs_a_level_for_every_criterion() -> None:
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), quizzes.learner()))

    assert refusal_of(give_mark, slot_id=slot.pk, levels={"clear": "good"}, by=marking.trainer()) == (
        "not-marked"
    )
    assert not HandMark.objects.exists()


def test_what_is_marked_is_not_marked_again() -> None:
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), quizzes.learner()))
    first, second = marking.trainer(), marking.trainer()
    marking.mark(slot, first)

    levels = {"clear": "weak", "right": "weak"}
    assert refusal_of(give_mark, slot_id=slot.pk, levels=levels, by=first) == "marked-by-you"
    assert refusal_of(give_mark, slot_id=slot.pk, levels=levels, by=second) == "not-waiting"


def test_a_choice_is_nothing_to_mark_by_hand() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    assert refusal_of(claim_answer, slot_id=attempt.slots.get(position=1).pk, by=marking.trainer()) == (
        "not-waiting"
    )


def test_an_answer_is_claimed_for_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), quizzes.learner()))
    first, second = marking.trainer(), marking.trainer()
    claim = claim_answer(slot_id=slot.pk, by=first)
    levels = {"clear": "good", "right": "good"}

    assert refusal_of(claim_answer, slot_id=slot.pk, by=second) == "claimed"
    assert refusal_of(give_mark, slot_id=slot.pk, levels=levels, by=second) == "claimed"
    assert next_slot(second, at=clock.now()) is None
    assert next_slot(first, at=clock.now()) == slot.pk
    assert claim_answer(slot_id=slot.pk, by=first).pk == claim.pk

    monkeypatch.setattr(clock, "now", lambda: claim.until + timedelta(minutes=1))
    assert claim_answer(slot_id=slot.pk, by=second).marker_id == second.pk
    release_answer(slot_id=slot.pk, by=first)  # not hers any more
    assert MarkingClaim.objects.count() == 1
    release_answer(slot_id=slot.pk, by=second)
    assert MarkingClaim.objects.count() == 0


def test_the_queue_is_oldest_first() -> None:
    quiz = marking.quiz()
    attempts = [marking.handed_in(quiz, quizzes.learner()) for _ in range(3)]

    found = [slot.attempt_id for slot in queue_for(marking.trainer(), at=clock.now())]

    assert found == [attempt.pk for attempt in attempts]


def double() -> Attempt:
    quiz = marking.quiz(rules='attempts="3" double_marking="true"')
    return marking.handed_in(quiz, quizzes.learner())


def test_double_marking_takes_the_mean_of_two() -> None:
    slot = marking.essay_slot(attempt := double())
    first, second = marking.trainer(), marking.trainer()

    marking.mark(slot, first, "good", "good")  # 8 of 8
    assert list(queue_for(first, at=clock.now())) == []
    assert [one.pk for one in queue_for(second, at=clock.now())] == [slot.pk]
    assert Attempt.objects.get().state == "marking"
    marking.mark(slot, second, "good", "good")

    stored = Attempt.objects.get(pk=attempt.pk)
    assert (stored.state, stored.percent) == ("submitted", 100)


def test_double_marking_asks_a_third_where_two_differ() -> None:
    slot = marking.essay_slot(double())
    marking.mark(slot, marking.trainer(), "weak", "fair")  # 2 of 8
    marking.mark(slot, marking.trainer(), "good", "good")  # 8 of 8
    assert Attempt.objects.get().state == "marking"

    marking.mark(slot, marking.trainer(), "good", "fair")  # 6 of 8: nearer to the second

    assert Marking.objects.get(slot=slot).fraction == Decimal("0.875")
    assert Attempt.objects.get().state == "submitted"


def test_quizzes_written_before_double_marking_keep_their_version() -> None:
    marking.quiz()
    before = QuizVersion.objects.get()

    assert before.double_marking is False
    quizzes.publish(quizzes.quiz_olx(quizzes.question_olx(), marking.essay_olx(), rules='attempts="3"'))
    assert QuizVersion.objects.count() == 1
    quizzes.publish(
        quizzes.quiz_olx(
            quizzes.question_olx(), marking.essay_olx(), rules='attempts="3" double_marking="true"'
        )
    )
    assert list(QuizVersion.objects.order_by("pk").values_list("double_marking", flat=True)) == [False, True]


def test_only_the_office_learns_a_name_and_that_is_written_down() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())
    slot, office = marking.essay_slot(attempt), make.person()
    make.grant(office, Role.OFFICE)

    assert refusal_of(reveal_name, slot_id=slot.pk, reason="Hỏi", by=marking.trainer()) == "not-allowed"
    assert refusal_of(reveal_name, slot_id=slot.pk, reason=" ", by=office) == "no-reason"
    assert reveal_name(slot_id=slot.pk, reason="Khiếu nại", by=office) == attempt.person
    event = AuditEvent.objects.get(kind="answer.name_revealed")
    assert (event.actor_id, event.details) == (office.pk, {"slot": slot.pk, "reason": "Khiếu nại"})


def test_hand_marks_never_change() -> None:
    mark = marking.mark(
        marking.essay_slot(marking.handed_in(marking.quiz(), quizzes.learner())), marking.trainer()
    )

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        HandMark.objects.filter(pk=mark.pk).update(points=0)
