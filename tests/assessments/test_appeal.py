"""Appeals: once, in time, decided by somebody else, never to the learner's harm."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.actions.appeal import decide_appeal, open_appeal
from assessments.actions.attempt import start_attempt
from assessments.actions.submit import submit_attempt
from assessments.models import Appeal, Attempt, Marking, PoolState, Question, Quiz, Slot
from assessments.queries.appeals import MarkNews, mark_news
from assessments.queries.reproduction import Reproduction, reproduced
from courses.models import ModuleCompletion
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
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


def marked(marker: Person | None = None) -> Slot:
    """An essay with 4 of 8 points, in an attempt that is not passed."""
    attempt = marking.handed_in(marking.quiz(), quizzes.learner(), choice="b")
    slot = marking.essay_slot(attempt)
    marking.mark(slot, marker or marking.trainer(), "fair", "fair")
    return Slot.objects.select_related("attempt__person").get(pk=slot.pk)


def appealed(marker: Person | None = None) -> Appeal:
    slot = marked(marker)
    return open_appeal(slot_id=slot.pk, reason="Tôi đã nêu nguồn.", by=slot.attempt.person)


def reviewer() -> Person:
    person = make.person()
    make.grant(person, Role.REVIEWER)
    return person


def test_upheld_appeal_gives_a_better_mark_and_the_pass() -> None:
    appeal, by = appealed(), reviewer()
    assert Attempt.objects.get().passed is False

    decided = decide_appeal(appeal_id=appeal.pk, is_upheld=True, answer="Đúng vậy.", percent=75, by=by)

    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (Decimal("1.75"), True)
    assert (decided.is_upheld, decided.decided_by, decided.answer) == (True, by, "Đúng vậy.")
    newest = Marking.objects.filter(slot=appeal.slot).order_by("pk").last()
    assert newest is not None
    assert (newest.engine, newest.reason) == ("appeal", "Đúng vậy.")
    kinds = AuditEvent.objects.filter(kind__startswith="appeal.").order_by("pk")
    assert [event.kind for event in kinds] == ["appeal.opened", "appeal.decided"]


def test_rejected_appeal_leaves_the_mark() -> None:
    appeal = appealed()

    decide_appeal(appeal_id=appeal.pk, is_upheld=False, answer="Thiếu nguồn.", by=reviewer())

    assert Marking.objects.filter(slot=appeal.slot).count() == 1
    appeal.refresh_from_db()
    assert (appeal.is_upheld, appeal.answer) == (False, "Thiếu nguồn.")
    person = appeal.slot.attempt.person
    assert mark_news(person, at=clock.now()) == MarkNews((), (appeal,))
    assert mark_news(person, at=clock.now() + timedelta(days=15)) == MarkNews()


def test_an_appeal_is_made_once_with_a_reason_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = marked()
    person = slot.attempt.person

    assert refusal_of(open_appeal, slot_id=slot.pk, reason=" ", by=person) == "no-reason"
    late = clock.now() + timedelta(days=31)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: late)
        assert refusal_of(open_appeal, slot_id=slot.pk, reason="x", by=person) == "too-late"
    open_appeal(slot_id=slot.pk, reason="x", by=person)
    assert refusal_of(open_appeal, slot_id=slot.pk, reason="y", by=person) == "appealed-before"
    with pytest.raises(Slot.DoesNotExist):
        open_appeal(slot_id=slot.pk, reason="x", by=quizzes.learner())


def test_nothing_is_to_be_won_where_the_mark_is_full_or_left_out() -> None:
    slot = marked()
    choice = slot.attempt.slots.get(position=1)
    person = slot.attempt.person

    assert refusal_of(open_appeal, slot_id=choice.pk, reason="x", by=person) == "full-mark"
    Marking.objects.create(slot=choice, fraction=0, counts=False, engine="regrade", at=clock.now())
    assert refusal_of(open_appeal, slot_id=choice.pk, reason="x", by=person) == "left-out"


def test_what_has_no_result_cannot_be_appealed() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    slot = attempt.slots.get(position=1)
    assert refusal_of(open_appeal, slot_id=slot.pk, reason="x", by=attempt.person) == "not-marked"
    assert mark_news(attempt.person, at=clock.now()) == MarkNews((attempt,))


def test_who_decides() -> None:
    marker = marking.trainer()
    appeal = appealed(marker)
    learner = appeal.slot.attempt.person
    decision = {"appeal_id": appeal.pk, "is_upheld": False, "answer": "x"}

    assert refusal_of(decide_appeal, **decision, by=make.person()) == "not-allowed"
    assert refusal_of(decide_appeal, **decision, by=marker) == "own-mark"
    make.grant(learner, Role.REVIEWER)
    learner = Person.objects.get(pk=learner.pk)
    assert refusal_of(decide_appeal, **decision, by=learner) == "own-attempt"


def test_how_it_is_decided() -> None:
    appeal, by = appealed(), reviewer()
    upheld: dict[str, Any] = {"appeal_id": appeal.pk, "is_upheld": True, "by": by}

    assert refusal_of(decide_appeal, **upheld, answer=" ", percent=100) == "no-reason"
    for percent in (None, 50, 101):  # 50 is what it has
        assert refusal_of(decide_appeal, **upheld, answer="x", percent=percent) == "not-better"
    decide_appeal(**upheld, answer="x", percent=100)
    assert refusal_of(decide_appeal, **upheld, answer="x", percent=100) == "decided-before"


def test_a_decision_is_whole() -> None:
    appeal = appealed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(is_upheld=True)


def test_a_paper_of_fixed_questions_is_drawn_again() -> None:
    attempt = marking.handed_in(marking.quiz(), quizzes.learner())

    assert attempt.pool_state is None
    assert reproduced(attempt) == Reproduction(True)


def exam() -> Attempt:
    """A final exam that draws three of six; its learner has done her module."""
    quizzes.publish(quizzes.bank_olx(*quizzes.questions(6, prefix="c1-b")))
    quizzes.publish(
        quizzes.quiz_olx(
            '<pool outcome="C1" count="3"/>', kind="final", url_name="gx-quiz", rules='attempts="3"'
        ),
        module_code="GX",
    )
    learner = quizzes.learner()
    ModuleCompletion.objects.create(person=learner, module=quizzes.module("C1"), completed_at=clock.now())
    attempt = start_attempt(quiz=Quiz.objects.get(usage_key__contains="gx-quiz"), by=learner)
    return submit_attempt(attempt_id=attempt.pk, by=learner)


def test_a_drawn_paper_is_drawn_again_after_the_bank_changed() -> None:
    attempt = exam()
    Question.objects.filter(name="c1-b01").update(current=None)
    quizzes.publish(quizzes.bank_olx(*quizzes.questions(9, prefix="c1-b")))

    assert reproduced(attempt) == Reproduction(True)


def test_a_paper_that_was_tampered_with_is_noticed() -> None:
    attempt = exam()
    Attempt.objects.filter(pk=attempt.pk).update(seed=attempt.seed + 1)
    attempt.refresh_from_db()

    assert reproduced(attempt).is_same is False


def test_an_old_paper_cannot_be_drawn_again() -> None:
    attempt = exam()
    attempt.pool_state = None

    assert reproduced(attempt) == Reproduction(None)


def test_all_who_draw_from_the_same_share_one_state() -> None:
    first = exam()
    learner = quizzes.learner()
    ModuleCompletion.objects.create(person=learner, module=quizzes.module("C1"), completed_at=clock.now())
    second = start_attempt(quiz=first.quiz, by=learner)

    assert PoolState.objects.count() == 1
    assert second.pool_state == first.pool_state
