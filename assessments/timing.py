"""How long an attempt lasts, and how long its words take to read. Plain Python, moments with a zone."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

# Faster than anybody reads: Vietnamese words have four to five characters with their space, so this is
# some 300 words a minute. A lower bound on purpose: only what is next to impossible stands out.
CHARACTERS_PER_SECOND = 25


def deadline(
    start: datetime,
    *,
    limit_minutes: int | None,
    closes: datetime | None,
    extra_minutes: int = 0,
    extra_percent: int = 0,
) -> datetime | None:
    """When an attempt begun at `start` ends: by its limit or when the quiz closes, whichever is first.

    Extra time comes on top of either: a window that closes must not take back what was granted.
    None: it has no end.
    """
    limit = timedelta(minutes=limit_minutes) if limit_minutes else None
    ends = [moment for moment in (start + limit if limit else None, closes) if moment is not None]
    if not ends:
        return None
    extra = timedelta(minutes=extra_minutes) + (limit or timedelta()) * extra_percent / 100
    return min(ends) + extra


def seconds_to_read(bodies: Iterable[Mapping[str, Any]]) -> int:
    """The least time in which the questions of these bodies can be read, in their shortest language."""
    return sum(_characters(body) for body in bodies) // CHARACTERS_PER_SECOND


def _characters(body: Mapping[str, Any]) -> int:
    texts = [body.get("stem", {}), body.get("text", {})]
    for part in ("options", "prompts"):
        texts += [one.get("text", {}) for one in body.get(part, ())]
    languages = {language for text in texts for language, words in text.items() if words}
    return min((sum(len(text.get(code, "")) for text in texts) for code in languages), default=0)


def is_hurried(*, seconds_taken: float, seconds_to_read: int, percent_right: int) -> bool:
    """Was it answered, and half of it rightly, in less time than the words take to read?

    Who clicks through and gets it wrong harms nobody but herself; nobody needs to look at that.
    """
    return seconds_taken < seconds_to_read and percent_right >= 50
