"""Reads of the question bank."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from assessments.drawing import Candidate, ThinPool, draw
from assessments.models import Question, QuizVersion


def candidates(slots: Sequence[dict[str, Any]]) -> list[Candidate]:
    """The questions in use that the pools among `slots` may draw."""
    prefixes = [slot["outcome"] for slot in slots if "outcome" in slot]
    if not prefixes:
        return []
    under = Q()
    for prefix in prefixes:
        under |= Q(current__outcome=prefix) | Q(current__outcome__startswith=f"{prefix}.")
    rows = Question.objects.drawable().filter(under).values_list("name", "current_id", "current__outcome")
    return [Candidate(name, version, outcome) for name, version, outcome in rows]


def thin_pool(version: QuizVersion) -> ThinPool | None:
    """The first pool of the quiz that the bank cannot fill, or None."""
    try:
        draw(version.slots, candidates(version.slots), seed=0)
    except ThinPool as thin:
        return thin
    return None


def questions_of_other_modules(names: Iterable[str], *, bank: str) -> list[str]:
    """Which of `names` another module already uses."""
    taken = Question.objects.filter(name__in=list(names)).exclude(bank=bank)
    return list(taken.order_by("name").values_list("name", flat=True))
