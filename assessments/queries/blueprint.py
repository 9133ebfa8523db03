"""What an exam may draw from: the published questions by outcome and difficulty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from assessments.drawing import ThinPool, draw, fits
from assessments.models import Question
from assessments.olx import PoolSource
from assessments.queries.bank import candidates, thin_pool_refusal


@dataclass(frozen=True)
class BankCounts:
    """How many published questions there are of each outcome and difficulty."""

    counts: Mapping[tuple[str, int], int]

    def available(self, outcome: str, difficulty: int | None) -> int:
        """How many a pool of this outcome and difficulty may draw; None: any difficulty."""
        pool = {"outcome": outcome, "difficulty": difficulty}
        return sum(number for (code, hard), number in self.counts.items() if fits(code, hard, pool))

    def outcomes_with(self, others: Iterable[str]) -> list[str]:
        """Every outcome of the bank, its modules and `others`, each after what it belongs to."""
        codes = {code for code, _difficulty in self.counts if code} | set(others)
        codes |= {code.partition(".")[0] for code in codes}
        return sorted(codes, key=_in_reading_order)


def bank_counts() -> BankCounts:
    """One query."""
    rows = Question.objects.drawable().values_list("current__outcome", "current__difficulty")
    counted = rows.annotate(number=Count("pk")).order_by()
    return BankCounts({(code, difficulty): number for code, difficulty, number in counted})


def pools_at_odds(pools: Sequence[PoolSource]) -> str:
    """Why the pools cannot all be filled without asking a question twice; empty when they can. One query."""
    slots: list[dict[str, Any]] = [
        {"outcome": pool.outcome, "count": pool.count, "difficulty": pool.difficulty} for pool in pools
    ]
    try:
        draw(slots, candidates(slots), seed=0)
    except ThinPool as thin:
        return str(thin_pool_refusal(thin).message)
    return ""


def _in_reading_order(code: str) -> list[tuple[str, int]]:
    """ "C1" before "C1.2" before "C1.10" before "C2"."""
    parts = [(part.rstrip("0123456789"), part) for part in code.split(".")]
    return [(letters, int(part[len(letters) :] or 0)) for letters, part in parts]
