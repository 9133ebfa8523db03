"""The work of a role: links above a person's own learning."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.models import Person, Role


@dataclass(frozen=True)
class Work:
    url: str
    label: str | Promise


STUDIO = ("courses:studio", _("Write and publish modules"))
LIBRARY = ("courses:media", _("Media library"))
RECORDS = ("hr:records", _("Certificate records"))
EXPORTS = ("hr:exports", _("Exports"))
ROSTER = ("hr:roster", _("Staff list and its sign-off"))
SNAPSHOTS = ("indicator:snapshots", _("Frozen figures"))
INDICATOR = ("indicator:public", _("Indicator and its details"))
AUDIT = ("home:audit", _("Audit trail"))
VERIFY = ("certificates:verify_form", _("Check a certificate"))
ADMIN = ("admin:index", _("People, organisations and roles"))
WORK: dict[str, tuple[tuple[str, Promise], ...]] = {
    Role.TRAINER: (STUDIO, LIBRARY),
    Role.REVIEWER: (LIBRARY,),
    Role.HR: (ROSTER, RECORDS, EXPORTS, INDICATOR),
    Role.OFFICE: (INDICATOR, SNAPSHOTS, RECORDS, EXPORTS, LIBRARY, VERIFY),
    Role.AUDITOR: (AUDIT, INDICATOR, SNAPSHOTS, RECORDS, VERIFY),
    Role.ADMINISTRATOR: (ADMIN, AUDIT, STUDIO, LIBRARY),
}


@dataclass(frozen=True)
class RoleWork:
    roles: str
    links: tuple[Work, ...]  # empty: the role has no page of its own yet


def work_of(person: Person, held: frozenset[str]) -> RoleWork | None:
    """Pages for what a person with these roles does here beside learning; None for learners."""
    if not held:
        return None
    entries = dict.fromkeys(entry for role in WORK if role in held for entry in WORK[role])
    open_to_her = [entry for entry in entries if entry != ADMIN or person.is_staff]
    links = [Work(reverse(name), label) for name, label in open_to_her]
    return RoleWork(", ".join(str(Role(role).label) for role in WORK if role in held), tuple(links))
