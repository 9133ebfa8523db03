from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.attempt import start_attempt
from lms.people.models import Person
from tests import make_assessments as make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def one(client: Client, attempt_id: int) -> Any:
    return client.get(reverse("assessments:api_attempt", args=[attempt_id]))


def test_attempts_lists_only_her_own(browser: Client, person: Person) -> None:
    quiz = make_quiz.quiz()
    mine = make_quiz.submitted_attempt(quiz, person, right=4)
    make_quiz.submitted_attempt(quiz, make_quiz.learner(), right=5)

    found = browser.get(reverse("assessments:api_attempts")).json()["results"]

    assert [(row["id"], row["percent"], row["passed"], row["receipt"]) for row in found] == [
        (mine.pk, 80, True, mine.receipt)
    ]
    assert found[0]["title"] == {"vi": "Kiểm tra C1", "en": "Quiz C1"}


def test_attempts_cost_the_same_for_one_and_many(
    django_assert_max_num_queries: Any, browser: Client, person: Person
) -> None:
    make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    with django_assert_max_num_queries(4):
        browser.get(reverse("assessments:api_attempts"))


def test_attempt_tells_how_each_question_went_and_no_key(browser: Client, person: Person) -> None:
    attempt = make_quiz.submitted_attempt(make_quiz.quiz(), person, right=4)
    found = one(browser, attempt.pk).json()
    assert [row["percent"] for row in found["questions"]] == [100, 100, 100, 100, 0]
    assert set(found["questions"][0]) == {"position", "outcome", "percent", "is_answered"}


def test_attempt_under_way_tells_nothing_of_its_questions(browser: Client, person: Person) -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=person)
    found = one(browser, attempt.pk).json()
    assert (found["score"], found["passed"], found["questions"]) == (None, None, [])


def test_attempt_of_another_person_is_not_found(browser: Client) -> None:
    other = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())
    assert one(browser, other.pk).status_code == 404


def test_attempts_ask_for_a_sign_in() -> None:
    assert Client().get(reverse("assessments:api_attempts")).status_code in (401, 403)
    assert one(Client(), 1).status_code in (401, 403)
