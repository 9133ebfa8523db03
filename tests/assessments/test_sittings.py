"""Windows, allowances, access codes and supervised sittings, as actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from assessments.actions.access_code import TRIES_A_MINUTE, set_access_code
from assessments.actions.allowance import give_allowance, withdraw_allowance
from assessments.actions.attempt import Saved, save_answer, start_attempt
from assessments.actions.sign_off import confirm_attempts, refuse_attempts
from assessments.actions.submit import submit_attempt, submit_overdue
from assessments.models import Attempt, Quiz, SignOff
from assessments.queries.results import log_of
from assessments.queries.standing import Standing, standing
from courses.models import BlockScore, ModuleCompletion
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as make_quiz
from tests.make_assessments import START, HandClock

pytestmark = pytest.mark.django_db

WINDOW = 'opens="2026-11-21T11:00+07:00" closes="2026-11-21T12:00+07:00" attempts="3" time_limit_minutes="40"'


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    return HandClock(monkeypatch)


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def trainer() -> Person:
    return make_quiz.supervisor()


def refusal_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        action(**arguments)
    return refusal.value.code


def save(attempt: Attempt, chosen: str = "a") -> Any:
    return save_answer(
        attempt_id=attempt.pk,
        position=1,
        chosen=[chosen],
        base_seq=99,
        client_uuid=uuid4(),
        by=attempt.person,
    )


def now_of(quiz: Quiz, person: Person) -> Standing:
    return standing(Quiz.objects.get(pk=quiz.pk), person, at=clock.now())


# The window -------------------------------------------------------------------------------------


def test_a_quiz_says_when_it_opens_and_when_it_closed(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules=WINDOW)
    with pytest.raises(Refused) as early:
        start_attempt(quiz=quiz, by=person)
    assert early.value.code == "not-open-yet"
    assert "11:00" in str(early.value.message)

    time.forward(hours=1)
    assert now_of(quiz, person).refusal is None

    time.forward(hours=1)
    with pytest.raises(Refused) as late:
        start_attempt(quiz=quiz, by=person)
    assert late.value.code == "closed"
    assert "12:00" in str(late.value.message)


def test_an_attempt_ends_when_the_quiz_closes(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules=WINDOW)
    time.forward(hours=1, minutes=30)

    attempt = start_attempt(quiz=quiz, by=person)

    assert attempt.deadline_at == START + timedelta(hours=2)
    time.forward(minutes=31, seconds=1)
    assert submit_overdue(by=SYSTEM) == 1


def test_a_quiz_without_limit_ends_when_it_closes(time: HandClock, person: Person) -> None:
    quiz = make_quiz.quiz(rules='closes="2026-11-21T12:00+07:00"')
    assert start_attempt(quiz=quiz, by=person).deadline_at == START + timedelta(hours=2)


# Allowances -------------------------------------------------------------------------------------


def test_extra_time_moves_the_deadline_of_the_attempt_under_way(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz()
    attempt = start_attempt(quiz=quiz, by=person)
    saved = save(attempt)
    assert isinstance(saved, Saved)
    assert saved.ends_at == START + timedelta(minutes=20)

    give_allowance(quiz=quiz, person=person, extra_minutes=10, reason="Máy hỏng", by=trainer)

    saved = save(attempt, "b")
    assert isinstance(saved, Saved)
    assert saved.ends_at == START + timedelta(minutes=30)
    time.forward(minutes=25)
    assert submit_overdue(by=SYSTEM) == 0
    attempt.refresh_from_db()
    assert [step.position for step in log_of(attempt)] == [1, None, 1]  # the learner reads of it, too
    assert [step.kind for step in attempt.steps.order_by("seq")] == ["answer", "extended", "answer"]


def test_extra_time_in_per_cent_holds_for_the_next_attempt_and_past_the_window(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz(rules=WINDOW)
    give_allowance(quiz=quiz, person=person, extra_percent=50, reason="Khiếm thị", by=trainer)
    time.forward(hours=1, minutes=30)
    assert start_attempt(quiz=quiz, by=person).deadline_at == START + timedelta(hours=2, minutes=20)


def test_an_extra_attempt_is_a_way_on_for_who_has_used_all(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz(rules='attempts="1"')
    make_quiz.submitted_attempt(quiz, person, right=0)
    assert refusal_of(start_attempt, quiz=quiz, by=person) == "no-attempts-left"
    assert now_of(quiz, person).sees_key

    give_allowance(quiz=quiz, person=person, extra_attempts=1, reason="Mất điện", by=trainer)

    now = now_of(quiz, person)
    assert (now.attempts_left, now.attempts_allowed, now.sees_key) == (1, 2, False)
    assert start_attempt(quiz=quiz, by=person).number == 2


def test_start_finds_an_allowance_its_quiz_was_read_before(person: Person, trainer: Person) -> None:
    read_before = make_quiz.quiz(rules='attempts="1"')
    make_quiz.submitted_attempt(read_before, person, right=0)
    quiz = Quiz.objects.get()
    give_allowance(quiz=quiz, person=person, extra_attempts=1, reason="Mất điện", by=trainer)
    assert not read_before.has_allowances
    assert start_attempt(quiz=read_before, by=person).number == 2


def test_the_newest_allowance_counts_and_can_be_taken_back(
    time: HandClock, person: Person, trainer: Person
) -> None:
    quiz = make_quiz.quiz()
    give_allowance(quiz=quiz, person=person, extra_minutes=60, reason="Một", by=trainer)
    give_allowance(quiz=quiz, person=person, extra_minutes=10, reason="Hai", by=trainer)
    attempt = start_attempt(quiz=quiz, by=person)
    assert attempt.deadline_at == START + timedelta(minutes=30)

    withdraw_allowance(quiz=quiz, person=person, reason="Nhầm người", by=trainer)

    assert now_of(quiz, person).allowance is None
    attempt.refresh_from_db()
    assert attempt.deadline_at == START + timedelta(minutes=30)  # what she sits in is not taken away
    kinds = (
        AuditEvent.objects.filter(kind__startswith="allowance").order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["allowance.given", "allowance.given", "allowance.withdrawn"]


def test_give_allowance_refuses(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz()
    granted: dict[str, Any] = {
        "quiz": quiz,
        "person": person,
        "reason": "Vì",
        "by": trainer,
        "extra_minutes": 5,
    }
    assert refusal_of(give_allowance, **granted | {"by": person}) == "not-allowed"
    assert refusal_of(give_allowance, **granted | {"reason": "  "}) == "no-reason"
    assert refusal_of(give_allowance, **granted | {"extra_minutes": 0}) == "nothing-granted"
    assert refusal_of(give_allowance, **granted | {"person": make.person()}) == "not-enrolled"
    make.grant(person, Role.TRAINER)
    learning_trainer = Person.objects.get(pk=person.pk)
    assert refusal_of(give_allowance, **granted | {"by": learning_trainer}) == "not-yourself"
    assert give_allowance(**granted | {"by": make_quiz.supervisor(Role.OFFICE)}).extra_minutes == 5


# The access code --------------------------------------------------------------------------------


def test_the_access_code_is_asked_whatever_its_case_and_spaces(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz()
    set_access_code(quiz=quiz, code=" Hoa  Ban 24 ", by=trainer)
    assert quiz.access_code == "Hoa Ban 24"
    assert now_of(quiz, person).needs_code

    assert refusal_of(start_attempt, quiz=quiz, by=person) == "access-code-missing"
    assert refusal_of(start_attempt, quiz=quiz, by=person, access_code="hoa mai 24") == "access-code-wrong"
    attempt = start_attempt(quiz=quiz, by=person, access_code="HOABAN24")

    assert start_attempt(quiz=quiz, by=person) == attempt  # going on asks no code
    event = AuditEvent.objects.get(kind="quiz.access_code_set")
    assert "Hoa" not in str(event.details)


def test_tries_at_the_access_code_are_counted(time: HandClock, person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz()
    set_access_code(quiz=quiz, code="bốn mùa", by=trainer)
    for _ in range(TRIES_A_MINUTE):
        assert refusal_of(start_attempt, quiz=quiz, by=person, access_code="sai") == "access-code-wrong"

    assert refusal_of(start_attempt, quiz=quiz, by=person, access_code="bốn mùa") == "too-many-tries"

    time.forward(minutes=1)
    assert start_attempt(quiz=quiz, by=person, access_code="BỐN MÙA").number == 1
    cache.clear()


def test_set_access_code_refuses_and_takes_away(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz()
    assert refusal_of(set_access_code, quiz=quiz, code="abcd", by=person) == "not-allowed"
    assert refusal_of(set_access_code, quiz=quiz, code="a b", by=trainer) == "code-length"
    assert refusal_of(set_access_code, quiz=quiz, code="x" * 33, by=trainer) == "code-length"
    set_access_code(quiz=quiz, code="abcd", by=trainer)
    set_access_code(quiz=quiz, code="  ", by=trainer)
    assert start_attempt(quiz=quiz, by=person).number == 1


# Supervised -------------------------------------------------------------------------------------


@pytest.fixture
def waiting(person: Person) -> Attempt:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    return make_quiz.submitted_attempt(quiz, person, right=5)


def test_a_supervised_attempt_counts_only_when_it_is_confirmed(
    person: Person, trainer: Person, waiting: Attempt
) -> None:
    assert (waiting.passed, waiting.counts_as_passed, waiting.sign_off) == (True, False, "waiting")
    assert not BlockScore.objects.exists()
    now = now_of(waiting.quiz, person)
    assert (now.has_passed, now.refusal and now.refusal.code) == (False, "sign-off-waits")

    assert confirm_attempts(attempt_ids=[waiting.pk], place="Phòng họp UBND xã", by=trainer) == 1
    assert confirm_attempts(attempt_ids=[waiting.pk], place="Phòng họp UBND xã", by=trainer) == 0

    score = BlockScore.objects.get()
    assert (score.person, score.passed) == (person, True)
    assert ModuleCompletion.objects.filter(person=person).exists()
    assert now_of(waiting.quiz, person).has_passed
    assert SignOff.objects.get().place == "Phòng họp UBND xã"


def test_a_refused_attempt_does_not_count_until_somebody_confirms_it_after_all(
    person: Person, trainer: Person, waiting: Attempt
) -> None:
    assert refuse_attempts(attempt_ids=[waiting.pk], reason="Không thấy trong phòng", by=trainer) == 1
    assert not BlockScore.objects.exists()
    assert now_of(waiting.quiz, person).refusal is None  # she may try again
    assert confirm_attempts(attempt_ids=[waiting.pk], place="Phòng 2", by=trainer) == 1
    assert BlockScore.objects.get().passed
    assert refuse_attempts(attempt_ids=[waiting.pk], reason="Đổi ý", by=trainer) == 0


def test_sign_off_refuses(person: Person, trainer: Person, waiting: Attempt) -> None:
    ids = [waiting.pk]
    assert refusal_of(confirm_attempts, attempt_ids=ids, place="Đây", by=person) == "not-allowed"
    assert refusal_of(confirm_attempts, attempt_ids=ids, place=" ", by=trainer) == "no-place"
    assert refusal_of(refuse_attempts, attempt_ids=ids, reason=" ", by=trainer) == "no-reason"
    make.grant(person, Role.TRAINER)
    herself = Person.objects.get(pk=person.pk)
    assert refusal_of(confirm_attempts, attempt_ids=ids, place="Đây", by=herself) == "not-yourself"


def test_an_attempt_under_way_cannot_be_confirmed(person: Person, trainer: Person) -> None:
    quiz = make_quiz.quiz(rules='attempts="3" supervised="true"')
    attempt = start_attempt(quiz=quiz, by=person)
    assert confirm_attempts(attempt_ids=[attempt.pk], place="Đây", by=trainer) == 0
    assert submit_attempt(attempt_id=attempt.pk, by=person).sign_off == "waiting"
