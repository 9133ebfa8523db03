"""Mark answers. Plain Python: no Django, no database, so a whole bank marks in milliseconds."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from assessments.kinds import KINDS

ENGINE = "1"  # stored with every mark; raise it when a rule below changes
FIVE_PLACES = Decimal("0.00001")
FULL = Decimal(1)


def mark(kind: str, body: Mapping[str, Any], chosen: Iterable[str]) -> Decimal | None:
    """What part of the full mark `chosen` earns: 0 to 1, five places; None where a person has to mark.

    No answer earns nothing. `chosen` is a response as `assessments.kinds` describes it.
    """
    earned = KINDS[kind].mark(dict(body), tuple(chosen))
    return None if earned is None else _decimal(earned)


def score(marks: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The sum of (fraction, full mark) pairs, exact: nothing is rounded on the way to a decision."""
    return sum((fraction * full for fraction, full in marks), Decimal(0))


def is_pass(earned: Decimal, *, out_of: Decimal, pass_percent: int) -> bool:
    """Does `earned` reach `pass_percent` of `out_of`? Without division, so without rounding."""
    return earned * 100 >= pass_percent * out_of


def whole_percent(earned: Decimal, *, out_of: Decimal) -> int:
    """The percentage to print, cut off and not rounded: 79.9 never reads as a pass at 80."""
    return int(earned * 100 // out_of) if out_of else 0


def _decimal(fraction: Fraction) -> Decimal:
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return exact.quantize(FIVE_PLACES, rounding=ROUND_HALF_UP)
