"""Builders for records: provinces with communes, staff and certificates made without the issuing rules."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from certificates.models import Certificate
from courses.models import Programme
from lms.people.models import Organisation, OrganisationKind, Person, Role
from lms.shared import clock
from tests import make, make_certificates

_numbers = count(1)


def state() -> Organisation:
    return make.organisation("Việt Nam", OrganisationKind.STATE)


def province(name: str = "Tỉnh Sơn La", *, of: Organisation | None = None) -> Organisation:
    return make.organisation(name, parent=of or Organisation.objects.filter(parent=None).first() or state())


def commune(name: str, of: Organisation) -> Organisation:
    return make.organisation(name, OrganisationKind.COMMUNE, parent=of)


def officer(scope: Organisation, name: str = "Hà Thị Nhân Sự") -> Person:
    person = make.person(name)
    make.grant(person, Role.HR, scope)
    return person


def staff(full_name: str, unit: Organisation, **fields: Any) -> Person:
    person = make.person(full_name)
    make.assignment(person, unit, **fields)
    return person


def certificate(person: Person, programme: Programme, **fields: Any) -> Certificate:
    """A certificate as it stands in the table; `days_old` says when it was issued."""
    number = next(_numbers)
    issued_at = clock.now() - timedelta(days=fields.pop("days_old", 10))
    facts = {"hours": "24", "result_percent": "92.50", "holder_name": person.full_name}
    return Certificate.objects.create(
        person=person,
        programme=programme,
        serial=f"LT-2026-{number:06}",
        code=f"{number:016}",
        level="in_depth",
        components=["ST", "DC"],
        covers_st=True,
        covers_dc=True,
        identity_level="hr",
        facts=facts,
        issued_at=issued_at,
        recorded_at=issued_at,
        **fields,
    )


def programme(track: str = "G", **fields: Any) -> Programme:
    fields.setdefault("is_open", False)
    if track == "G":
        return make_certificates.programme(**fields)
    row = make_certificates.track(track, {"P": "COMM", "F": "FOREIGN"}[track])
    return make_certificates.programme(track=row, **fields)


def signed_in(person: Person) -> Client:
    """A browser that reads English, whatever the person's own language."""
    client = Client()
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
