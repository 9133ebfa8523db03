"""The work of a role: links above a person's own learning."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.queries.review import number_of_drafts
from lms.people.models import Person, Role


@dataclass(frozen=True)
class Work:
    url: str
    label: str | Promise


STUDIO = ("courses:studio", _("Write modules"))
SITTINGS = ("assessments:sittings", _("Sittings and their confirmation"))
LIBRARY = ("courses:media", _("Media library"))
REVIEWS = ("courses:reviews", _("Drafts under review"))
H5P_LIBRARIES = ("courses:h5p_libraries", _("H5P libraries"))
MARKING = ("assessments:marking", _("Answers to mark, appeals"))
RECORDS = ("hr:records", _("Certificate records"))
EXPORTS = ("hr:exports", _("Exports"))
ROSTER = ("hr:roster", _("Staff list and its sign-off"))
SNAPSHOTS = ("indicator:snapshots", _("Frozen figures"))
INDICATOR = ("indicator:public", _("Indicator and its details"))
AUDIT = ("home:audit", _("Audit trail"))
VERIFY = ("certificates:verify_form", _("Check a certificate"))
ADMIN = ("admin:index", _("People, organisations and roles"))
WORK: dict[str, tuple[tuple[str, Promise], ...]] = {
    Role.TRAINER: (STUDIO, MARKING, REVIEWS, LIBRARY, SITTINGS),
    Role.REVIEWER: (REVIEWS, MARKING, LIBRARY),
    Role.HR: (ROSTER, RECORDS, EXPORTS, INDICATOR),
    Role.OFFICE: (REVIEWS, MARKING, INDICATOR, SNAPSHOTS, RECORDS, EXPORTS, LIBRARY, SITTINGS, VERIFY),
    Role.AUDITOR: (AUDIT, INDICATOR, SNAPSHOTS, RECORDS, VERIFY),
    Role.LIBRARY_MANAGER: (H5P_LIBRARIES,),
    Role.ADMINISTRATOR: (ADMIN, AUDIT, STUDIO, MARKING, LIBRARY),
}

WHO_MEETS_DRAFTS = frozenset({Role.TRAINER, Role.REVIEWER, Role.OFFICE})


@dataclass(frozen=True)
class RoleWork:
    roles: str
    links: tuple[Work, ...]


def work_of(person: Person, held: frozenset[str]) -> RoleWork | None:
    """Pages for what a person with these roles does here beside learning; None for learners."""
    if not held:
        return None
    entries = dict.fromkeys(entry for role in WORK if role in held for entry in WORK[role])
    open_to_her = [entry for entry in entries if entry != ADMIN or person.is_staff]
    waiting = _waiting(person, held) if held & WHO_MEETS_DRAFTS else {}
    links = [Work(reverse(name), waiting.get(name) or label) for name, label in open_to_her]
    return RoleWork(", ".join(str(Role(role).label) for role in WORK if role in held), tuple(links))


def _waiting(person: Person, held: frozenset[str]) -> dict[str, str]:
    """Links that say how much waits behind them."""
    waits, returned = number_of_drafts(person, held)
    found: dict[str, str] = {}
    if waits:
        words = ngettext("%(count)s draft waits for you", "%(count)s drafts wait for you", waits)
        found["courses:reviews"] = words % {"count": waits}
    if returned:
        words = ngettext("Studio: %(count)s draft came back", "Studio: %(count)s drafts came back", returned)
        found["courses:studio"] = words % {"count": returned}
    return found
