"""Attempts faster than reading: noted, shown, decided by a person; never a mark, never an accusation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.attempt import start_attempt
from assessments.actions.pace import decide_flag
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, FlagDecision, Quiz, TimeFlag
from lms.people.models import Person, Role
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as make_quiz
from tests.make_assessments import HandClock

pytestmark = pytest.mark.django_db

LONG = "Câu hỏi này có một tình huống dài phải đọc hết mới trả lời được. " * 10


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    return HandClock(monkeypatch)


def attempt_in(seconds: int, time: HandClock, *, right: int = 4) -> Attempt:
    """Five questions of some 26 seconds each (in English, 'Question c1-q01?' is what is shortest)."""
    texts = [
        make_quiz.question_olx(f"c1-q0{n}", stem=LONG).replace("Question c1", f"{LONG} c1") for n in range(5)
    ]
    make_quiz.publish(make_quiz.quiz_olx(*texts))
    person = make_quiz.learner()
    attempt = start_attempt(quiz=Quiz.objects.get(), by=person)
    time.forward(seconds=seconds)
    make_quiz.answer_all(attempt, right=right)
    return submit_attempt(attempt_id=attempt.pk, by=person)


def test_answers_faster_than_reading_are_noted_and_change_nothing(time: HandClock) -> None:
    attempt = attempt_in(60, time)
    flag = TimeFlag.objects.get()
    assert (flag.attempt, flag.seconds_taken, flag.percent_right) == (attempt, 60, 80)
    assert flag.seconds_to_read > 120
    assert attempt.passed


def test_answers_in_due_time_or_mostly_wrong_are_not_noted(time: HandClock) -> None:
    attempt_in(200, time)
    assert not TimeFlag.objects.exists()


def test_who_clicks_through_and_fails_is_not_noted(time: HandClock) -> None:
    attempt_in(10, time, right=1)
    assert not TimeFlag.objects.exists()


def test_an_attempt_without_answers_is_not_noted(time: HandClock) -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert not TimeFlag.objects.exists()


def test_answers_that_waited_offline_and_came_at_once_are_measured_from_the_start(time: HandClock) -> None:
    """All five arrive in one second after a long silence: that is a bad network, not a fast reader."""
    attempt_in(15 * 60, time)
    assert not TimeFlag.objects.exists()


def test_the_learner_reads_nothing_of_it(time: HandClock) -> None:
    attempt = attempt_in(60, time)
    client = Client()
    client.force_login(attempt.person)
    client.cookies["django_language"] = "en"
    words = client.get(reverse("assessments:result", args=[attempt.pk])).content.decode()
    assert "faster" not in words
    assert "flag" not in words.lower().replace("data-flag", "")


def test_a_trainer_decides_with_a_reason(time: HandClock, django_assert_max_num_queries: Any) -> None:
    attempt = attempt_in(60, time)
    flag = TimeFlag.objects.get()
    trainer = make_quiz.supervisor()
    client = Client()
    client.force_login(trainer)
    client.cookies["django_language"] = "en"
    assert attempt.receipt in client.get(reverse("assessments:pace")).content.decode()

    decide = reverse("assessments:pace_decide", args=[flag.pk])
    client.post(decide, {"verdict": "talk"})
    client.post(decide, {"verdict": "cheater", "reason": "x"})
    assert not FlagDecision.objects.exists()
    client.post(decide, {"verdict": "no-issue", "reason": "Đã làm bài này lần trước"})

    with django_assert_max_num_queries(7):
        words = client.get(reverse("assessments:pace")).content.decode()
    assert "Đã làm bài này lần trước" in words
    assert decide not in words
    attempt.refresh_from_db()
    assert attempt.passed


def test_decide_flag_refuses(time: HandClock) -> None:
    attempt = attempt_in(60, time)
    flag = TimeFlag.objects.get()

    def code_for(by: Person) -> str:
        with pytest.raises(Refused) as refusal:
            decide_flag(flag=flag, verdict="talk", reason="Vì", by=by)
        return refusal.value.code

    assert code_for(make.person()) == "not-allowed"
    make.grant(attempt.person, Role.TRAINER)
    assert code_for(Person.objects.get(pk=attempt.person_id)) == "not-yourself"
