"""Demo attempts: an item analysis that shows something, of people who do not exist."""

import pytest

from assessments.models import Attempt, Quiz
from assessments.queries.analysis import Which, make_analysis
from lms.demo.actions.attempts import make_synthetic_attempts
from lms.shared.actors import SYSTEM
from tests import make, make_assessments

pytestmark = pytest.mark.django_db


def test_synthetic_attempts_make_an_analysis_and_repeats_nothing() -> None:
    make_assessments.quiz(10)
    for number in range(42):
        make.person(username=f"mau-{number:06}", is_synthetic=True)

    assert make_synthetic_attempts(by=SYSTEM) == 40
    assert make_synthetic_attempts(by=SYSTEM) == 0
    assert not Attempt.objects.exclude(person__is_synthetic=True).exists()
    found = make_analysis(Quiz.objects.get(), Which.FIRST)
    assert found.quiz.number == 40
    assert found.quiz.alpha is not None


def test_synthetic_attempts_without_the_quiz_are_none() -> None:
    make.person(username="mau-000001", is_synthetic=True)

    assert make_synthetic_attempts(by=SYSTEM) == 0
