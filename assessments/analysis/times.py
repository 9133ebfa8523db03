"""How long an attempt spent on each question."""

from collections.abc import Iterable
from datetime import datetime


def time_spent(steps: Iterable[tuple[datetime, int | None, datetime]]) -> dict[int, float]:
    """Seconds by question version, from the steps of one attempt in order.

    A step is (start of the attempt, question version or None, its time). What passed since the step before
    it went into its question; coming back to a question adds to it. Handing in belongs to none.
    """
    spent: dict[int, float] = {}
    before: datetime | None = None
    for started_at, version, at in steps:
        seconds = (at - (before or started_at)).total_seconds()
        if version is not None:
            spent[version] = spent.get(version, 0.0) + max(0.0, seconds)
        before = at
    return spent
