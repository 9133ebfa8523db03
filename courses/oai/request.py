"""What a harvester asks, checked against the protocol's rules (OAI-PMH 2.0, sections 3 and 4)."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

# verb → (needed, allowed) arguments; `resumptionToken` stands alone
ARGUMENTS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
RESUMED = {"ListIdentifiers", "ListRecords", "ListSets"}
# What the protocol's schema lets an argument be; an answer repeats arguments, so it would break it too.
_OF_URI = r"(?:[A-Za-z0-9\-._~/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
SYNTAX = {
    "metadataPrefix": re.compile(r"[A-Za-z0-9\-_.!~*'()]+"),
    "set": re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*"),
    "identifier": re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_OF_URI}(?:{_OF_URI}|:)*|{_OF_URI}+"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class ProtocolError(Exception):
    """An error of the protocol; it is an answer like any other."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Question:
    """A request that keeps the rules. `after` is where a resumed list goes on."""

    verb: str
    prefix: str = ""
    identifier: str = ""
    set: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[str, int] | None = None  # datestamp and key of the last record given
    given: int = 0
    total: int | None = None

    def state(self, after: tuple[str, int], given: int, total: int) -> dict[str, Any]:
        """What a resumption token has to hold to go on after these records."""
        return {
            "v": self.verb,
            "p": self.prefix,
            "s": self.set,
            "f": self.since.isoformat() if self.since else None,
            "u": self.until.isoformat() if self.until else None,
            "a": list(after),
            "n": given,
            "t": total,
        }


def read_question(
    pairs: Iterable[tuple[str, str]],
    *,
    formats: Collection[str],
    sets: Collection[str],
    state_of: Callable[[str], Mapping[str, Any] | None],
) -> Question:
    """The question in the arguments; `state_of` opens a resumption token, None for one that is not ours."""
    arguments = _once(pairs)
    verb = arguments.pop("verb", "")
    if verb not in ARGUMENTS:
        raise ProtocolError("badVerb", "The verb is missing or unknown.")
    if "resumptionToken" in arguments:
        return _resumed(verb, arguments, state_of)
    _check_arguments(verb, arguments)
    if (verb == "ListSets" or arguments.get("set")) and not sets:
        raise ProtocolError("noSetHierarchy", "This repository has no sets.")
    prefix = arguments.get("metadataPrefix", "")
    if "metadataPrefix" in arguments and prefix not in formats:
        raise ProtocolError("cannotDisseminateFormat", f"Known formats: {', '.join(formats)}.")
    since, until = _span(arguments.get("from"), arguments.get("until"))
    return Question(
        verb=verb,
        prefix=prefix,
        identifier=arguments.get("identifier", ""),
        set=arguments.get("set", ""),
        since=since,
        until=until,
    )


def _check_arguments(verb: str, arguments: Mapping[str, str]) -> None:
    needed, allowed = ARGUMENTS[verb]
    if missing := needed - arguments.keys():
        raise ProtocolError("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    if unknown := arguments.keys() - needed - allowed:
        raise ProtocolError("badArgument", f"Not known for {verb}: {', '.join(sorted(unknown))}.")
    for name, syntax in SYNTAX.items():
        if name in arguments and not syntax.fullmatch(arguments[name]):
            raise ProtocolError("badArgument", f"Not written as the protocol wants it: {name}.")


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    arguments: dict[str, str] = {}
    for name, value in pairs:
        if name in arguments:
            code = "badVerb" if name == "verb" else "badArgument"
            raise ProtocolError(code, f"Given more than once: {name}.")
        arguments[name] = value
    return arguments


def _resumed(
    verb: str, arguments: dict[str, str], state_of: Callable[[str], Mapping[str, Any] | None]
) -> Question:
    token = arguments.pop("resumptionToken")
    if arguments:
        raise ProtocolError("badArgument", "A resumptionToken stands alone beside the verb.")
    if verb not in RESUMED:
        raise ProtocolError("badArgument", f"Not known for {verb}: resumptionToken.")
    state = state_of(token)
    if state is None or state.get("v") != verb:
        raise ProtocolError("badResumptionToken", "This resumptionToken is not one of ours.")
    return Question(
        verb=verb,
        prefix=state["p"],
        set=state["s"],
        since=datetime.fromisoformat(state["f"]) if state["f"] else None,
        until=datetime.fromisoformat(state["u"]) if state["u"] else None,
        after=(state["a"][0], state["a"][1]),
        given=state["n"],
        total=state["t"],
    )


def _span(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """Both ends belong to it; a day ends with its last second."""
    if since and until and len(since) != len(until):
        raise ProtocolError("badArgument", "from and until need the same granularity.")
    first = _moment(since, time(0, 0, 0)) if since is not None else None
    last = _moment(until, time(23, 59, 59)) if until is not None else None
    if first and last and first > last:
        raise ProtocolError("badArgument", "from is later than until.")
    return first, last


def _moment(text: str, at: time) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), at, tzinfo=UTC)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        pass
    raise ProtocolError("badArgument", f"Not a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ: {text[:40]}")


def datestamp(moment: datetime) -> str:
    """As the protocol writes it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
