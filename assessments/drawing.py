"""Draw what an attempt asks. Plain Python: the same seed over the same bank draws the same questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

SEED_BITS = 62  # fits a signed 64-bit column on every database


@dataclass(frozen=True)
class Candidate:
    """A question a pool may draw."""

    name: str
    version: int
    outcome: str
    difficulty: int = 2


class ThinPool(Exception):
    """A pool asks for more questions than the bank holds for it."""

    def __init__(self, outcome: str, difficulty: int | None, *, wanted: int, available: int) -> None:
        super().__init__(outcome)
        self.outcome, self.difficulty = outcome, difficulty
        self.wanted, self.available = wanted, available


def belongs_to(outcome: str, prefix: str) -> bool:
    """Does `outcome` lie under `prefix`? "C1.2" lies under "C1"; "C10.1" does not."""
    return outcome == prefix or outcome.startswith(f"{prefix}.")


def fits(outcome: str, difficulty: int, pool: Mapping[str, Any]) -> bool:
    """May `pool` ({"outcome", "count", "difficulty"?}) draw such a question?"""
    wanted = pool.get("difficulty")
    return wanted in (None, difficulty) and belongs_to(outcome, pool["outcome"])


def thinness(wanted: int, available: int) -> str:
    """ "short": too few questions; "thin": half of them or more come up each time; else ""."""
    if wanted > available:
        return "short"
    return "thin" if wanted * 2 >= available else ""


def draw(slots: Sequence[Mapping[str, Any]], candidates: Iterable[Candidate], seed: int) -> list[int]:
    """Question version ids in the order they are asked; no question twice, whatever pools overlap.

    Raises ThinPool only when no way of sharing out the questions would fill all pools.
    """
    fixed = {slot["question"] for slot in slots if "question" in slot}
    by_name = sorted((c for c in candidates if c.version not in fixed), key=lambda c: c.name)
    pools = {place: slot for place, slot in enumerate(slots) if "question" not in slot}
    shared = _share_out(pools, by_name, Random(seed))
    return [
        version
        for place, slot in enumerate(slots)
        for version in ([slot["question"]] if "question" in slot else shared[place])
    ]


def _share_out(
    pools: Mapping[int, Mapping[str, Any]], candidates: Sequence[Candidate], random: Random
) -> dict[int, list[int]]:
    """The versions each pool gets, by its place. Narrow pools choose first; where that leaves a wide
    one short, questions change hands: an augmenting path, as in any matching."""
    orders: dict[int, list[int]] = {}
    for place, pool in pools.items():
        fitting = [c.version for c in candidates if fits(c.outcome, c.difficulty, pool)]
        orders[place] = random.sample(fitting, len(fitting))
    owner: dict[int, int] = {}
    for place in sorted(pools, key=lambda place: (len(orders[place]), place)):
        for given in range(pools[place]["count"]):
            if not _give(place, orders, owner, {place}):
                pool = pools[place]
                raise ThinPool(pool["outcome"], pool.get("difficulty"), wanted=pool["count"], available=given)
    return {place: [v for v in order if owner.get(v) == place] for place, order in orders.items()}


def _give(place: int, orders: Mapping[int, list[int]], owner: dict[int, int], asked: set[int]) -> bool:
    """One more question for the pool at `place`: a free one, or one whose pool finds another."""
    free = next((version for version in orders[place] if version not in owner), None)
    if free is not None:
        owner[free] = place
        return True
    for version in orders[place]:
        other = owner[version]
        if other in asked:
            continue
        asked.add(other)
        if _give(other, orders, owner, asked):
            owner[version] = place
            return True
    return False


def option_order(names: Sequence[str], *, kind: str, seed: int, position: int) -> list[str]:
    """The order options are shown in. True stays before false: people look for it there."""
    order = list(names)
    if kind != "truefalse":
        Random(f"{seed}:{position}").shuffle(order)
    return order
