"""Attempts of synthetic staff at one quiz, so that its item analysis shows something."""

from collections.abc import Iterator
from datetime import timedelta
from math import exp
from random import Random

from assessments.actions.synthetic_attempts import Answerer, SyntheticAttempt, enter_synthetic_attempts
from assessments.kinds import KINDS
from assessments.models import QuestionVersion, Quiz
from lms.demo.queries import synthetic_staff
from lms.shared import clock
from lms.shared.actors import System

QUIZ = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"
NUMBER = 40
FAVOURED = 0.6  # of the wrong answers: the share of the first, so that others stand idle
MISREAD, OBVIOUS = 2, 4  # one question in ten each: better learners err; everybody knows


def make_synthetic_attempts(*, by: System) -> int:
    """Have 40 synthetic people's attempts at the quiz of C1; returns how many are new. Safe to repeat."""
    quiz = Quiz.objects.filter(usage_key=QUIZ, current__isnull=False).first()
    return 0 if quiz is None else enter_synthetic_attempts(quiz=quiz, entries=_entries(), by=by)


def _entries() -> Iterator[SyntheticAttempt]:
    for place, person in enumerate(synthetic_staff()[:NUMBER]):
        random = Random(f"attempt {person.username}")
        started_at = clock.now() - timedelta(days=1 + place % 20, minutes=random.randint(0, 300))
        yield SyntheticAttempt(person, started_at, random.getrandbits(60), _answerer(random))


def _answerer(random: Random) -> Answerer:
    """Somebody of a certain ability: what she knows she answers, else she takes a wrong answer."""
    able = random.gauss(0.9, 1.1)

    def answer(version: QuestionVersion) -> tuple[tuple[str, ...], int]:
        question = Random(f"question {version.question_id}")
        hardness, oddness = question.gauss(0, 0.7), version.question_id % 10
        chance = (
            0.98 if oddness == OBVIOUS else 1 / (1 + exp((able if oddness == MISREAD else -able) + hardness))
        )
        seconds = int(random.lognormvariate(3.3, 0.5) * (1 + 0.3 * hardness)) + 5
        if random.random() < chance:
            return KINDS[version.kind].right(version.body), seconds
        return _wrong(version, random), seconds

    return answer


def _wrong(version: QuestionVersion, random: Random) -> tuple[str, ...]:
    names = [option["name"] for option in version.body.get("options", ()) if not option.get("correct")]
    if not names or random.random() < 0.03:
        return ()
    return (names[0] if random.random() < FAVOURED else random.choice(names),)
