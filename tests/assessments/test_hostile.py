"""What may go wrong in an exam, by malice or by bad luck: nothing of an answer is lost or let through."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import attempt as attempt_actions
from assessments.actions.attempt import start_attempt
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, Marking, Quiz, Step
from assessments.queries.attempts import Answer
from assessments.signals import attempt_submitted
from lms.people.models import Person
from lms.shared.one_trip import Statement, together
from tests import make_assessments as make_quiz
from tests.make_assessments import START, HandClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    return HandClock(monkeypatch)


@pytest.fixture
def attempt(time: HandClock) -> Attempt:
    return start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())


def of(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def send(client: Client, attempt: Attempt, **body: Any) -> Any:
    body = {"uuid": str(uuid4()), "base_seq": 0, "slot": 1, "answer": {"chosen": ["a"]}, **body}
    url = reverse("assessments:save", args=[attempt.pk])
    return client.post(url, json.dumps(body), content_type="application/json")


def answer(attempt: Attempt, position: int = 1) -> tuple[str, ...]:
    attempt.refresh_from_db()
    return Answer.of(attempt, position).chosen


def test_another_person_s_attempt_is_not_found_and_not_changed(attempt: Attempt) -> None:
    stranger = of(make_quiz.learner())
    assert send(stranger, attempt).status_code == 404
    form = reverse("assessments:question", args=[attempt.pk, 1])
    assert stranger.post(form, {"slot-1": "a"}).status_code == 404
    assert stranger.post(reverse("assessments:submit", args=[attempt.pk])).status_code == 404
    assert not Step.objects.exists()


def test_an_answer_to_a_question_the_attempt_does_not_ask_is_not_found(attempt: Attempt) -> None:
    assert send(of(attempt.person), attempt, slot=6).status_code == 404
    assert send(of(attempt.person), attempt, slot=0).status_code == 404


def test_an_option_of_another_question_is_refused(attempt: Attempt) -> None:
    response = send(of(attempt.person), attempt, answer={"chosen": ["true"]})
    assert (response.status_code, response.json()["code"]) == (422, "unknown-option")


def test_a_uuid_of_another_question_is_refused(attempt: Attempt) -> None:
    client, uuid = of(attempt.person), str(uuid4())
    assert send(client, attempt, uuid=uuid).status_code == 200
    response = send(client, attempt, uuid=uuid, slot=2)
    assert (response.status_code, response.json()["code"]) == (422, "uuid-reused")


def test_the_same_request_twice_is_one_step_with_one_answer(attempt: Attempt) -> None:
    client, uuid = of(attempt.person), str(uuid4())
    first, again = (send(client, attempt, uuid=uuid).json() for _ in range(2))
    assert first["seq"] == again["seq"] == Step.objects.get().seq
    assert answer(attempt) == ("a",)


def test_requests_that_arrive_in_another_order_lose_nothing(attempt: Attempt) -> None:
    """The older answer arrives last: it is told that there is a newer one, and neither is lost."""
    client = of(attempt.person)
    newer = send(client, attempt, answer={"chosen": ["b"]})
    older = send(client, attempt, answer={"chosen": ["a"]})
    assert (newer.status_code, older.status_code) == (200, 409)
    assert older.json()["answer"] == {"chosen": ["b"]}
    assert answer(attempt) == ("b",)


@pytest.mark.parametrize(
    ("seconds", "status"), [(20 * 60, 200), (20 * 60 + 60, 200), (20 * 60 + 61, 422), (86_400, 422)]
)
def test_after_the_deadline_only_the_minute_of_grace_takes_answers(
    attempt: Attempt, time: HandClock, seconds: int, status: int
) -> None:
    time.forward(seconds=seconds)
    assert send(of(attempt.person), attempt).status_code == status


@pytest.mark.parametrize("claimed", ["1999-01-01T00:00:00Z", "2030-01-01T00:00:00Z"])
def test_the_client_s_clock_is_nobody_s_business(attempt: Attempt, time: HandClock, claimed: str) -> None:
    """Whatever time a device claims: the server stores its own, and ends the attempt by it."""
    client = of(attempt.person)
    time.forward(minutes=5)
    send(client, attempt, at=claimed, saved_at=claimed, ends_at=claimed)
    assert Step.objects.get().at == START + timedelta(minutes=5)
    attempt.refresh_from_db()
    assert attempt.deadline_at == START + timedelta(minutes=20)
    form = reverse("assessments:question", args=[attempt.pk, 1])
    client.post(form, {"slot-1": "b", "time_is_up": "1"})  # its countdown ran ahead
    attempt.refresh_from_db()
    assert attempt.state == "open"


def test_an_essay_of_a_megabyte_is_refused_in_words(attempt: Attempt) -> None:
    send(of(attempt.person), attempt)
    response = send(of(attempt.person), attempt, base_seq=1, answer={"chosen": ["x" * 1_000_000]})
    assert (response.status_code, response.json()["code"]) == (413, "too-long")
    assert "too long" in response.json()["message"]
    assert answer(attempt) == ("a",)


def test_a_request_larger_than_the_server_takes_is_refused_in_words(attempt: Attempt) -> None:
    response = send(of(attempt.person), attempt, answer={"chosen": ["x" * 3_000_000]})
    assert (response.status_code, response.json()["code"]) == (413, "too-long")


def test_an_essay_of_a_megabyte_in_the_form_comes_back_with_what_was_typed() -> None:
    essay = (
        '<question name="c1-e01" type="essay" outcome="C1.1"><stem lang="vi">Viết</stem>'
        '<explanation lang="vi">G</explanation><criterion name="c"><title lang="vi">Ý</title>'
        '<level name="0" points="0"><title lang="vi">Yếu</title></level>'
        '<level name="2" points="2"><title lang="vi">Tốt</title></level></criterion>'
        '<cite source="S3" lines="1"/></question>'
    )
    make_quiz.publish(make_quiz.quiz_olx(essay, kind="module"))
    person = make_quiz.learner()
    attempt = start_attempt(quiz=Quiz.objects.get(), by=person)
    typed = "Bài viết " * 100_000

    response = of(person).post(reverse("assessments:question", args=[attempt.pk, 1]), {"slot-1": typed})

    assert response.status_code == 422
    assert typed.strip() in response.content.decode()
    assert not Step.objects.exists()


def test_a_worker_killed_between_step_and_commit_leaves_nothing_and_the_resend_is_kept(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, uuid = of(attempt.person), str(uuid4())

    def killed(*statements: Statement[Any]) -> tuple[Any, ...]:
        done = together(*statements)
        if statements[0].sql.startswith("INSERT"):
            raise SystemExit  # the step is written, the transaction not committed
        return done

    with monkeypatch.context() as broken:
        broken.setattr(attempt_actions, "together", killed)
        with pytest.raises(SystemExit):
            send(client, attempt, uuid=uuid)
    assert (Step.objects.count(), answer(attempt)) == (0, ())

    assert send(client, attempt, uuid=uuid).json()["seq"] == 1
    assert answer(attempt) == ("a",)


def test_a_worker_killed_while_marking_leaves_the_attempt_open_and_whole(attempt: Attempt) -> None:
    make_quiz.answer_all(attempt, right=5)

    def killed(**_: Any) -> None:
        raise SystemExit

    attempt_submitted.connect(killed)
    try:
        with pytest.raises(SystemExit):
            submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    finally:
        attempt_submitted.disconnect(killed)
    attempt.refresh_from_db()
    assert (attempt.state, Marking.objects.count(), Step.objects.count()) == ("open", 0, 5)

    assert submit_attempt(attempt_id=attempt.pk, by=attempt.person).percent == 100


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"1", b"\xff\xfe", b'{"slot": 1}', b'{"uuid": "x", "slot": 1}'],
)
def test_a_body_that_is_no_save_is_refused(attempt: Attempt, body: bytes) -> None:
    url = reverse("assessments:save", args=[attempt.pk])
    response = of(attempt.person).post(url, body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "misshapen")
