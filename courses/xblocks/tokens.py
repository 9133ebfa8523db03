"""The signed address of a framed block: what a sandboxed page without cookies may do, and for whom.

A token is the whole right: one person, one block, one mode, one view, for at most twelve hours. What
it says is checked again at each call (`courses.web.player`), so an ended enrolment or a lost role ends it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import astuple, dataclass

from django.conf import settings
from django.core import signing

from courses.xblocks.mode import Mode
from lms.people.models import Person
from lms.shared import clock

HOURS = 12
SALT = "courses.frame"
STUDENT_VIEW, STUDIO_VIEW = "student_view", "studio_view"
VIEWS = (STUDENT_VIEW, STUDIO_VIEW)


class BadToken(Exception):
    """Not ours, or changed on the way."""


class ExpiredToken(BadToken):
    """Ours, but too old, or the person has changed her password since."""


@dataclass(frozen=True)
class FrameToken:
    """What the address of a frame says."""

    person_id: int
    mark: str  # of the password: a new one ends all frames
    usage_key: str
    mode: Mode
    view: str
    language: str
    version: int  # the BlockVersion that was shown; a draft is saved only on top of it
    expires: int  # seconds since 1970


def new_token(person: Person, usage_key: str, *, mode: Mode, view: str, language: str, version: int) -> str:
    """The token of a frame that opens now."""
    expires = int(clock.now().timestamp()) + HOURS * 3600
    token = FrameToken(person.pk, mark_of(person), usage_key, mode, view, language, version, expires)
    return _signer().sign_object(list(astuple(token)))


def read_token(text: str) -> FrameToken:
    """What a token says; BadToken or ExpiredToken when it must not be believed."""
    try:
        person_id, mark, usage_key, mode, view, language, version, expires = _signer().unsign_object(text)
        token = FrameToken(person_id, mark, usage_key, Mode(mode), view, language, version, expires)
    except (signing.BadSignature, ValueError, TypeError, UnicodeError) as error:
        raise BadToken from error
    if token.view not in VIEWS or (token.view == STUDIO_VIEW and token.mode != Mode.DRAFT):
        raise BadToken
    if token.expires <= clock.now().timestamp():
        raise ExpiredToken
    return token


def mark_of(person: Person) -> str:
    """Changes with the password, and says nothing about it."""
    return hmac.new(
        settings.BLOCK_TOKEN_KEY.encode(), person.get_session_auth_hash().encode(), hashlib.sha256
    ).hexdigest()[:16]


def _signer() -> signing.Signer:
    return signing.Signer(key=settings.BLOCK_TOKEN_KEY, salt=SALT)
