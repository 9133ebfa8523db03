"""Practice and recap: own mistakes come back, without marks, and never before their answers are open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessments.actions.attempt import start_attempt
from assessments.actions.recap import note_mistakes
from assessments.actions.submit import submit_attempt
from assessments.models import Question, Quiz, RecapItem
from assessments.queries.recap import due_items, seen_questions
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as make_quiz
from tests.make_assessments import QUIZ_KEY, START, HandClock

pytestmark = pytest.mark.django_db

RECAP = "/recap/"


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    return HandClock(monkeypatch)


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def due(person: Person) -> list[str]:
    return [item.question.name for item in due_items(person, at=clock.now())]


def practice(key: str = QUIZ_KEY) -> str:
    return reverse("assessments:practice", args=[key])


def answer(browser: Client, name: str, chosen: str = "b", at: str = RECAP) -> Any:
    return browser.post(at, {"question": name, "choice": chosen})


def test_mistakes_of_an_attempt_come_back_the_next_day(time: HandClock, person: Person) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)  # passed: the key is open
    assert due(person) == []
    time.forward(days=1)
    assert due(person) == ["c1-q05"]


def test_nothing_comes_back_while_its_answer_could_help_another_attempt(
    time: HandClock, person: Person
) -> None:
    quiz = make_quiz.quiz(rules='attempts="2"')
    make_quiz.submitted_attempt(quiz, person, right=1)
    time.forward(days=1)
    assert (due(person), seen_questions(quiz, person, at=clock.now())) == ([], [])

    second = start_attempt(quiz=quiz, by=person)
    assert due(person) == []  # the last attempt is under way
    make_quiz.answer_all(second, right=1)
    submit_attempt(attempt_id=second.pk, by=person)
    time.forward(days=1)
    assert due(person) == ["c1-q02", "c1-q03", "c1-q04", "c1-q05"]
    assert len(seen_questions(quiz, person, at=clock.now())) == 5


def test_an_exam_that_asked_it_keeps_a_question_closed_that_a_passed_quiz_had_opened(
    time: HandClock, person: Person
) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    exam = make_quiz.exam('<pool outcome="C1" count="5"/>', rules='attempts="2"')
    time.forward(days=1)
    assert due(person) == ["c1-q05"]

    start_attempt(quiz=exam, by=person)

    assert due(person) == []


def test_questions_for_exams_only_never_come_back(time: HandClock, person: Person) -> None:
    make_quiz.publish(
        make_quiz.quiz_olx(*make_quiz.questions(1)),
        make_quiz.bank_olx(make_quiz.question_olx("c1-b01"), make_quiz.question_olx("c1-b02")),
    )
    make_quiz.finish(person)
    exam = make_quiz.exam('<pool outcome="C1" count="3"/>', rules='attempts="1"')
    make_quiz.submitted_attempt(exam, person, right=0)
    time.forward(days=1)
    assert due(person) == ["c1-q01"]
    assert [q.name for q in seen_questions(exam, person, at=clock.now())] == ["c1-q01"]


def test_a_question_left_out_is_no_mistake(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="1"')
    attempt = start_attempt(quiz=quiz, by=person)
    submit_attempt(attempt_id=attempt.pk, by=person)
    time.forward(days=1)
    assert due(person) == []


def test_a_recap_asks_explains_and_waits_longer_each_time(
    time: HandClock, person: Person, browser: Client
) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    for days in (1, 3, 7, 21):
        time.forward(days=days - 1)
        assert due(person) == []
        time.forward(days=1)
        assert due(person) == ["c1-q05"]
        assert "Explanation" not in browser.get(RECAP).content.decode()
        words = answer(browser, "c1-q05").content.decode()
        assert "Explanation c1-q05." in words
        assert due(person) == []
    time.forward(days=400)
    assert due(person) == []
    assert RecapItem.objects.get().due_on is None


def test_a_wrong_answer_in_the_recap_comes_back_tomorrow(
    time: HandClock, person: Person, browser: Client
) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    time.forward(days=1)
    words = answer(browser, "c1-q05", "a").content.decode()
    assert "Why a" in words
    time.forward(days=1)
    assert due(person) == ["c1-q05"]


def test_the_same_answer_sent_twice_counts_once(time: HandClock, person: Person, browser: Client) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    time.forward(days=1)
    answer(browser, "c1-q05")
    answer(browser, "c1-q05")
    assert RecapItem.objects.get().level == 1


@pytest.mark.parametrize("sent", [{}, {"choice": "z"}, {"choice": ["a", "b"]}])
def test_what_is_no_answer_is_asked_again(
    time: HandClock, person: Person, browser: Client, sent: dict[str, Any]
) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    time.forward(days=1)
    response = browser.post(RECAP, {"question": "c1-q05", **sent})
    assert response.status_code == 422
    assert due(person) == ["c1-q05"]


def test_a_question_that_is_not_due_cannot_be_answered(person: Person, browser: Client) -> None:
    make_quiz.quiz()
    words = answer(browser, "c1-q01").content.decode()
    assert "Explanation" not in words
    assert not RecapItem.objects.exists()


def test_a_round_has_five_and_more_only_when_asked_for(
    time: HandClock, person: Person, browser: Client
) -> None:
    quiz = make_quiz.quiz(8, rules='attempts="1"')
    make_quiz.submitted_attempt(quiz, person, right=0)
    time.forward(days=1)
    for name in due(person)[:5]:
        answer(browser, name)
    end = browser.get(RECAP)
    assert end.context["left"] == 3
    assert 'name="choice"' not in end.content.decode()
    assert 'name="choice"' in browser.get(RECAP, {"more": 1}).content.decode()


def test_home_says_what_is_due(time: HandClock, person: Person, browser: Client) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    assert RECAP not in browser.get("/").content.decode()
    time.forward(days=1)
    assert RECAP in browser.get("/").content.decode()


def test_pages_of_the_recap_ask_few_queries(
    time: HandClock, person: Person, browser: Client, django_assert_max_num_queries: Any
) -> None:
    quiz = make_quiz.quiz(8, rules='attempts="1"')
    make_quiz.submitted_attempt(quiz, person, right=0)
    with django_assert_max_num_queries(1):
        due_items(person, at=clock.now())
    time.forward(days=1)
    with django_assert_max_num_queries(7):  # the last one reads the quiz's rules, which a process keeps
        assert len(due_items(person, at=clock.now())) == 8


# Practice ---------------------------------------------------------------------------------------


def test_practice_goes_through_the_questions_she_has_met(person: Person, browser: Client) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=5)
    assert practice() in browser.get(reverse("assessments:quiz", args=[QUIZ_KEY])).content.decode()
    first = browser.get(practice())
    assert "Question c1-q01?" in first.content.decode()
    assert "Explanation" not in first.content.decode()
    answered = answer(browser, "c1-q01", "a", practice()).content.decode()
    assert "Explanation c1-q01." in answered
    assert "?n=2" in answered
    assert RecapItem.objects.get().question.name == "c1-q01"
    assert browser.get(practice(), {"n": 6}).status_code == 200
    assert browser.get(practice(), {"n": "x"}).status_code == 404


def test_practice_changes_no_attempt_and_no_score(person: Person, browser: Client) -> None:
    attempt = make_quiz.submitted_attempt(make_quiz.quiz(), person, right=5)
    answer(browser, "c1-q01", "a", practice())
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.steps.count()) == (100, 6)


def test_practice_of_a_quiz_never_taken_offers_nothing(browser: Client) -> None:
    make_quiz.quiz()
    assert 'name="choice"' not in browser.get(practice()).content.decode()
    assert browser.get(practice("none")).status_code == 404


def test_practice_is_one_s_own(person: Person) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=5)
    stranger = Client()
    stranger.force_login(make_quiz.learner())
    assert 'name="choice"' not in stranger.get(practice()).content.decode()


# Rows -------------------------------------------------------------------------------------------


def test_note_mistakes_refuses_for_others(person: Person) -> None:
    make_quiz.quiz()
    with pytest.raises(Refused):
        note_mistakes(person=person, questions=[Question.objects.get(name="c1-q01").pk], by=make.person())


def test_a_question_stands_once_in_a_recap(person: Person) -> None:
    quiz = make_quiz.quiz()
    question = Question.objects.get(name="c1-q01")
    note_mistakes(person=person, questions=[question.pk, question.pk], by=SYSTEM)
    assert RecapItem.objects.get().due_on == START.date() + timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecapItem.objects.create(person=person, question=question)
    assert Quiz.objects.get() == quiz
