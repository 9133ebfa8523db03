"""Points by a rubric, and what several marks come to."""

from decimal import Decimal

import pytest

from assessments.regrading import KEPT, SAME, UP, judge
from assessments.rubrics import NotMarked, final_points, fraction_of, points_for

RUBRIC = [
    {"name": "clear", "levels": [{"name": "no", "points": "0"}, {"name": "yes", "points": "2.5"}]},
    {"name": "right", "levels": [{"name": "no", "points": "1"}, {"name": "yes", "points": "4"}]},
]


def points(*given: str) -> list[Decimal]:
    return [Decimal(one) for one in given]


def test_points_are_those_of_the_levels_chosen() -> None:
    assert points_for(RUBRIC, {"clear": "yes", "right": "no"}) == Decimal("3.5")


@pytest.mark.parametrize("levels", [{}, {"clear": "yes"}, {"clear": "yes", "right": "best"}])
def test_every_criterion_needs_one_of_its_levels(levels: dict[str, str]) -> None:
    with pytest.raises(NotMarked):
        points_for(RUBRIC, levels)


@pytest.mark.parametrize(
    ("given", "is_double", "final"),
    [
        ([], False, None),
        (["3"], False, "3"),
        (["3"], True, None),
        (["3", "5"], True, "4"),  # two of ten apart: a fifth is not too far
        (["3", "5.001"], True, None),
        (["0", "10", "9"], True, "9.5"),
        (["0", "10", "2"], True, "1"),
        (["0", "10", "5"], True, "7.5"),  # equally near both: the better pair
    ],
)
def test_marks_come_to(given: list[str], is_double: bool, final: str | None) -> None:
    expected = None if final is None else Decimal(final)
    assert final_points(points(*given), full=Decimal(10), is_double=is_double) == expected


def test_fraction_has_five_places() -> None:
    assert fraction_of(Decimal(1), Decimal(3)) == Decimal("0.33333")


def verdict(
    wish: str | None, *, score: str = "3", out_of: str = "5", fraction: str = "0"
) -> tuple[object, ...]:
    found = judge(
        score=Decimal(score),
        out_of=Decimal(out_of),
        fraction=Decimal(fraction),
        counts=True,
        full=Decimal(1),
        wish=None if wish is None else Decimal(wish),
    )
    return found.outcome, found.fraction, found.counts, found.score, found.out_of


def test_a_better_mark_raises_the_score() -> None:
    assert verdict("1") == (UP, 1, True, 4, 5)


def test_a_worse_mark_changes_nothing() -> None:
    assert verdict("0", fraction="1") == (KEPT, 1, True, 3, 5)


def test_the_same_mark_changes_nothing() -> None:
    assert verdict("0") == (SAME, 0, True, 3, 5)


def test_leaving_out_a_wrong_answer_makes_the_whole_smaller() -> None:
    assert verdict(None) == (UP, 0, False, 3, 4)


def test_leaving_out_a_right_answer_would_cost_and_does_not() -> None:
    assert verdict(None, fraction="1") == (KEPT, 1, True, 3, 5)


def test_the_only_question_cannot_be_left_out_and_is_given() -> None:
    assert verdict(None, score="0", out_of="1") == (UP, 1, True, 1, 1)
