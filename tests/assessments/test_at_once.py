"""Two requests in the same moment, on connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from assessments.actions.allowance import give_allowance
from assessments.actions.appeal import decide_appeal, open_appeal
from assessments.actions.attempt import Conflict, Saved, save_answer, start_attempt
from assessments.actions.sign_off import confirm_attempts
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, Marking, Quiz, SignOff, Step
from courses.models import BlockScore, ModuleCompletion
from lms.people.models import Person
from tests import make_assessments as make_quiz
from tests import make_marking as marking

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _needs_connections_of_its_own(django_db_setup: None) -> None:
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("SQLite in memory has one connection; PostgreSQL runs this")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, all started together."""
    together, results = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        together.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_starts_at_once_begin_one_attempt() -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    results = at_once(*[lambda: start_attempt(quiz=quiz, by=person)] * 4)
    assert {attempt.pk for attempt in results} == {Attempt.objects.get().pk}


def test_two_submissions_at_once_are_marked_once() -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())
    make_quiz.answer_all(attempt, right=5)

    results = at_once(*[lambda: submit_attempt(attempt_id=attempt.pk, by=attempt.person)] * 4)

    assert len({(one.receipt, one.submitted_at) for one in results}) == 1
    assert Marking.objects.count() == 5
    assert Step.objects.filter(kind="submit").count() == 1
    assert (BlockScore.objects.count(), ModuleCompletion.objects.count()) == (1, 1)


def test_the_same_save_at_once_is_one_step() -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())
    uuid = uuid4()

    def save() -> Saved | Conflict:
        return save_answer(
            attempt_id=attempt.pk, position=1, chosen=["a"], base_seq=0, client_uuid=uuid, by=attempt.person
        )

    results = at_once(*[save] * 4)
    assert [one.seq for one in results] == [1] * 4
    assert Step.objects.count() == 1


def test_two_different_answers_at_once_are_one_saved_and_one_told() -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())

    def save(option: str) -> Saved | Conflict:
        return save_answer(
            attempt_id=attempt.pk,
            position=1,
            chosen=[option],
            base_seq=0,
            client_uuid=uuid4(),
            by=attempt.person,
        )

    results = at_once(lambda: save("a"), lambda: save("b"))
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "Saved"]


def test_two_confirmations_at_once_count_once() -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    attempt = make_quiz.submitted_attempt(quiz, make_quiz.learner(), right=5)
    supervisors = [make_quiz.supervisor() for _ in range(3)]

    results = at_once(
        *[partial(confirm_attempts, attempt_ids=[attempt.pk], place="Phòng họp", by=by) for by in supervisors]
    )

    assert sorted(results) == [0, 0, 1]
    assert (SignOff.objects.count(), BlockScore.objects.count()) == (1, 1)


def test_more_time_and_a_start_at_once_are_in_some_order_and_the_time_is_not_lost() -> None:
    quiz, person, trainer = make_quiz.quiz(), make_quiz.learner(), make_quiz.supervisor()

    at_once(
        lambda: start_attempt(quiz=quiz, by=person),
        lambda: give_allowance(
            quiz=Quiz.objects.get(), person=person, extra_minutes=10, reason="Vì", by=trainer
        ),
    )

    attempt = Attempt.objects.get()
    assert attempt.deadline_at is not None
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=30)


def test_two_markers_at_once_give_one_mark() -> None:
    slot = marking.essay_slot(marking.handed_in(marking.quiz(), make_quiz.learner()))
    markers = [marking.trainer() for _ in range(3)]

    results = at_once(*[partial(marking.mark, slot, marker) for marker in markers])

    assert sorted(type(one).__name__ for one in results) == ["HandMark", "Refused", "Refused"]
    assert Marking.objects.filter(slot=slot).count() == 1
    assert (Attempt.objects.get().state, BlockScore.objects.count()) == ("submitted", 1)


def test_two_decisions_at_once_are_one() -> None:
    attempt = marking.handed_in(marking.quiz(), make_quiz.learner())
    slot = marking.essay_slot(attempt)
    marking.mark(slot, marking.trainer(), "weak", "weak")
    appeal = open_appeal(slot_id=slot.pk, reason="Có nguồn", by=attempt.person)

    def decide(by: Person) -> Any:
        return decide_appeal(appeal_id=appeal.pk, is_upheld=True, answer="Đúng", percent=100, by=by)

    results = at_once(*[partial(decide, marking.trainer()) for _ in range(3)])

    assert sorted(type(one).__name__ for one in results) == ["Appeal", "Refused", "Refused"]
    assert Marking.objects.filter(slot=slot, engine="appeal").count() == 1
