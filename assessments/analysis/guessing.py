"""What guessing earns in a question: Moodle's random guess score, in percent."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

from assessments import grading

MOST = 6  # options of which every choice is tried out: 64
MOST_ORDERS = 5  # items: 120 orders


def guess_score(kind: str, body: Mapping[str, Any]) -> float | None:
    """Percent that ticking at random earns on average; None where nobody can say.

    As in Moodle (`get_random_guess_score`): a typed answer cannot be guessed, a matched pair is guessed with
    one in the number of choices. Beyond Moodle, which leaves them out: several answers (every set of ticks
    is as likely) and orders.
    """
    if kind in ("text", "number"):
        return 0.0
    if kind == "matching":
        return 100 / len(body["options"]) if body["options"] else None
    if kind == "cloze":
        return _gaps(body["gaps"])
    responses = _responses(kind, body)
    if responses is None:
        return None
    return float(100 * _mean(Fraction(grading.mark(kind, body, one) or 0) for one in responses))


def _gaps(gaps: Iterable[Mapping[str, Any]]) -> float | None:
    parts = [
        (Fraction(gap.get("weight") or 1), Fraction(1, len(gap["options"])) if gap["kind"] == "select" else 0)
        for gap in gaps
        if gap["kind"] != "select" or gap["options"]
    ]
    whole = sum(weight for weight, _chance in parts)
    return float(100 * sum(weight * chance for weight, chance in parts) / whole) if whole else None


def _responses(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, ...]] | None:
    names = [option["name"] for option in body.get("options", ())]
    if not names:
        return None
    if kind in ("single", "truefalse") or (kind == "hotspot" and not body.get("several")):
        return ((name,) for name in names)
    if kind in ("multiple", "hotspot") and len(names) <= MOST:
        return (ticks for number in range(len(names) + 1) for ticks in combinations(names, number))
    if kind == "ordering" and len(names) <= MOST_ORDERS:
        return (
            tuple(f"{name} {place}" for place, name in enumerate(order, start=1))
            for order in permutations(names)
        )
    return None


def _mean(values: Iterable[Fraction]) -> Fraction:
    found = list(values)
    return sum(found, Fraction(0)) / len(found)
