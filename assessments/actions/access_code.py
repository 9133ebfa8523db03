"""The access code of a quiz: set for a sitting, asked at the start."""

import unicodedata
from hmac import compare_digest

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import Quiz
from assessments.permissions import may_run_sittings
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.limits import count

TRIES_A_MINUTE = 5
LEAST, MOST = 4, 32
NOT_ALLOWED = _("Only trainers and the programme office run sittings.")


@transaction.atomic
def set_access_code(*, quiz: Quiz, code: str, by: Actor) -> None:
    """Ask for this code from now on; an empty one asks for none. Attempts under way go on.

    The audit trail says that it changed, never what it is.
    """
    if not may_run_sittings(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    written = " ".join(unicodedata.normalize("NFC", code).split())
    if written and not LEAST <= len(_plain(written)) <= MOST:
        raise Refused(
            "code-length",
            _("An access code has %(least)d to %(most)d letters or digits.") % {"least": LEAST, "most": MOST},
        )
    quiz.access_code = written
    quiz.save(update_fields=["access_code"])
    record("quiz.access_code_set", quiz, by=by, is_asked=bool(written))


def check_access_code(*, quiz: Quiz, sent: str, by: Person) -> None:
    """Refuse a wrong code, and every code after five tries in a minute. Case and spaces do not matter."""
    if not sent.strip():
        raise Refused("access-code-missing", _("Enter the access code your supervisor announces."))
    if count("access-code", str(by.pk)) > TRIES_A_MINUTE:
        raise Refused("too-many-tries", _("Too many tries. Wait a minute, then enter the code again."))
    if not compare_digest(_plain(sent).encode(), _plain(quiz.access_code).encode()):
        raise Refused("access-code-wrong", _("This is not the access code. Ask your supervisor."))


def _plain(code: str) -> str:
    """What is compared: one Unicode form, no spaces, no case."""
    return "".join(unicodedata.normalize("NFKC", code).split()).casefold()
