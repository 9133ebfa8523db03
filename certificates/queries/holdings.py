"""Who holds which certificate, and who may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from certificates.models import Certificate
from certificates.pdf import CertificateFacts
from lms.people.models import Person
from lms.people.queries import people_visible_to


@dataclass(frozen=True)
class Holding:
    """A certificate as its holder's list shows it."""

    certificate: Certificate
    facts: CertificateFacts
    status: str


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """A person's certificates, the newest first."""
    rows = Certificate.objects.filter(person=person).select_related("programme__track")
    return rows.order_by("-issued_at", "-pk")


def holdings_of(person: Person, *, at: datetime) -> list[Holding]:
    """A person's certificates with what they state and whether they hold at a moment."""
    return [
        Holding(row, CertificateFacts.from_plain(row.facts), row.status_at(at))
        for row in certificates_of(person)
    ]


def certificates_visible_to(actor: Any) -> QuerySet[Certificate]:
    """Your own; those of the staff you manage; all for the programme office and auditors."""
    return Certificate.objects.filter(person__in=people_visible_to(actor).values("pk"))


def current_certificate(person: Person, programme_id: int) -> Certificate | None:
    """The certificate of a programme that is neither revoked nor replaced; it may have expired."""
    return Certificate.objects.current().filter(person=person, programme=programme_id).first()


def latest_certificate(person: Person, programme_id: int) -> Certificate | None:
    """The last certificate of a programme, whatever became of it."""
    return Certificate.objects.filter(person=person, programme=programme_id).order_by("-cycle").first()
