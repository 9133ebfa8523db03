"""The pages of those who run sittings, and what learners see of windows, codes and confirmation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.access_code import set_access_code
from assessments.actions.allowance import give_allowance
from assessments.actions.attempt import start_attempt
from assessments.actions.sign_off import refuse_attempts
from assessments.models import Allowance, Attempt, Quiz
from lms.people.models import Person, Role
from tests import make
from tests import make_assessments as make_quiz
from tests.make_assessments import QUIZ_KEY, HandClock

pytestmark = pytest.mark.django_db

AFTER_CLOSE = 'attempts="3" closes="2026-11-21T12:00+07:00" review="after-close"'


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    return HandClock(monkeypatch)


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def trainer() -> Person:
    return make_quiz.supervisor()


def of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def page(name: str, *arguments: Any) -> str:
    return reverse(f"assessments:{name}", args=arguments)


SITTING = ("sitting", "C1", QUIZ_KEY)


def shown(client: Client, *address: Any) -> str:
    response = client.get(page(*address))
    assert response.status_code == 200
    return str(response.content.decode())


# What learners see ------------------------------------------------------------------------------


def test_the_quiz_page_says_when_it_opens(time: HandClock, person: Person) -> None:
    make_quiz.quiz(rules='opens="2026-11-21T11:00+07:00" closes="2026-11-21T12:00+07:00"')
    words = shown(of(person), "quiz", QUIZ_KEY)
    assert "11:00" in words
    assert "12:00" in words
    assert page("start", QUIZ_KEY) not in words

    time.forward(hours=1)
    assert page("start", QUIZ_KEY) in shown(of(person), "quiz", QUIZ_KEY)


def test_the_quiz_page_asks_for_the_access_code(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz()
    set_access_code(quiz=quiz, code="Hoa Ban", by=trainer)
    browser = of(person)
    words = shown(browser, "quiz", QUIZ_KEY)
    assert 'name="code"' in words
    assert "Hoa Ban" not in words

    wrong = browser.post(page("start", QUIZ_KEY), {"code": "sai"}, follow=True)
    assert not Attempt.objects.exists()
    assert wrong.redirect_chain[0][0] == page("quiz", QUIZ_KEY)

    browser.post(page("start", QUIZ_KEY), {"code": "hoaban"})
    assert Attempt.objects.get().person == person


def test_a_window_of_days_shows_its_end_and_no_ticking_clock(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules='closes="2026-11-30T12:00+07:00"')
    attempt = start_attempt(quiz=quiz, by=person)
    assert "<quiz-timer" not in shown(of(person), "question", attempt.pk, 1)
    time.forward(days=9)
    assert "<quiz-timer" in shown(of(person), "question", attempt.pk, 1)


def test_marks_and_key_wait_until_the_quiz_has_closed(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules=AFTER_CLOSE)
    mine = make_quiz.submitted_attempt(quiz, person, right=4)
    browser = of(person)
    words = shown(browser, "result", mine.pk)
    assert "80%" in words
    assert "Why a" not in words
    assert "Explanation" not in words
    assert browser.get(page("api_attempt", mine.pk)).json()["questions"] == []

    time.forward(hours=2)
    words = shown(browser, "result", mine.pk)
    assert "Why a" in words
    assert "Explanation" in words
    assert len(browser.get(page("api_attempt", mine.pk)).json()["questions"]) == 5


def test_the_key_waits_for_whoever_has_extra_time(time: HandClock, person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz(rules=AFTER_CLOSE)
    mine = make_quiz.submitted_attempt(quiz, person, right=4)
    slow = make_quiz.learner()
    give_allowance(quiz=quiz, person=slow, extra_minutes=30, reason="Khiếm thị", by=trainer)
    start_attempt(quiz=Quiz.objects.get(), by=slow)

    time.forward(hours=2, minutes=10)

    assert "Why a" not in shown(of(person), "result", mine.pk)


def test_never_key_shows_marks_and_own_reasons_only(person: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="1" review="never-key"')
    mine = make_quiz.submitted_attempt(quiz, person, right=0)
    words = shown(of(person), "result", mine.pk)
    assert "Why a" in words
    assert "Right answer<" not in words
    assert "Explanation" not in words


def test_the_last_attempt_cannot_look_up_the_answers_of_the_one_before(person: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="2"')
    first = make_quiz.submitted_attempt(quiz, person, right=0)
    start_attempt(quiz=quiz, by=person)
    assert "Explanation" not in shown(of(person), "result", first.pk)


def test_the_result_awaits_the_supervisor(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    mine = make_quiz.submitted_attempt(quiz, person, right=5)
    browser = of(person)
    assert shown(browser, "result", mine.pk).count("Waits for the supervisor") == 1
    assert "Waits for the supervisor" in shown(browser, "quiz", QUIZ_KEY)
    assert browser.get(page("api_attempt", mine.pk)).json()["sign_off"] == "waiting"

    refuse_attempts(attempt_ids=[mine.pk], reason="Ngồi sai phòng", by=trainer)
    assert "Ngồi sai phòng" in shown(browser, "result", mine.pk)


# Those who run sittings -------------------------------------------------------------------------


def test_the_page_lists_who_waits_today_and_confirms_them(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    mine = make_quiz.submitted_attempt(quiz, person, right=5)
    browser = of(trainer)
    assert mine.receipt in shown(browser, "sittings")

    without_place = browser.post(page("sign_off"), {"attempt": mine.pk, "do": "confirm"}, follow=True)
    assert mine.receipt in without_place.content.decode()
    said = browser.post(
        page("sign_off"), {"attempt": mine.pk, "do": "confirm", "place": "Phòng họp"}, follow=True
    )
    assert mine.receipt not in said.content.decode()
    mine.refresh_from_db()
    assert mine.sign_off == "confirmed"


def test_attempts_of_another_day_are_found_by_their_day(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    mine = make_quiz.submitted_attempt(quiz, person, right=5)
    time.forward(days=1)
    words = shown(of(trainer), "sittings")
    assert mine.receipt not in words
    assert "?day=2026-11-21" in words
    assert mine.receipt in of(trainer).get(page("sittings"), {"day": "2026-11-21"}).content.decode()
    assert of(trainer).get(page("sittings"), {"day": "soon"}).status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"attempt": "x"}, {"attempt": str(2**64)}, {"do": "refuse", "attempt": "1"}]
)
def test_sign_off_of_nothing_changes_nothing(trainer: Person, sent: dict[str, str]) -> None:
    assert of(trainer).post(page("sign_off"), sent).status_code == 302


def test_who_used_all_attempts_is_offered_first_and_granted_one_more(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="1"')
    make_quiz.submitted_attempt(quiz, person, right=0)
    passed = make_quiz.learner()
    make_quiz.submitted_attempt(quiz, passed, right=5)
    browser = of(trainer)
    found = browser.get(page(*SITTING)).context["candidates"]
    assert [one.person for one in found] == [person]

    sent = {"do": "give", "person": person.pk, "extra_attempts": "1", "reason": "Mất điện"}
    assert browser.post(page(*SITTING), sent).status_code == 302

    assert "Mất điện" in shown(browser, *SITTING)
    assert page("start", QUIZ_KEY) in shown(of(person), "quiz", QUIZ_KEY)
    back = {"do": "withdraw", "person": person.pk, "reason": "Nhầm"}
    assert browser.post(page(*SITTING), back).status_code == 302
    assert "Mất điện" not in shown(browser, *SITTING)


def test_a_person_is_found_by_name_without_accents(trainer: Person) -> None:
    make_quiz.quiz()
    wanted = make_quiz.learner()
    Person.objects.filter(pk=wanted.pk).update(full_name="Lò Thị Páo", search_key="lo thi pao")
    make.person("Lò Văn Páo")  # takes no programme
    found = of(trainer).get(page(*SITTING), {"q": "páo lò"}).context["candidates"]
    assert [one.person.pk for one in found] == [wanted.pk]


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "give", "person": "0", "extra_attempts": "1", "reason": "Vì"},
        {"do": "give", "person": "", "extra_attempts": "1", "reason": "Vì"},
        {"do": "give", "extra_minutes": "9999", "reason": "Vì"},
        {"do": "withdraw", "person": "7", "reason": "Vì"},
        {"do": "code", "code": "ab"},
    ],
)
def test_the_sitting_page_says_what_is_wrong(trainer: Person, sent: dict[str, str]) -> None:
    make_quiz.quiz()
    assert of(trainer).post(page(*SITTING), sent).status_code == 400
    assert not Allowance.objects.exists()


def test_the_sitting_page_sets_the_code_and_is_reached_from_the_studio(trainer: Person) -> None:
    make_quiz.quiz()
    browser = of(trainer)
    assert browser.post(page(*SITTING), {"do": "code", "code": "Hoa Ban"}).status_code == 302
    assert 'value="Hoa Ban"' in shown(browser, *SITTING)
    assert page(*SITTING) in shown(browser, "quiz_editor", "C1", QUIZ_KEY)
    assert page("sittings") in browser.get("/").content.decode()


def test_pages_of_sittings_cost_the_same_however_many_wait(
    django_assert_max_num_queries: Any, trainer: Person
) -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    for _ in range(4):
        one = make_quiz.learner()
        make_quiz.submitted_attempt(quiz, one, right=5)
        give_allowance(quiz=quiz, person=one, extra_minutes=5, reason="Vì", by=trainer)
    browser = of(trainer)
    shown(browser, "sittings")
    with django_assert_max_num_queries(7):
        shown(browser, "sittings")
    with django_assert_max_num_queries(7):
        shown(browser, *SITTING)


def test_the_office_runs_sittings_a_reviewer_does_not() -> None:
    make_quiz.quiz()
    assert of(make_quiz.supervisor(Role.OFFICE)).get(page(*SITTING)).status_code == 200
    assert of(make_quiz.supervisor(Role.REVIEWER)).get(page(*SITTING)).status_code == 403
