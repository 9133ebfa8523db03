"""The formulas, against sums written out as their definitions say."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import correlation, covariance, fmean, median, stdev, variance
from typing import Any

import pytest

from assessments.analysis import Gathering, advise, guess_score, time_spent
from assessments.analysis.figures import Choice, ItemFigures
from tests.assessments.bodies import BODIES, option

Marks = list[list[float]]


def gathering(marks: Marks, *, answers: dict[int, str] | None = None, first: int = 1) -> Gathering:
    """Attempts with these marks of full mark 1; question p of each is version p. `answers`: to version 1."""
    gathered = Gathering()
    given = answers or {}
    saved: list[dict[str, Any]] = [
        {"1": {"chosen": [given[number]]}} if number in given else {} for number in range(len(marks))
    ]
    gathered.read(
        [(first + n, sum(row), float(len(row)), saved[n]) for n, row in enumerate(marks)],
        [(first + n, p, p, 1.0, mark) for n, row in enumerate(marks) for p, mark in enumerate(row, start=1)],
        set(range(first, first + len(marks))),
    )
    return gathered


def random_marks(attempts: int = 60, questions: int = 6) -> Marks:
    random = Random(7)
    able = [random.random() for _ in range(attempts)]
    return [
        [random.choice((0, 0.5, 1)) if random.random() > a else 1.0 for _ in range(questions)] for a in able
    ]


def column(marks: Marks, place: int) -> tuple[list[float], list[float]]:
    """Marks of a question, and of the rest."""
    own = [row[place] for row in marks]
    return own, [sum(row) - row[place] for row in marks]


def test_item_figures_are_what_their_definitions_say() -> None:
    marks = random_marks()
    gathered = gathering(marks)

    for place in range(6):
        own, rest = column(marks, place)
        found = gathered.item([place + 1])
        best = covariance(sorted(own), sorted(rest))
        assert found.number == 60
        assert found.facility == pytest.approx(100 * fmean(own))
        assert found.deviation == pytest.approx(100 * stdev(own))
        assert found.discrimination == pytest.approx(100 * correlation(own, rest))
        assert found.efficiency == pytest.approx(100 * covariance(own, rest) / best)


def test_quiz_figures_are_what_their_definitions_say() -> None:
    marks = random_marks()
    totals = [100 * sum(row) / 6 for row in marks]
    alpha = (
        100 * 6 / 5 * (1 - sum(variance(column(marks, p)[0]) for p in range(6)) / variance(map(sum, marks)))
    )

    found = gathering(marks).quiz()

    assert (found.number, found.number_for_alpha) == (60, 60)
    assert found.mean == pytest.approx(fmean(totals))
    assert found.median == pytest.approx(median(totals))
    assert found.deviation == pytest.approx(stdev(totals))
    assert found.alpha == pytest.approx(alpha)
    assert found.error_ratio == pytest.approx(100 * (1 - alpha / 100) ** 0.5)
    assert found.standard_error == pytest.approx((1 - alpha / 100) ** 0.5 * stdev(totals))


def test_skewness_and_kurtosis_of_a_known_sample() -> None:
    # k-statistics of 1 … 20 and 100, worked out from their power sums
    values = [*range(1, 21), 100]
    n = len(values)
    s1, s2, s3, s4 = (sum(value**power for value in values) for power in (1, 2, 3, 4))
    k2 = (n * s2 - s1**2) / (n * (n - 1))
    k3 = (2 * s1**3 - 3 * n * s1 * s2 + n**2 * s3) / (n * (n - 1) * (n - 2))
    k4 = (
        -6 * s1**4
        + 12 * n * s1**2 * s2
        - 3 * n * (n - 1) * s2**2
        - 4 * n * (n + 1) * s1 * s3
        + n**2 * (n + 1) * s4
    ) / (n * (n - 1) * (n - 2) * (n - 3))
    gathered = gathering([[value / 100] for value in values])

    found = gathered.quiz()

    assert found.skewness == pytest.approx(k3 / k2**1.5)
    assert found.kurtosis == pytest.approx(k4 / k2**2)
    assert found.alpha is None  # one question agrees with none


def test_below_20_attempts_only_their_number_is_told() -> None:
    gathered = gathering(random_marks(19))

    assert gathered.quiz() == type(gathered.quiz())(19)
    assert gathered.item([1]) == ItemFigures(19)
    assert advise(gathered.item([1])) == []


def test_marks_that_are_all_the_same_discriminate_nothing() -> None:
    found = gathering([[1.0, n % 2] for n in range(20)]).item([1])

    assert (found.facility, found.deviation) == (100, 0)
    assert (found.discrimination, found.efficiency) == (None, None)


def test_a_rest_that_is_the_same_everywhere_discriminates_nothing() -> None:
    # Thirds do not add up exactly in floating point
    found = gathering([[n % 2, 0.33333, 0.66667, 0.1] for n in range(20)]).item([1])

    assert found.discrimination is None


def test_a_drawn_question_counts_as_itself_wherever_it_stood() -> None:
    gathered = Gathering()
    rows = [(n, place, version, 1.0, float(version == 7)) for n in range(20) for place, version in _drawn(n)]

    gathered.read([(n, 1.0, 2.0, {}) for n in range(20)], rows, set(range(20)))

    assert gathered.item([7]).facility == 100
    assert (gathered.item([8]).number, gathered.item([9]).number) == (10, 10)
    assert gathered.item([8, 9]).number == 20
    assert gathered.item([8, 9]).facility == 0


def _drawn(attempt: int) -> list[tuple[int, int]]:
    other = 8 + attempt % 2
    return list(enumerate((7, other) if attempt % 3 else (other, 7), start=1))


def test_a_regrade_counts_instead_of_the_mark_it_replaces() -> None:
    gathered = Gathering()
    rows = [(n, 1, 5, 1.0, mark) for n in range(20) for mark in (1.0, 0.0)]  # the newest first

    gathered.read([(n, 1.0, 1.0, {}) for n in range(20)], rows, set(range(20)))

    assert gathered.item([5]).facility == 100
    assert gathered.item([5]).number == 20


def test_only_chosen_attempts_count_and_missing_ones_do_no_harm() -> None:
    gathered = Gathering()
    rows = [(n, 1, 5, 1.0, 1.0) for n in range(30)]
    attempts: list[Any] = [(n, 1.0, 1.0, {}) for n in range(30) if n != 3]

    gathered.read(attempts, rows, set(range(25)))

    assert gathered.item([5]).number == 24


def test_choices_tell_share_and_mean_score_in_the_rest() -> None:
    marks = [[float(n < 5), float(n < 10)] for n in range(20)]
    gathered = gathering(marks, answers={n: "a" if n < 5 else "b" for n in range(16)})

    found = gathered.item([1])

    assert [(one.name, one.number, one.share) for one in found.choices] == [("b", 11, 55.0), ("a", 5, 25.0)]
    assert [one.rest for one in found.choices] == pytest.approx([100 * 5 / 11, 100])
    assert found.unanswered == 20.0


def test_answers_that_a_person_marks_are_not_kept() -> None:
    gathered = Gathering()
    saved = {"1": {"chosen": ["Tôi tên là …"]}}

    gathered.read(
        [(n, 1.0, 1.0, saved) for n in range(20)],
        [(n, 1, 5, 1.0, 1.0) for n in range(20)],
        set(range(20)),
        {5},
    )

    assert (gathered.item([5]).choices, gathered.item([5]).unanswered) == ((), 0)


def test_time_counts_from_the_step_before() -> None:
    begin = datetime(2026, 11, 22, tzinfo=UTC)
    steps = [
        (begin, version, begin + timedelta(seconds=at))
        for version, at in [(1, 30), (2, 50), (1, 55), (None, 99)]
    ]

    assert time_spent(steps) == {1: 35, 2: 20}


@pytest.mark.parametrize(
    ("kind", "percent"),
    [
        ("single", 100 / 3),
        ("truefalse", 50),
        ("multiple", 18.75),
        ("matching", 100 / 3),
        ("ordering", 100 / 3),
        ("text", 0),
        ("number", 0),
        ("cloze", 25),
        ("hotspot", 100 / 3),
        ("essay", None),
        ("file", None),
    ],
)
def test_guess_score(kind: str, percent: float | None) -> None:
    found = guess_score(kind, BODIES[kind])

    assert found == (None if percent is None else pytest.approx(percent, abs=1e-3))


def test_guess_score_gives_up_on_too_many_options() -> None:
    assert guess_score("multiple", {"options": [option(name) for name in "abcdefg"]}) is None


def item(**figures: Any) -> ItemFigures:
    usual: dict[str, Any] = {"number": 100, "facility": 60.0, "discrimination": 40.0, "unanswered": 0.0}
    return ItemFigures(**usual | figures)


def choices(**counts: tuple[int, float]) -> tuple[Choice, ...]:
    found = [Choice(name, number, float(number), rest) for name, (number, rest) in counts.items()]
    return tuple(sorted(found, key=lambda choice: -choice.number))


SOUND = choices(a=(60, 80.0), b=(30, 50.0), c=(10, 40.0))


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        (item(choices=SOUND), ["nothing-stands-out"]),
        (item(choices=SOUND, discrimination=-30.0), ["negative"]),
        (item(choices=SOUND, discrimination=-5.0), ["negative-by-chance"]),
        (item(choices=SOUND, discrimination=10.0), ["weak"]),
        (item(choices=SOUND, facility=34.0), ["like-guessing"]),
        (item(choices=SOUND, facility=98.0, discrimination=3.0), ["too-easy"]),
        (item(choices=choices(a=(30, 80.0), b=(60, 50.0), c=(10, 40.0))), ["wrong-answer-leads"]),
        (item(choices=choices(a=(60, 60.0), b=(30, 70.0), c=(10, 40.0))), ["better-choose-wrong"]),
        (item(choices=choices(a=(60, 80.0), b=(40, 50.0))), ["idle-answers"]),
        (item(choices=SOUND, unanswered=12.0), ["left-open"]),
        (item(choices=SOUND, seconds=130.0), ["slow"]),
    ],
)
def test_advise(figures: ItemFigures, codes: Sequence[str]) -> None:
    found = advise(figures, guess=100 / 3, right=["a"], wrong=["b", "c"], usual_seconds=40.0)

    assert [advice.code for advice in found] == codes


def test_advise_calls_a_question_too_hard_that_cannot_be_guessed() -> None:
    found = advise(item(facility=20.0), guess=0.0)

    assert [(advice.code, advice.figures) for advice in found] == [("too-hard", {"facility": 20.0})]
