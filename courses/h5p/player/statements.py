"""xAPI statements as browsers send them: what we believe of them, and what we cut.

A statement comes from a program we do not trust, in a page we do not trust. Nothing in it says who did
it, nothing in it is larger than we allow, and a score is never below nothing or above its maximum.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

KEPT = frozenset(
    {
        *("attempted", "answered", "completed", "progressed", "consumed", "experienced"),
        *("passed", "failed", "mastered"),
    }
)
RESULTS = frozenset({"answered", "completed", "consumed", "passed", "failed", "mastered"})
INTERACTIONS = frozenset(
    {
        *("true-false", "choice", "fill-in", "long-fill-in", "matching", "performance"),
        *("sequencing", "likert", "numeric", "other"),
    }
)
MAX_BYTES = 16_384
HIGHEST = 100_000  # more points than any content gives
LONGEST = 31 * 86_400.0  # seconds
OLDEST = timedelta(days=30)  # how long something may wait on a device
MAX_RESPONSE, MAX_DESCRIPTION = 4_000, 1_000
SUB_CONTENT = re.compile(r"[\w\-]{1,64}", re.ASCII)
DURATION = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,6})?)S)?)?", re.ASCII
)


class BadStatement(Exception):
    """Not kept. `code` says why, for programs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Claim:
    """What a browser claims that somebody did, checked."""

    uuid: UUID
    verb: str
    sub_content_id: str
    has_parent: bool
    raw: Decimal | None
    maximum: Decimal | None
    success: bool | None
    completion: bool | None
    duration: float | None
    response: str
    description: str
    interaction: str
    happened_at: datetime

    @property
    def is_of_whole(self) -> bool:
        """Of the content itself, not of a question inside it."""
        return not self.sub_content_id and not self.has_parent

    @property
    def is_result(self) -> bool:
        return self.is_of_whole and self.verb in RESULTS


def read_statement(sent: Any, *, activity: str, at: datetime) -> Claim:
    """The claim in a statement about `activity`, made at `at`; BadStatement when there is none."""
    if not isinstance(sent, dict):
        raise BadStatement("not-an-object")
    if len(json.dumps(sent, ensure_ascii=False).encode("utf-8", "replace")) > MAX_BYTES:
        raise BadStatement("too-large")
    verb = _text(_in(sent, "verb", "id"), 200).rpartition("/")[2]
    if verb not in KEPT:
        raise BadStatement("other-verb")
    raw, maximum = _score(_in(sent, "result", "score"))
    definition = _in(sent, "object", "definition")
    interaction = _text(_in(definition, "interactionType"), 32)
    parents = _in(sent, "context", "contextActivities", "parent")
    return Claim(
        uuid=_uuid(sent.get("uuid")),
        verb=verb,
        sub_content_id=_sub_content(_in(sent, "object", "id"), activity),
        has_parent=bool(parents),
        raw=raw,
        maximum=maximum,
        success=_yes_or_no(_in(sent, "result", "success")),
        completion=_yes_or_no(_in(sent, "result", "completion")),
        duration=_seconds(_in(sent, "result", "duration")),
        response=_text(_in(sent, "result", "response"), MAX_RESPONSE),
        description=_first_text(_in(definition, "description"), MAX_DESCRIPTION),
        interaction=interaction if interaction in INTERACTIONS else "",
        happened_at=at,
    )


def within(claim: Claim, fixed: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Raw and maximum of a result of the whole content, given how much it is known to be out of.

    A larger claim is cut to that; a smaller one may be true (a set that asks some of its questions).
    """
    raw, maximum = claim.raw, claim.maximum
    if fixed is not None and (maximum is None or maximum > fixed):
        maximum = fixed
    if raw is not None and maximum is not None:
        raw = min(raw, maximum)
    return raw, maximum


def _uuid(sent: Any) -> UUID:
    try:
        return UUID(sent) if isinstance(sent, str) else UUID(int=-1)
    except ValueError as error:
        raise BadStatement("bad-uuid") from error


def _sub_content(address: Any, activity: str) -> str:
    """Of "…/content/0123…?subContentId=abc": "abc"; what is not about our content is not for us."""
    text = _text(address, 1_000)
    place, _mark, query = text.partition("?")
    if place != activity:
        raise BadStatement("other-object")
    found = parse_qs(query, max_num_fields=5).get("subContentId", [""])[0] if query else ""
    if found and not SUB_CONTENT.fullmatch(found):
        raise BadStatement("bad-sub-content")
    return found


def _score(score: Any) -> tuple[Decimal | None, Decimal | None]:
    if not isinstance(score, dict):
        return None, None
    raw, maximum = _number(score.get("raw")), _number(score.get("max"))
    if raw is not None and maximum is not None:
        raw = min(raw, maximum)
    return raw, maximum


def _number(sent: Any) -> Decimal | None:
    """Points: not negative, not endless, three places."""
    if sent is None:
        return None
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        raise BadStatement("bad-score")
    if not math.isfinite(sent) or abs(sent) > HIGHEST:
        raise BadStatement("bad-score")
    return max(Decimal(0), round(Decimal(str(sent)), 3))


def _seconds(sent: Any) -> float | None:
    """ISO 8601: "PT12.5S", "PT1H5M", "P1DT2H"."""
    match = DURATION.fullmatch(_text(sent, 40))
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (float(group or 0) for group in match.groups())
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return total if total <= LONGEST else None


def _yes_or_no(sent: Any) -> bool | None:
    return sent if isinstance(sent, bool) else None


def _text(sent: Any, longest: int) -> str:
    """Text without NUL, which databases refuse, and without halves of letters."""
    if not isinstance(sent, str):
        return ""
    return sent[:longest].replace("\x00", "").encode("utf-8", "ignore").decode()


def _first_text(sent: Any, longest: int) -> str:
    """A text that comes by language: {"en-US": "…"}."""
    if not isinstance(sent, Mapping):
        return ""
    return next((_text(words, longest) for words in sent.values() if isinstance(words, str)), "")


def _in(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
