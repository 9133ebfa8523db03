from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.actions.attempt import Conflict, Saved, save_answer, start_attempt
from assessments.actions.submit import submit_attempt, submit_if_overdue, submit_overdue
from assessments.drawing import draw
from assessments.models import Attempt, AttemptState, Marking, Question, Quiz, Slot, Step
from assessments.queries.attempts import Answer
from assessments.queries.bank import candidates
from assessments.signals import attempt_submitted
from courses.models import BlockScore, ModuleCompletion, Programme
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests import make_assessments as make_quiz

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 10, 0, tzinfo=clock.HO_CHI_MINH)


class Clock:
    """The server's clock in a test's hand."""

    def __init__(self) -> None:
        self.now = START

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hand = Clock()
    monkeypatch.setattr(clock, "now", lambda: hand.now)
    return hand


def refusal_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        action(**arguments)
    return refusal.value.code


def save(
    attempt: Attempt,
    position: int,
    chosen: str | None,
    base_seq: int = 0,
    uuid: UUID | None = None,
    **more: Any,
) -> Saved | Conflict:
    return save_answer(
        attempt_id=attempt.pk,
        position=position,
        chosen=None if chosen is None else list(chosen),
        base_seq=base_seq,
        client_uuid=uuid or uuid4(),
        by=more.pop("by", attempt.person),
        **more,
    )


def answer(attempt: Attempt, position: int) -> tuple[str, ...]:
    attempt.refresh_from_db()
    return Answer.of(attempt, position).chosen


# Starting


def test_start_attempt_draws_and_sets_the_deadline_on_the_server(time: Clock) -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()

    attempt = start_attempt(quiz=quiz, by=person)

    assert (attempt.number, attempt.state, attempt.number_of_questions) == (1, "open", 5)
    assert attempt.deadline_at == START + timedelta(minutes=20)
    slots = list(attempt.slots.order_by("position").select_related("question_version__question"))
    assert [slot.question_version.question.name for slot in slots] == [f"c1-q0{n}" for n in range(1, 6)]
    assert [sorted(slot.option_order) for slot in slots] == [["a", "b", "c"]] * 5
    assert [event.kind for event in AuditEvent.objects.filter(kind__startswith="attempt")] == [
        "attempt.started"
    ]


def test_start_attempt_twice_returns_the_open_one() -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    assert start_attempt(quiz=quiz, by=person) == start_attempt(quiz=quiz, by=person)
    assert Attempt.objects.count() == 1


def test_start_attempt_draws_an_exam_from_pools_that_can_be_drawn_again_from_its_seed() -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(8)))
    exam = exam_quiz()
    person = make_quiz.learner()
    finish_c1(person)

    attempt = start_attempt(quiz=exam, by=person)

    drawn = list(attempt.slots.order_by("position").values_list("question_version_id", flat=True))
    assert len(set(drawn)) == 4
    slots = attempt.version.slots
    assert drawn == draw(slots, candidates(slots), attempt.seed)


def exam_quiz() -> Quiz:
    make_quiz.publish(
        make_quiz.quiz_olx('<pool outcome="C1" count="4"/>', kind="final", url_name="gx-quiz"),
        module_code="GX",
    )
    return Quiz.objects.select_related("current").get(module__code="GX")


def finish_c1(person: Person) -> None:
    ModuleCompletion.objects.create(person=person, module=make_quiz.module("C1"), completed_at=clock.now())


def test_start_attempt_refuses_the_exam_while_modules_are_unfinished() -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(8)))
    exam, person = exam_quiz(), make_quiz.learner()
    assert refusal_of(start_attempt, quiz=exam, by=person) == "modules-unfinished"


def test_start_attempt_refuses_an_exam_of_a_closed_programme() -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(8)))
    exam, person = exam_quiz(), make_quiz.learner()
    finish_c1(person)
    Programme.objects.update(is_open=False)
    assert refusal_of(start_attempt, quiz=exam, by=person) == "modules-unfinished"


def test_start_attempt_refuses_who_is_not_on_a_programme_with_the_module() -> None:
    assert refusal_of(start_attempt, quiz=make_quiz.quiz(), by=make.person()) == "not-enrolled"


