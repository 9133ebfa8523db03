"""Marking a question again: nobody loses, everything is written down."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.actions import regrade as actions
from assessments.actions.attempt import start_attempt
from assessments.actions.regrade import carry_out, request_regrade, resume_regrade, reveal_changed, wish_for
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, Marking, Question, Quiz, Regrade
from assessments.queries.regrades import asked_versions, preview
from courses.models import BlockScore
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as quizzes
from tests import make_marking as marking

pytestmark = pytest.mark.django_db
RULES = 'attempts="3"'
NONE, ONE, TWO, THREE, FOUR = map(Decimal, range(5))
NAMES = ("c1-q01", "c1-q02", "c1-q03", "c1-q04")


def published(*, right: str = "b", count: int = 4) -> Quiz:
    """Questions whose answer is b; that of the first one is `right`."""
    first, *others = NAMES[:count]
    questions = [quizzes.question_olx(first, right=(right,)), *map(quizzes.question_olx, others)]
    quizzes.publish(quizzes.quiz_olx(*questions, rules=RULES))
    return Quiz.objects.get()


def took(quiz: Quiz, person: Person, *answers: str) -> Attempt:
    attempt = start_attempt(quiz=quiz, by=person)
    for position, answer in enumerate(answers, start=1):
        marking.answer(attempt, position, answer)
    return submit_attempt(attempt_id=attempt.pk, by=person)


def question() -> Question:
    return Question.objects.select_related("current").get(name="c1-q01")


def regrade(kind: str, *, upto: int = 1, by: Person | None = None, reason: str = "Khóa sai") -> Regrade:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "enqueue_on_commit", lambda *_: None)
        made = request_regrade(
            question=question(), kind=kind, upto=upto, reason=reason, by=by or marking.trainer()
        )
    carry_out(regrade_id=made.pk, by=SYSTEM)
    made.refresh_from_db()
    return made


def refusal_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as caught:
        action(**arguments)
    return caught.value.code


def test_a_new_key_raises_those_it_finds_right_and_lowers_nobody() -> None:
    quiz = published(right="b")
    wronged = took(quiz, quizzes.learner(), "a", "b", "b", "c")  # 2 of 4
    lucky = took(quiz, quizzes.learner(), "b", "b", "b", "b")  # 4 of 4
    published(right="a")

    done = regrade("rekey")

    wronged.refresh_from_db()
    lucky.refresh_from_db()
    assert (wronged.score, lucky.score) == (THREE, FOUR)
    assert (done.looked_at, done.raised, done.kept, done.newly_passed) == (2, 1, 1, 0)
    assert (done.done_at is not None, done.upto, done.key) == (True, 1, question().current)
    marks = Marking.objects.filter(slot__attempt=wronged, slot__position=1).order_by("pk")
    assert [(m.fraction, m.engine, m.reason) for m in marks] == [
        (NONE, "1", ""),
        (ONE, "regrade", "Khóa sai"),
    ]


def test_who_passes_by_it_gets_the_score() -> None:
    quiz = published()
    attempt = took(quiz, quizzes.learner(), "a", "b", "b", "b")  # 75 %
    assert BlockScore.objects.get().passed is False

    done = regrade("full")

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed, done.newly_passed) == (FOUR, True, 1)
    assert BlockScore.objects.get().passed is True
    event = AuditEvent.objects.get(kind="attempt.result_renewed")
    assert event.details == {"before": ["75", False], "after": ["100", True]}


def test_a_question_left_out_counts_for_nobody_it_would_help() -> None:
    quiz = published()
    helped = took(quiz, quizzes.learner(), "a", "b", "b", "b")
    harmed = took(quiz, quizzes.learner(), "b", "a", "b", "b")

    regrade("leave-out")

    helped.refresh_from_db()
    harmed.refresh_from_db()
    assert (helped.score, helped.out_of, helped.percent, helped.passed) == (THREE, THREE, 100, True)
    assert (harmed.score, harmed.out_of, harmed.percent) == (THREE, FOUR, 75)


def test_preview_counts_and_changes_nothing() -> None:
    quiz = published()
    attempt = took(quiz, quizzes.learner(), "a", "b", "b", "b")
    took(quiz, quizzes.learner(), "b", "b", "b", "b")

    found = preview(wish_for(question=question(), kind="full", upto=1, by=marking.trainer()))

    assert (found.attempts, found.raised, found.kept, found.newly_passed) == (2, 1, 0, 1)
    [row] = found.rows
    assert (row.attempt_id, row.before, row.after) == (attempt.pk, 75, 100)
    assert Marking.objects.filter(engine="regrade").count() == 0


def test_again_changes_nothing_more() -> None:
    took(published(), quizzes.learner(), "a", "b", "b", "b")
    done = regrade("full")

    carry_out(regrade_id=done.pk, by=SYSTEM)
    again = regrade("full", reason="Lần nữa")

    assert (again.pk, again.reason) == (done.pk, "Khóa sai")
    assert Marking.objects.filter(engine="regrade").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Regrade.objects.create(
            question=done.question, kind="full", upto=1, reason="x", by=done.by, at=done.at
        )


def test_batches_go_on_where_they_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    quiz = published()
    for _ in range(5):
        took(quiz, quizzes.learner(), "a", "b", "b", "b")

    done = regrade("full")

    assert (done.looked_at, done.raised, done.newly_passed) == (5, 5, 5)
    assert Attempt.objects.filter(passed=True).count() == 5


def test_it_is_for_attempts_that_end_later_too() -> None:
    quiz = published()
    took(quiz, quizzes.learner(), "b", "b", "b", "b")
    open_one = start_attempt(quiz=quiz, by=quizzes.learner())
    marking.answer(open_one, 1, "a")
    regrade("full")

    ended = submit_attempt(attempt_id=open_one.pk, by=open_one.person)

    assert (ended.score, ended.out_of) == (ONE, FOUR)
    newest = Marking.objects.filter(slot__attempt=ended, slot__position=1).order_by("pk").last()
    assert newest is not None
    assert (newest.fraction, newest.engine) == (ONE, "regrade")


def test_it_is_not_for_newer_versions_of_the_question() -> None:
    quiz = published(right="a")
    took(quiz, quizzes.learner(), "b", "b", "b", "b")
    quiz = published(right="b")
    newer = took(quiz, quizzes.learner(), "a", "b", "b", "b")

    done = regrade("full", upto=1)

    newer.refresh_from_db()
    assert (done.looked_at, newer.score) == (1, THREE)
    assert asked_versions(question()) == [(2, 1), (1, 1)]


def test_attempts_in_marking_get_it_with_their_result() -> None:
    quizzes.publish(quizzes.quiz_olx(quizzes.question_olx(), marking.essay_olx(), rules=RULES))
    attempt = marking.handed_in(Quiz.objects.get(), quizzes.learner(), choice="a")
    regrade("full")
    assert Attempt.objects.get().state == "marking"

    marking.mark(marking.essay_slot(attempt), marking.trainer())

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (TWO, True)


@pytest.mark.parametrize("kind", ["rekey", "nonsense"])
def test_what_cannot_be_is_refused(kind: str) -> None:
    took(published(), quizzes.learner(), "a")
    expected = {"rekey": "no-newer-key", "nonsense": "unknown-kind"}[kind]

    arguments = {"question": question(), "kind": kind, "upto": 1, "reason": "x", "by": marking.trainer()}
    assert refusal_of(request_regrade, **arguments) == expected


def test_what_people_mark_has_no_key() -> None:
    quizzes.publish(quizzes.quiz_olx(quizzes.question_olx(), marking.essay_olx(), rules=RULES))
    quizzes.publish(quizzes.quiz_olx(quizzes.question_olx(), marking.essay_olx(outcome="C1.2"), rules=RULES))
    essay = Question.objects.select_related("current").get(name=marking.ESSAY)

    assert (
        refusal_of(wish_for, question=essay, kind="rekey", upto=1, by=marking.trainer()) == "marked-by-hand"
    )


def test_only_trainers_decide_with_a_reason_and_not_about_themselves() -> None:
    trainer = quizzes.learner()
    make.grant(trainer, Role.TRAINER)
    took(published(), trainer, "a", "b", "b", "b")
    asked = {"question": question(), "kind": "full", "upto": 1}

    assert refusal_of(request_regrade, **asked, reason="x", by=make.person()) == "not-allowed"
    assert refusal_of(request_regrade, **asked, reason=" ", by=marking.trainer()) == "no-reason"
    assert refusal_of(request_regrade, **asked, reason="x", by=trainer) == "own-attempt"
    assert refusal_of(resume_regrade, regrade=Regrade(), by=make.person()) == "not-allowed"


def test_names_are_for_the_office_and_written_down() -> None:
    attempt = took(published(), quizzes.learner(), "a", "b", "b", "b")
    office = make.person()
    make.grant(office, Role.OFFICE)
    asked: dict[str, Any] = {"question": question(), "attempts": [attempt.pk], "reason": "Thư hỏi"}

    assert refusal_of(reveal_changed, **asked, by=marking.trainer()) == "not-allowed"
    assert refusal_of(reveal_changed, **{**asked, "reason": ""}, by=office) == "no-reason"
    assert reveal_changed(**asked, by=office) == {attempt.pk: attempt.person.full_name}
    assert AuditEvent.objects.get(kind="regrade.names_revealed").details["attempts"] == [attempt.pk]


def test_score_stays_exact() -> None:
    quizzes.publish(
        quizzes.quiz_olx(
            quizzes.question_olx("c1-q01", kind="multiple", options="abcdef", right=("a", "b", "c")),
            quizzes.question_olx("c1-q02"),
            rules=RULES,
        )
    )
    attempt = took(Quiz.objects.get(), quizzes.learner(), "a", "b")
    assert attempt.score == Decimal("1.33333")

    regrade("full")

    attempt.refresh_from_db()
    assert attempt.score == 2
