"""The pages, as a browser without JavaScript uses them, and the autosave."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.attempt import start_attempt
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, AttemptState, Quiz, Step
from assessments.queries.attempts import Answer
from lms.people.models import Person
from lms.shared import clock
from tests import make
from tests import make_assessments as make_quiz

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 10, 0, tzinfo=clock.HO_CHI_MINH)


@pytest.fixture
def quiz() -> Quiz:
    return make_quiz.quiz()


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def attempt(quiz: Quiz, person: Person) -> Attempt:
    return start_attempt(quiz=quiz, by=person)


def page(name: str, *arguments: Any) -> str:
    return reverse(f"assessments:{name}", args=arguments)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def autosave(client: Client, attempt: Attempt, **body: Any) -> Any:
    body = {"uuid": str(uuid4()), "base_seq": 0, "slot": 1, "answer": {"chosen": ["a"]}, **body}
    return client.post(page("save", attempt.pk), json.dumps(body), content_type="application/json")


def move_clock(monkeypatch: pytest.MonkeyPatch, **delta: float) -> None:
    moved = clock.now() + timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: moved)


@contextmanager
def eight_queries_at_most() -> Iterator[None]:
    """With empty caches; begin, commit and savepoints read and write no table."""
    with CaptureQueriesContext(connection) as captured:
        yield
    queries = [one["sql"] for one in captured.captured_queries]
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    asked = [sql for sql in queries if not sql.startswith(control)]
    assert len(asked) <= 8, "\n".join(asked)


# Start page


def test_quiz_page_states_the_rules_and_has_one_button(browser: Client, quiz: Quiz) -> None:
    response = browser.get(page("quiz", quiz.usage_key))
    assert response.status_code == 200
    assert text_of(response).count('class="btn"') == 1
    assert "80%" in text_of(response)


def test_quiz_page_of_an_unpublished_quiz_is_not_found(browser: Client, quiz: Quiz) -> None:
    Quiz.objects.update(current=None)
    assert browser.get(page("quiz", quiz.usage_key)).status_code == 404


def test_quiz_page_shows_when_the_next_attempt_opens(
    browser: Client, quiz: Quiz, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: START)
    make_quiz.submitted_attempt(quiz, person, right=0)
    found = text_of(browser.get(page("quiz", quiz.usage_key)))
    assert "10:00 22/11/2026" in found
    assert 'class="btn"' not in found


def test_quiz_page_offers_to_go_on_with_the_open_attempt(browser: Client, attempt: Attempt) -> None:
    make_quiz.answer_all(attempt, right=5)
    found = text_of(browser.get(page("quiz", attempt.quiz.usage_key)))
    assert f'href="{page("question", attempt.pk, 1)}"' in found


def test_quiz_page_submits_an_overdue_attempt(
    browser: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_clock(monkeypatch, hours=1)
    browser.get(page("quiz", attempt.quiz.usage_key))
    assert Attempt.objects.get().state == AttemptState.SUBMITTED


def test_quiz_page_of_practice_leads_to_its_unit(browser: Client) -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(1), kind="practice", rules=""))
    assert browser.get(page("quiz", Quiz.objects.get().usage_key)).status_code == 302


def test_start_leads_to_the_first_question(browser: Client, quiz: Quiz) -> None:
    response = browser.post(page("start", quiz.usage_key))
    assert response["Location"] == page("question", Attempt.objects.get().pk, 1)


def test_start_refused_says_why_on_the_start_page(browser: Client, quiz: Quiz, person: Person) -> None:
    make_quiz.submitted_attempt(quiz, person, right=5)
    response = browser.post(page("start", quiz.usage_key), follow=True)
    assert response.redirect_chain == [(page("quiz", quiz.usage_key), 302)]
    assert Attempt.objects.count() == 1


# Question page


def form(attempt: Attempt, position: Any = 1, **fields: Any) -> dict[str, Any]:
    return {f"slot-{position}": "a", "base_seq": "0", "uuid": str(uuid4()), **fields}


def test_question_page_has_the_question_as_its_heading(browser: Client, attempt: Attempt) -> None:
    found = text_of(browser.get(page("question", attempt.pk, 2)))
    assert "<h1>Câu hỏi c1-q02?</h1>" in found
    assert found.count('type="radio"') == 3
    assert "correct" not in found


def test_question_page_shows_the_saved_answer(browser: Client, attempt: Attempt) -> None:
    browser.post(page("question", attempt.pk, 1), form(attempt, flag="1"))
    found = text_of(browser.get(page("question", attempt.pk, 1)))
    assert 'value="a" checked' in found
    assert 'name="flag" value="1" data-flag="1" checked' in found


def test_question_form_saves_and_goes_on(browser: Client, attempt: Attempt) -> None:
    response = browser.post(page("question", attempt.pk, 1), form(attempt))
    assert response["Location"] == page("question", attempt.pk, 2)
    attempt.refresh_from_db()
    assert Answer.of(attempt, 1).chosen == ("a",)


def test_question_form_sent_twice_saves_once(browser: Client, attempt: Attempt) -> None:
    fields = form(attempt)
    for _ in range(2):
        assert browser.post(page("question", attempt.pk, 1), fields).status_code == 302
    assert Step.objects.count() == 1


def test_question_after_the_last_one_is_the_look_back(browser: Client, attempt: Attempt) -> None:
    response = browser.get(page("question", attempt.pk, 6))
    assert response["Location"] == page("review", attempt.pk)


def test_question_form_of_a_stale_tab_keeps_both_answers_on_the_page(
    browser: Client, attempt: Attempt
) -> None:
    browser.post(page("question", attempt.pk, 1), form(attempt))
    response = browser.post(page("question", attempt.pk, 1), form(attempt, **{"slot-1": "b"}))

    found = text_of(response)
    assert response.status_code == 409
    assert "“Lựa chọn a”" in found
    assert 'value="b" checked' in found
    assert 'name="base_seq" value="1"' in found
    attempt.refresh_from_db()
    assert Answer.of(attempt, 1).chosen == ("a",)


def test_question_form_with_an_impossible_answer_is_shown_again(browser: Client, attempt: Attempt) -> None:
    response = browser.post(page("question", attempt.pk, 1), form(attempt, **{"slot-1": "z"}))
    assert response.status_code == 422


def test_question_form_after_the_end_leads_to_the_result(
    browser: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_clock(monkeypatch, minutes=22)
    response = browser.post(page("question", attempt.pk, 1), form(attempt))
    assert response["Location"] == page("result", attempt.pk)
    assert Attempt.objects.get().submitted_by_clock is True


def test_timer_at_zero_hands_in(browser: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, minutes=20, seconds=1)
    response = browser.post(page("question", attempt.pk, 1), form(attempt, time_is_up="1"))

    assert response["Location"] == page("result", attempt.pk)
    assert Answer.of(Attempt.objects.get(), 1).chosen == ("a",)


def test_a_clock_moved_forward_in_the_browser_ends_nothing(browser: Client, attempt: Attempt) -> None:
    response = browser.post(page("question", attempt.pk, 1), form(attempt, time_is_up="1"))
    assert response["Location"] == page("question", attempt.pk, 1)
    assert Attempt.objects.get().state == AttemptState.OPEN


def test_question_page_costs_the_same_for_few_and_many_questions(browser: Client, person: Person) -> None:
    for number in (3, 30):
        Attempt.objects.update(number=9)
        make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(number), url_name=f"c1-quiz-{number}"))
        quiz = Quiz.objects.get(usage_key__endswith=f"c1-quiz-{number}")
        attempt = start_attempt(quiz=quiz, by=person)
        with eight_queries_at_most():
            assert browser.get(page("question", attempt.pk, 2)).status_code == 200
        with eight_queries_at_most():
            assert browser.post(page("question", attempt.pk, 2), form(attempt, 2)).status_code == 302


# Autosave


def test_autosave_answers_with_the_number_of_the_step(browser: Client, attempt: Attempt) -> None:
    response = autosave(browser, attempt)
    assert response.status_code == 200
    assert response.json()["seq"] == 1
    assert datetime.fromisoformat(response.json()["saved_at"]).tzinfo is not None


def test_autosave_costs_eight_queries_at_most(browser: Client, attempt: Attempt) -> None:
    with eight_queries_at_most():
        autosave(browser, attempt)


def test_autosave_repeated_gives_the_same_answer(browser: Client, attempt: Attempt) -> None:
    uuid = str(uuid4())
    first = autosave(browser, attempt, uuid=uuid).json()
    assert autosave(browser, attempt, uuid=uuid).json() == first


def test_autosave_of_a_stale_tab_is_a_conflict_with_the_newer_answer(
    browser: Client, attempt: Attempt
) -> None:
    autosave(browser, attempt)
    response = autosave(browser, attempt, answer={"chosen": ["b"]})
    assert response.status_code == 409
    assert {key: response.json()[key] for key in ("code", "seq", "answer")} == {
        "code": "newer-answer",
        "seq": 1,
        "answer": {"chosen": ["a"]},
    }


def test_autosave_of_a_mark(browser: Client, attempt: Attempt) -> None:
    body = {"uuid": str(uuid4()), "base_seq": 0, "slot": 1, "flagged": True}
    response = browser.post(page("save", attempt.pk), json.dumps(body), content_type="application/json")
    assert response.status_code == 200
    attempt.refresh_from_db()
    assert Answer.of(attempt, 1).is_flagged


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"slot": 99}, 404, "not-found"),
        ({"slot": "1"}, 400, "misshapen"),
        ({"slot": True}, 400, "misshapen"),
        ({"base_seq": -1}, 400, "misshapen"),
        ({"uuid": "none"}, 400, "misshapen"),
        ({"answer": "a"}, 400, "misshapen"),
        ({"answer": {"chosen": [1]}}, 400, "misshapen"),
        ({"answer": {"chosen": ["z"]}}, 422, "unknown-option"),
    ],
)
def test_autosave_refuses_with_a_code(
    browser: Client, attempt: Attempt, body: dict[str, Any], status: int, code: str
) -> None:
    response = autosave(browser, attempt, **body)
    assert (response.status_code, response.json()["code"]) == (status, code)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff"])
def test_autosave_refuses_what_is_not_an_object(browser: Client, attempt: Attempt, body: bytes) -> None:
    response = browser.post(page("save", attempt.pk), body, content_type="application/json")
    assert response.status_code == 400


def test_autosave_without_a_sign_in_says_so(attempt: Attempt) -> None:
    assert autosave(Client(), attempt).status_code == 401


def test_autosave_after_the_end_closes_the_attempt(
    browser: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_clock(monkeypatch, minutes=22)
    response = autosave(browser, attempt)
    assert (response.status_code, response.json()["code"]) == (422, "time-is-up")
    assert Attempt.objects.get().state == AttemptState.SUBMITTED


# Looking back, handing in, result


def test_review_names_what_is_unanswered(browser: Client, attempt: Attempt) -> None:
    autosave(browser, attempt, slot=2)
    found = text_of(browser.get(page("review", attempt.pk)))
    assert f'href="{page("question", attempt.pk, 1)}"' in found
    assert found.count("Lựa chọn a") == 1


def test_submit_twice_leads_to_one_result(browser: Client, attempt: Attempt) -> None:
    for _ in range(2):
        assert browser.post(page("submit", attempt.pk))["Location"] == page("result", attempt.pk)
    assert Step.objects.filter(kind="submit").count() == 1


@pytest.mark.parametrize("name", ["review", "question"])
def test_pages_of_a_submitted_attempt_lead_to_its_result(
    browser: Client, attempt: Attempt, name: str
) -> None:
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    arguments = (attempt.pk, 1) if name == "question" else (attempt.pk,)
    assert browser.get(page(name, *arguments))["Location"] == page("result", attempt.pk)


def test_result_of_an_open_attempt_leads_back_to_the_questions(browser: Client, attempt: Attempt) -> None:
    assert browser.get(page("result", attempt.pk))["Location"] == page("question", attempt.pk, 1)


def result_of(browser: Client, attempt: Attempt, *, right: int, show: str = "all") -> str:
    make_quiz.answer_all(attempt, right=right)
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    response = browser.get(page("result", attempt.pk), {"show": show})
    assert response.status_code == 200
    return text_of(response)


def test_result_not_passed_keeps_the_key_closed(browser: Client, attempt: Attempt) -> None:
    found = result_of(browser, attempt, right=3)
    assert "60%" in found
    assert "Vì sao a" in found  # she chose a in two questions
    assert found.count('class="ex-right"') == 0
    assert "Giải thích" not in found


def test_result_passed_opens_the_key(browser: Client, attempt: Attempt) -> None:
    found = result_of(browser, attempt, right=4)
    assert found.count('class="ex-right"') == 1
    assert found.count("Giải thích c1-q0") == 5


def test_result_with_no_attempts_left_opens_the_key(
    browser: Client, quiz: Quiz, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        make_quiz.submitted_attempt(quiz, person, right=0)
        move_clock(monkeypatch, hours=24)
    found = result_of(browser, start_attempt(quiz=quiz, by=person), right=0)
    assert found.count('class="ex-right"') == 5


def test_result_shows_first_what_was_not_right(browser: Client, attempt: Attempt) -> None:
    found = result_of(browser, attempt, right=4, show="")
    assert found.count("<h3>") == 1


def test_result_shows_the_log_and_the_receipt(browser: Client, attempt: Attempt) -> None:
    found = result_of(browser, attempt, right=4)
    attempt.refresh_from_db()
    assert attempt.receipt in found
    assert found.count("<tr>") == 1 + 1 + 5 + 1


def test_result_survives_the_quiz_being_taken_out(browser: Client, attempt: Attempt) -> None:
    make_quiz.publish(make_quiz.bank_olx(*make_quiz.questions(5)))
    assert "100%" in result_of(browser, attempt, right=5)


# Other people


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["question", "save", "review", "submit", "result"])
def test_attempts_of_others_are_not_found(quiz: Quiz, browser: Client, name: str, method: str) -> None:
    other = start_attempt(quiz=quiz, by=make_quiz.learner())
    arguments = (other.pk, 1) if name == "question" else (other.pk,)
    if name == "save":
        assert autosave(browser, other).status_code == 404
        return
    response = getattr(browser, method)(page(name, *arguments))
    allowed = {"question": ("get", "post"), "submit": ("post",)}.get(name, ("get",))
    assert response.status_code == (404 if method in allowed else 405)


def test_trainers_have_no_way_into_attempts_either(attempt: Attempt) -> None:
    trainer = make.person()
    make.grant(trainer)
    client = Client()
    client.force_login(trainer)
    assert client.get(page("result", attempt.pk)).status_code == 404


@pytest.mark.parametrize("name", ["quiz", "question", "review", "result"])
def test_pages_ask_for_a_sign_in(attempt: Attempt, name: str) -> None:
    arguments = {"quiz": (attempt.quiz.usage_key,), "question": (attempt.pk, 1)}.get(name, (attempt.pk,))
    response = Client().get(page(name, *arguments))
    assert response["Location"].startswith(reverse("account_login"))
