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


class ThinPool(Exception):
    """A pool asks for more questions than the bank holds."""

    def __init__(self, outcome: str, *, wanted: int, available: int) -> None:
        super().__init__(outcome)
        self.outcome, self.wanted, self.available = outcome, wanted, available


def belongs_to(outcome: str, prefix: str) -> bool:
    """Does `outcome` lie under `prefix`? "C1.2" lies under "C1"; "C10.1" does not."""
    return outcome == prefix or outcome.startswith(f"{prefix}.")


def draw(slots: Sequence[Mapping[str, Any]], candidates: Iterable[Candidate], seed: int) -> list[int]:
    """Question version ids in the order they are asked; no question twice, whatever pools overlap.

    Narrow pools draw first, so that a wide one around them cannot take what only they can use.
    """
    random = Random(seed)
    by_name = sorted(candidates, key=lambda candidate: candidate.name)
    taken = {slot["question"] for slot in slots if "question" in slot}
    drawn = {place: [slot["question"]] for place, slot in enumerate(slots) if "question" in slot}
    pools = [(place, slot) for place, slot in enumerate(slots) if "question" not in slot]
    for place, pool in sorted(pools, key=lambda pair: -pair[1]["outcome"].count(".")):
        left = [c for c in by_name if belongs_to(c.outcome, pool["outcome"]) and c.version not in taken]
        if len(left) < pool["count"]:
            raise ThinPool(pool["outcome"], wanted=pool["count"], available=len(left))
        drawn[place] = [candidate.version for candidate in random.sample(left, pool["count"])]
        taken.update(drawn[place])
    return [version for place in sorted(drawn) for version in drawn[place]]


def option_order(names: Sequence[str], *, kind: str, seed: int, position: int) -> list[str]:
    """The order options are shown in. True stays before false: people look for it there."""
    order = list(names)
    if kind != "truefalse":
        Random(f"{seed}:{position}").shuffle(order)
    return order
