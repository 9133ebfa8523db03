"""What another mark for one question does to a result. Plain Python, exact.

Nobody loses by a regrade: where the result would get worse, everything stays as it was.
"""

from dataclasses import dataclass
from decimal import Decimal

FULL = Decimal(1)
SAME, UP, KEPT = "same", "up", "kept"


@dataclass(frozen=True)
class Verdict:
    """`outcome`: nothing changes ("same"), it gets better ("up"), or it would get worse and stays ("kept").

    The other values are those after it: of the question its fraction and whether it counts, of the
    attempt its score and full marks.
    """

    outcome: str
    fraction: Decimal
    counts: bool
    score: Decimal
    out_of: Decimal


def judge(
    *,
    score: Decimal,
    out_of: Decimal,
    fraction: Decimal,
    counts: bool,
    full: Decimal,
    wish: Decimal | None,
) -> Verdict:
    """The verdict on giving the question the fraction `wish`, or on leaving it out (None).

    `full` is the full mark of the question. Where nothing else counts, leaving it out gives full marks.
    """
    same = Verdict(SAME, fraction, counts, score, out_of)
    if not counts:
        return same  # left out already
    if wish is None and out_of > full:
        after = Verdict(UP, fraction, False, score - fraction * full, out_of - full)
    else:
        given = FULL if wish is None else wish
        after = Verdict(UP, given, True, score + (given - fraction) * full, out_of)
    left, right = after.score * out_of, score * after.out_of  # compared without division
    if left == right:
        return same
    return after if left > right else Verdict(KEPT, fraction, counts, score, out_of)