def test_start_attempt_refuses_when_the_pool_has_become_thin() -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(4)))
    exam, person = exam_quiz(), make_quiz.learner()
    finish_c1(person)
    Question.objects.filter(name="c1-q01").update(current=None)
    assert refusal_of(start_attempt, quiz=exam, by=person) == "thin-pool"
    assert not Attempt.objects.exists()


def test_start_attempt_refuses_practice() -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(1), kind="practice", rules=""))
    assert refusal_of(start_attempt, quiz=Quiz.objects.get(), by=make_quiz.learner()) == "practice"


def test_start_attempt_refuses_after_passing() -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    make_quiz.submitted_attempt(quiz, person, right=5)
    assert refusal_of(start_attempt, quiz=quiz, by=person) == "already-passed"


def test_start_attempt_waits_for_the_cooling_off(time: Clock) -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    make_quiz.submitted_attempt(quiz, person, right=0)

    time.forward(hours=23, minutes=59)
    assert refusal_of(start_attempt, quiz=quiz, by=person) == "cooling-off"
    time.forward(minutes=1)
    assert start_attempt(quiz=quiz, by=person).number == 2


def test_start_attempt_refuses_when_attempts_are_used(time: Clock) -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    for _ in range(3):
        make_quiz.submitted_attempt(quiz, person, right=0)
        time.forward(hours=24)
    assert refusal_of(start_attempt, quiz=quiz, by=person) == "no-attempts-left"


def test_start_attempt_of_one_person_leaves_others_free() -> None:
    quiz = make_quiz.quiz()
    make_quiz.submitted_attempt(quiz, make_quiz.learner(), right=5)
    assert start_attempt(quiz=quiz, by=make_quiz.learner()).number == 1


def test_an_attempt_keeps_the_questions_it_began_with_when_the_module_changes() -> None:
    quiz, person = make_quiz.quiz(), make_quiz.learner()
    attempt = start_attempt(quiz=quiz, by=person)

    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(5)).replace("Câu hỏi c1-q01?", "Câu mới?"))

    first = attempt.slots.select_related("question_version").get(position=1)
    assert first.question_version.body["stem"]["vi"] == "Câu hỏi c1-q01?"
    make_quiz.answer_all(attempt, right=5)
    assert submit_attempt(attempt_id=attempt.pk, by=person).passed is True


def test_an_attempt_survives_its_quiz_being_taken_out_of_the_module() -> None:
    attempt = start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())
    make_quiz.publish(make_quiz.bank_olx(*make_quiz.questions(5)))

    make_quiz.answer_all(attempt, right=5)
    assert submit_attempt(attempt_id=attempt.pk, by=attempt.person).passed is True


# Saving


@pytest.fixture
def attempt(time: Clock) -> Attempt:
    return start_attempt(quiz=make_quiz.quiz(), by=make_quiz.learner())


def test_save_answer_appends_a_step(attempt: Attempt) -> None:
    assert save(attempt, 1, "a") == Saved(1, START)
    assert save(attempt, 1, "b", base_seq=1) == Saved(2, START)
    assert answer(attempt, 1) == ("b",)
    steps = Step.objects.order_by("seq").values_list("seq", "kind", "data", "actor_id")
    assert list(steps) == [
        (1, "answer", {"chosen": ["a"], "flagged": False}, attempt.person_id),
        (2, "answer", {"chosen": ["b"], "flagged": False}, attempt.person_id),
    ]


