"""What the page around a package sends: states to keep, statements about what was done."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from courses.h5p.player.statements import OLDEST, BadStatement, Claim, read_statement

MAX_BODY = 1_000_000
MAX_STATE = 65_536  # bytes
MAX_STATES = MAX_STATEMENTS = 100  # in one batch
SUB_CONTENT = re.compile(r"[\w\-]{0,64}", re.ASCII)
DATA_TYPE = re.compile(r"[\w\-.]{1,64}", re.ASCII)


class BadBatch(Exception):
    """Nothing of it is kept. `code`: unreadable or too-large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class State:
    """What content wants to have remembered; no data: what was remembered is to be forgotten."""

    sub_content_id: str
    data_type: str
    data: str | None
    at: datetime


@dataclass(frozen=True)
class Batch:
    """What was sent, in the server's time. `ignored`: codes of what is not kept."""

    states: tuple[State, ...]
    claims: tuple[Claim, ...]
    ignored: tuple[str, ...]
    is_opening: bool


def read_batch(body: bytes, *, activity: str, now: datetime) -> Batch:
    """`{"sent": ms, "opened": true, "states": […], "statements": […]}`.

    Times are the browser's clock, which may be wrong by hours; `sent` is that clock at the moment of
    sending, so how long ago something was is known all the same.
    """
    try:
        sent = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadBatch("unreadable") from error
    states, statements = (_list(sent, name) for name in ("states", "statements"))
    if len(states) > MAX_STATES or len(statements) > MAX_STATEMENTS:
        raise BadBatch("too-large")
    clock = _Clock(now, sent.get("sent"))
    claims: list[Claim] = []
    ignored: list[str] = []
    for statement in statements:
        try:
            at = clock.moment(statement.get("at") if isinstance(statement, dict) else None)
            claims.append(read_statement(statement, activity=activity, at=at))
        except BadStatement as bad:
            ignored.append(bad.code)
    kept = tuple(_state(state, clock) for state in states)
    return Batch(kept, tuple(claims), tuple(ignored), sent.get("opened") is True)


class _Clock:
    """Turns a browser's time into ours."""

    def __init__(self, now: datetime, sent: Any) -> None:
        self._now = now
        self._theirs = _moment(sent)

    def moment(self, at: Any) -> datetime:
        """Not later than now, not longer ago than anything waits; now, when it cannot be told."""
        theirs = _moment(at)
        if theirs is None or self._theirs is None:
            return self._now
        return self._now - min(max(self._theirs - theirs, timedelta()), OLDEST)


def _state(sent: Any, clock: _Clock) -> State:
    if not isinstance(sent, dict):
        raise BadBatch("unreadable")
    sub, kind, data = str(sent.get("subContentId") or ""), sent.get("dataType"), sent.get("data")
    if not SUB_CONTENT.fullmatch(sub) or not isinstance(kind, str) or not DATA_TYPE.fullmatch(kind):
        raise BadBatch("unreadable")
    if data is not None and not isinstance(data, str):
        raise BadBatch("unreadable")
    if data is not None and len(data.encode("utf-8", "replace")) > MAX_STATE:
        raise BadBatch("too-large")
    clean = data.replace("\x00", "").encode("utf-8", "ignore").decode() if data else None
    return State("" if sub == "0" else sub, kind, clean, clock.moment(sent.get("at")))


def _list(sent: Any, name: str) -> list[Any]:
    found = sent.get(name, []) if isinstance(sent, dict) else None
    if not isinstance(found, list):
        raise BadBatch("unreadable")
    return found


def _moment(sent: Any) -> datetime | None:
    """Milliseconds since 1970."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not 0 < sent < 1e14:
        return None
    return datetime.fromtimestamp(sent / 1000, UTC)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
