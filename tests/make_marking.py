"""Builders for answers that people mark."""

from typing import Any
from uuid import uuid4

from assessments.actions.attempt import save_answer, start_attempt
from assessments.actions.mark_by_hand import give_mark
from assessments.actions.submit import submit_attempt
from assessments.models import Attempt, HandMark, Quiz, Slot
from lms.people.models import Person, Role
from tests import make
from tests import make_assessments as quizzes

ESSAY = "c1-e01"
FILE = "c1-f01"
LEVELS = {"weak": "0", "fair": "2", "good": "4"}


def criterion(name: str) -> str:
    levels = "".join(
        f'<level name="{level}" points="{points}"><title lang="vi">{level}</title></level>'
        for level, points in LEVELS.items()
    )
    return f'<criterion name="{name}"><title lang="vi">Tiêu chí {name}</title>{levels}</criterion>'


def essay_olx(name: str = ESSAY, *, outcome: str = "C1.1") -> str:
    """Two criteria, eight points in all."""
    return (
        f'<question name="{name}" type="essay" outcome="{outcome}"><stem lang="vi">Viết bài {name}</stem>'
        f'<explanation lang="vi">Bài tốt có nguồn.</explanation>{criterion("clear")}{criterion("right")}'
        "</question>"
    )


def file_olx(name: str = FILE, *, accepts: str = "pdf docx jpg", most: int = 2) -> str:
    return (
        f'<question name="{name}" type="file" outcome="C1.1" accepts="{accepts}" most_files="{most}">'
        f'<stem lang="vi">Nộp tệp {name}</stem><explanation lang="vi">Kế hoạch có ngày.</explanation>'
        f"{criterion('clear')}</question>"
    )


def quiz(*items: str, rules: str = 'attempts="3"', **more: Any) -> Quiz:
    """A published quiz; without items one choice question and one essay."""
    quizzes.publish(quizzes.quiz_olx(*(items or (quizzes.question_olx(), essay_olx())), rules=rules, **more))
    return Quiz.objects.get()


def answer(attempt: Attempt, position: int, *chosen: str) -> None:
    save_answer(
        attempt_id=attempt.pk,
        position=position,
        chosen=chosen,
        base_seq=10_000,
        client_uuid=uuid4(),
        by=attempt.person,
    )


def handed_in(quiz: Quiz, person: Person, *, choice: str = "b", essay: str = "Bài viết của tôi.") -> Attempt:
    """An attempt at the usual quiz, waiting for a person (unless `essay` is empty)."""
    attempt = start_attempt(quiz=quiz, by=person)
    answer(attempt, 1, choice)
    if essay:
        answer(attempt, 2, essay)
    return submit_attempt(attempt_id=attempt.pk, by=person)


def essay_slot(attempt: Attempt) -> Slot:
    return attempt.slots.get(position=2)


def trainer(name: str = "Đỗ Văn Giảng") -> Person:
    person = make.person(name)
    make.grant(person, Role.TRAINER)
    return person


def mark(slot: Slot, by: Person, clear: str = "good", right: str = "good", **more: str) -> HandMark:
    return give_mark(slot_id=slot.pk, levels={"clear": clear, "right": right}, by=by, **more)
