"""Is a paper the one that its seed draws? For appeals: what was asked is drawn again and compared."""

from dataclasses import dataclass
from typing import Any

from assessments.drawing import Candidate, ThinPool, draw, option_order
from assessments.kinds import KINDS
from assessments.models import Attempt, PoolState
from assessments.queries.fixed import question_versions, quiz_version, slots_of


@dataclass(frozen=True)
class Reproduction:
    """What a second draw came to.

    `is_same` is None where it cannot be drawn again: what the pools held was not kept when it began.
    """

    is_same: bool | None
    other_questions: tuple[int, ...] = ()  # positions where another question was stored
    other_orders: tuple[int, ...] = ()  # positions whose options were stored in another order


def reproduced(attempt: Attempt) -> Reproduction:
    """Draw the attempt again from its seed, its quiz's version and what its pools held. Few queries."""
    version, slots = quiz_version(attempt.version_id), slots_of(attempt.pk)
    if attempt.pool_state_id is None and any("outcome" in slot for slot in version.slots):
        return Reproduction(None)
    try:
        drawn = draw(version.slots, _candidates(attempt), attempt.seed)
    except ThinPool:
        drawn = []
    stored = [slot.question_version_id for slot in slots]
    pairs = zip(range(1, len(stored) + 1), stored, drawn, strict=False)
    others = tuple(position for position, there, again in pairs if there != again)
    if len(drawn) != len(stored):
        others = tuple(range(1, len(stored) + 1))
    versions = question_versions(stored)
    orders = tuple(
        slot.position
        for slot in slots
        if _order(versions[slot.question_version_id], attempt.seed, slot.position) != slot.option_order
    )
    return Reproduction(not others and not orders, others, orders)


def _candidates(attempt: Attempt) -> list[Candidate]:
    if attempt.pool_state_id is None:
        return []
    kept = PoolState.objects.get(pk=attempt.pool_state_id)
    return [Candidate(*row) for row in kept.candidates]


def _order(version: Any, seed: int, position: int) -> list[str]:
    names = KINDS[version.kind].names(version.body)
    return option_order(names, kind=version.kind, seed=seed, position=position)
