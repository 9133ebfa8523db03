"""What the database itself refuses of sittings and flags, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from assessments.models import Allowance, Attempt, FlagDecision, QuizVersion, SignOff, TimeFlag
from tests import make_assessments as make_quiz
from tests.make_assessments import START

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    """One that was faster than reading: it has a flag."""
    return make_quiz.submitted_attempt(make_quiz.quiz(), make_quiz.learner(), right=5)


def allowance(attempt: Attempt, reason: str = "Vì") -> Allowance:
    who = {"person": attempt.person, "given_by": attempt.person}
    return Allowance(quiz=attempt.quiz, reason=reason, at=START, extra_minutes=1, **who)


def sign_off(attempt: Attempt, **facts: Any) -> SignOff:
    return SignOff(attempt=attempt, by=attempt.person, at=START, **facts)


def flag(attempt: Attempt) -> TimeFlag:
    return TimeFlag(attempt=attempt, seconds_taken=1, seconds_to_read=2, percent_right=50, at=START)


def refused(row: Model) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_an_allowance_and_a_decision_have_a_reason(attempt: Attempt) -> None:
    assert refused(allowance(attempt, reason=""))
    assert refused(
        FlagDecision(flag=TimeFlag.objects.get(), verdict="talk", reason="", by=attempt.person, at=START)
    )
    assert refused(flag(attempt))  # once per attempt


def test_a_sign_off_names_a_place_or_a_reason_and_confirms_once(attempt: Attempt) -> None:
    assert refused(sign_off(attempt, is_confirmed=True))
    assert refused(sign_off(attempt, is_confirmed=False))
    assert not refused(sign_off(attempt, is_confirmed=False, reason="Vì"))
    assert not refused(sign_off(attempt, is_confirmed=True, place="Đây"))
    assert refused(sign_off(attempt, is_confirmed=True, place="Đó"))


def test_a_quiz_closes_after_it_opens(attempt: Attempt) -> None:
    version = QuizVersion.objects.get()
    version.pk, version.number, version.sha256 = None, 9, "x"
    version.opens_at, version.closes_at = START, START - timedelta(minutes=1)
    assert refused(version)


def test_what_was_decided_is_never_changed(attempt: Attempt) -> None:
    rows: list[Model] = [
        allowance(attempt),
        sign_off(attempt, is_confirmed=True, place="Đây"),
        TimeFlag.objects.get(),
        QuizVersion.objects.get(),  # its columns changed, and it is still held
    ]
    for row in rows:
        if row.pk is None:
            row.save()
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {row._meta.db_table} SET id = id")
