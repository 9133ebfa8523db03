"""What the masthead says of a person."""

import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from lms.people.models import Person
from lms.people.permissions import grants_of
from lms.people.queries import person_line
from lms.shared.languages import current_language

KEPT_AT_SIGN_IN = 15 * 60  # seconds
KEPT = 60
IN_SESSION = "standing"


@dataclass(frozen=True)
class Standing:
    """One line and the roles held. It only shows; every page asks its permissions itself."""

    line: str
    roles: frozenset[str]


def standing_of(person: Person, session: MutableMapping[str, Any]) -> Standing:
    """From the session that is loaded anyway, else kept for a minute.

    Two queries that every page would pay for one line of text. A new role therefore shows in the
    menu a quarter of an hour later at most; the pages themselves open at once.
    """
    kept = session.get(IN_SESSION)
    if kept and kept["language"] == current_language() and kept["until"] > time.time():
        return Standing(kept["line"], frozenset(kept["roles"]))
    key = f"masthead:{person.pk}:{current_language()}"
    fresh: Standing | None = cache.get(key)
    if fresh is None:
        fresh = _standing(person)
        cache.set(key, fresh, KEPT)
    return fresh


def keep_standing(person: Person, session: MutableMapping[str, Any]) -> None:
    """Put it into the session; called at sign-in, when the session is written in any case."""
    standing = _standing(person)
    session[IN_SESSION] = {
        "language": current_language(),
        "line": standing.line,
        "roles": sorted(standing.roles),
        "until": int(time.time()) + KEPT_AT_SIGN_IN,
    }


def _standing(person: Person) -> Standing:
    return Standing(person_line(person), frozenset(grant.role for grant in grants_of(person)))
