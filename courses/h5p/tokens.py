"""Launch tokens: the signed address of a package on the player host, for one person at one place.

A token is the whole right there, for at most twelve hours, and what it says is checked again at each
use: MAY_PLAY of the host.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import astuple, dataclass
from typing import Any, Literal

from django.core import signing

from courses.h5p import host

HOURS = 12
SALT = "h5p.launch"
Mode = Literal["learn", "look", "write"]  # recorded; by an author, not recorded; of what is being written
MODES: tuple[Mode, ...] = ("learn", "look", "write")


class BadToken(Exception):
    """Not ours, or changed on the way."""


class ExpiredToken(BadToken):
    """Ours, but too old, or the person has changed her password since."""


@dataclass(frozen=True)
class LaunchToken:
    """What the address says. `thing` is a package's primary key, in mode "write" a preview's key."""

    person_id: int
    mark: str  # of the password: a new one ends all
    thing: str
    context: str
    mode: Mode
    language: str
    expires: int  # seconds since 1970


def new_token(person: Any, thing: Any, *, context: str, mode: Mode, language: str) -> str:
    """The token of a package that opens now."""
    expires = int(time.time()) + HOURS * 3600
    token = LaunchToken(person.pk, mark_of(person), str(thing), context, mode, language, expires)
    return _signer().sign_object(list(astuple(token)))


def read_token(text: str) -> LaunchToken:
    """What a token says; BadToken or ExpiredToken when it must not be believed."""
    try:
        token = LaunchToken(*_signer().unsign_object(text))
    except (signing.BadSignature, ValueError, TypeError, UnicodeError) as error:
        raise BadToken from error
    if token.mode not in MODES:
        raise BadToken
    if token.expires <= time.time():
        raise ExpiredToken
    return token


def mark_of(person: Any) -> str:
    """Changes with the password, and says nothing about it."""
    return hmac.new(host.key().encode(), person.get_session_auth_hash().encode(), hashlib.sha256).hexdigest()[
        :16
    ]


def _signer() -> signing.Signer:
    return signing.Signer(key=host.key(), salt=SALT)
