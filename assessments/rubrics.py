"""Marks that people give by a rubric. Plain Python, exact: no rounding before the last step.

A rubric is a list of criteria, each with levels worth points; see `assessments.kinds.by_hand`.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

FIVE_PLACES = Decimal("0.00001")
APART = Decimal("0.2")  # of the full mark: two marks further apart need a third

Rubric = Sequence[Mapping[str, Any]]


class NotMarked(Exception):
    """A criterion has no level, or one that it does not have. `criterion` is its name."""

    def __init__(self, criterion: str) -> None:
        super().__init__(criterion)
        self.criterion = criterion


def points_for(rubric: Rubric, levels: Mapping[str, str]) -> Decimal:
    """The points of the levels chosen, one for each criterion. Raises `NotMarked`."""
    total = Decimal(0)
    for criterion in rubric:
        worth = {level["name"]: Decimal(level["points"]) for level in criterion["levels"]}
        chosen = levels.get(criterion["name"], "")
        if chosen not in worth:
            raise NotMarked(criterion["name"])
        total += worth[chosen]
    return total


def final_points(given: Sequence[Decimal], *, full: Decimal, is_double: bool) -> Decimal | None:
    """What the marks given so far come to, in the order they were given; None: another one is needed.

    One mark decides, or the mean of two. Where two differ by more than a fifth of the full mark a third
    one decides: the mean of the nearest two counts, and of equally near pairs the better.
    """
    if not given or (is_double and len(given) < 2):
        return None
    if not is_double:
        return given[0]
    first, second = given[:2]
    if abs(first - second) <= APART * full:
        return (first + second) / 2
    if len(given) < 3:
        return None
    near = min(combinations(given[:3], 2), key=lambda pair: (abs(pair[0] - pair[1]), -sum(pair)))
    return (near[0] + near[1]) / 2


def fraction_of(points: Decimal, full: Decimal) -> Decimal:
    """The part of the full mark, 0 to 1, five places."""
    return (points / full).quantize(FIVE_PLACES, rounding=ROUND_HALF_UP)