def test_save_answer_takes_an_answer_back(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    save(attempt, 1, "", base_seq=1)
    assert answer(attempt, 1) == ()


def test_save_answer_replayed_gives_the_first_result_and_stores_nothing(
    attempt: Attempt, time: Clock
) -> None:
    uuid = uuid4()
    first = save(attempt, 1, "a", uuid=uuid)
    save(attempt, 1, "b", base_seq=1)
    time.forward(minutes=5)

    assert save(attempt, 1, "a", uuid=uuid) == first
    assert answer(attempt, 1) == ("b",)
    assert Step.objects.count() == 2


def test_save_answer_replayed_after_the_submission_gives_the_first_result(attempt: Attempt) -> None:
    uuid = uuid4()
    first = save(attempt, 1, "a", uuid=uuid)
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert save(attempt, 1, "a", uuid=uuid) == first


def test_save_answer_refuses_a_uuid_of_another_question(attempt: Attempt) -> None:
    uuid = uuid4()
    save(attempt, 1, "a", uuid=uuid)
    assert refusal_of(save, attempt=attempt, position=2, chosen="a", uuid=uuid) == "uuid-reused"


def test_save_answer_from_a_stale_tab_tells_the_newer_answer(attempt: Attempt) -> None:
    save(attempt, 1, "a")  # tab 1
    conflict = save(attempt, 1, "b", base_seq=0)  # tab 2 has not seen it

    assert conflict == Conflict(Answer(1, ("a",), False, START))
    assert answer(attempt, 1) == ("a",)
    assert save(attempt, 1, "b", base_seq=1) == Saved(2, START)


def test_save_answer_of_the_same_answer_in_a_stale_tab_is_no_conflict(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    assert save(attempt, 1, "a", base_seq=0) == Saved(1, START)
    assert Step.objects.count() == 1


def test_save_answer_to_different_questions_in_two_tabs_is_no_conflict(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    assert save(attempt, 2, "b", base_seq=0) == Saved(2, START)


def test_save_answer_out_of_order_never_overwrites_the_newer_one(attempt: Attempt) -> None:
    older, newer = uuid4(), uuid4()
    save(attempt, 1, "b", uuid=newer)
    assert isinstance(save(attempt, 1, "a", uuid=older), Conflict)
    assert answer(attempt, 1) == ("b",)


def test_save_answer_keeps_a_mark_apart_from_the_answer(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    assert save(attempt, 1, None, base_seq=0, is_flagged=True) == Saved(2, START)
    attempt.refresh_from_db()

    assert Answer.of(attempt, 1) == Answer(1, ("a",), True, START)
    assert save(attempt, 1, "b", base_seq=1) == Saved(3, START)
    assert list(Step.objects.order_by("seq").values_list("kind", flat=True)) == ["answer", "flag", "answer"]


def test_save_answer_refuses_an_unknown_option(attempt: Attempt) -> None:
    assert refusal_of(save, attempt=attempt, position=1, chosen="z") == "unknown-option"


def test_save_answer_refuses_two_answers_to_a_single_choice(attempt: Attempt) -> None:
    assert refusal_of(save, attempt=attempt, position=1, chosen="ab") == "one-answer-only"


def test_save_answer_does_not_know_other_peoples_attempts(attempt: Attempt) -> None:
    with pytest.raises(Attempt.DoesNotExist):
        save(attempt, 1, "a", by=make_quiz.learner())


def test_save_answer_does_not_know_a_question_that_is_not_there(attempt: Attempt) -> None:
    with pytest.raises(Slot.DoesNotExist):
        save(attempt, 6, "a")


def test_save_answer_within_the_grace_is_kept_and_marked_late(attempt: Attempt, time: Clock) -> None:
    time.forward(minutes=20, seconds=60)
    saved = save(attempt, 1, "a")
    assert isinstance(saved, Saved)
    assert saved.is_late
    assert Step.objects.get().data["late"] is True


def test_save_answer_after_the_grace_is_refused(attempt: Attempt, time: Clock) -> None:
    time.forward(minutes=20, seconds=61)
    assert refusal_of(save, attempt=attempt, position=1, chosen="a") == "time-is-up"


def test_save_answer_to_a_submitted_attempt_is_refused(attempt: Attempt) -> None:
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert refusal_of(save, attempt=attempt, position=1, chosen="a") == "attempt-closed"


# Submitting


def test_submit_attempt_marks_every_question_and_passes_at_80_percent(attempt: Attempt) -> None:
    make_quiz.answer_all(attempt, right=4)
    done = submit_attempt(attempt_id=attempt.pk, by=attempt.person)

    assert (done.score, done.out_of, done.passed) == (Decimal(4), Decimal(5), True)
    assert done.submitted_at == START
    fractions = Marking.objects.order_by("slot__position").values_list("fraction", "engine")
    assert list(fractions) == [(Decimal(1), "1")] * 4 + [(Decimal(0), "1")]
    score = BlockScore.objects.get()
    assert (score.earned, score.possible, score.passed) == (Decimal(4), Decimal(5), True)


def test_submit_attempt_below_80_percent_is_not_passed(attempt: Attempt) -> None:
    make_quiz.answer_all(attempt, right=3)
    assert submit_attempt(attempt_id=attempt.pk, by=attempt.person).passed is False


def test_submit_attempt_twice_is_one_submission(attempt: Attempt) -> None:
    heard: list[Attempt] = []

    def listen(sender: Any, attempt: Attempt, **_: Any) -> None:
        heard.append(attempt)

    attempt_submitted.connect(listen)
    try:
        first = submit_attempt(attempt_id=attempt.pk, by=attempt.person)
        second = submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    finally:
        attempt_submitted.disconnect(listen)

    assert (first.receipt, first.submitted_at) == (second.receipt, second.submitted_at)
    assert heard == [first]
    assert Marking.objects.count() == 5
    assert Step.objects.filter(kind="submit").count() == 1
    assert AuditEvent.objects.filter(kind="attempt.submitted").count() == 1


def test_submit_attempt_does_not_know_other_peoples_attempts(attempt: Attempt) -> None:
    with pytest.raises(Attempt.DoesNotExist):
        submit_attempt(attempt_id=attempt.pk, by=make_quiz.learner())


def test_submit_attempt_of_the_only_quiz_completes_the_module(attempt: Attempt) -> None:
    make_quiz.answer_all(attempt, right=5)
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert ModuleCompletion.objects.get().person == attempt.person


def test_submit_overdue_submits_what_is_saved_as_of_the_deadline(attempt: Attempt, time: Clock) -> None:
    make_quiz.answer_all(attempt, right=5)
    time.forward(minutes=20, seconds=60)
    assert submit_overdue(by=SYSTEM) == 0
    time.forward(hours=3)

    assert submit_overdue(by=SYSTEM) == 1
    assert submit_overdue(by=SYSTEM) == 0
    attempt.refresh_from_db()
    assert (attempt.state, attempt.passed, attempt.submitted_by_clock) == (AttemptState.SUBMITTED, True, True)
    assert attempt.submitted_at == attempt.deadline_at


def test_submit_overdue_goes_on_after_one_that_fails(
    attempt: Attempt, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = start_attempt(quiz=attempt.quiz, by=make_quiz.learner())
    time.forward(hours=1)

    def fail_for_the_first(sender: Any, attempt: Attempt, **_: Any) -> None:
        if attempt.pk != other.pk:
            raise RuntimeError("out of order")

    attempt_submitted.connect(fail_for_the_first)
    try:
        assert submit_overdue(by=SYSTEM) == 1
    finally:
        attempt_submitted.disconnect(fail_for_the_first)
    assert Attempt.objects.get(state=AttemptState.OPEN) == attempt


def test_submit_if_overdue_only_when_time_and_grace_are_over(attempt: Attempt, time: Clock) -> None:
    time.forward(minutes=21)
    assert submit_if_overdue(attempt=attempt, by=attempt.person).state == AttemptState.OPEN
    time.forward(seconds=1)
    assert submit_if_overdue(attempt=attempt, by=attempt.person).state == AttemptState.SUBMITTED


def test_a_late_submission_by_hand_counts_from_the_deadline(attempt: Attempt, time: Clock) -> None:
    time.forward(hours=1)
    done = submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert (done.submitted_at, done.submitted_by_clock) == (attempt.deadline_at, True)


# Constraints


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 2}, "attempt_one_open_per_person_and_quiz"),
        ({"state": "submitted"}, "attempt_submitted_has_time_score_and_receipt"),
        ({"number": 2, "deadline_at": START - timedelta(minutes=1)}, "attempt_deadline_after_start"),
    ],
)
def test_attempt_constraints(attempt: Attempt, changes: dict[str, Any], constraint: str) -> None:
    fields = {
        name: getattr(attempt, name)
        for name in ("quiz", "version", "person", "seed", "number_of_questions", "started_at", "out_of")
    }
    if constraint != "attempt_one_open_per_person_and_quiz":
        fields["person"] = make_quiz.learner()
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        Attempt.objects.create(**{**fields, "number": 1, **changes})


def test_steps_and_marks_cannot_be_changed(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    for table in ("step", "marking", "questionversion", "quizversion"):
        with (
            pytest.raises(Exception, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE assessments_{table} SET id = id")


def test_a_step_number_and_a_uuid_stand_once_per_attempt(attempt: Attempt) -> None:
    save(attempt, 1, "a")
    step = Step.objects.get()
    for changes in ({"seq": step.seq, "client_uuid": uuid4()}, {"seq": 9, "client_uuid": step.client_uuid}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(attempt=attempt, kind="answer", data={}, at=START, **changes)
