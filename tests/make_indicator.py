"""Builders for tests of the indicator and of HR's records."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from certificates.models import Certificate, Evidence
from courses.models import Programme, Track
from lms.people.models import (
    Duty,
    DutyType,
    IdentityLevel,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RosterSignOff,
)
from lms.shared import clock
from tests import make

_numbers = count(1)
TITLES = {
    "COMM": {"vi": "Báo chí – truyền thông", "en": "Press and communication", "de": "Presse"},
    "GRASS": {"vi": "Thông tin cơ sở", "en": "Grassroots information", "de": "Basisinformation"},
    "FOREIGN": {"vi": "Thông tin đối ngoại", "en": "Foreign information", "de": "Auslandsinformation"},
}
CODES = {"COMM": "P", "GRASS": "G", "FOREIGN": "F"}


def programme(duty: str = Duty.GRASS, **fields: Any) -> Programme:
    """The open programme of a duty's track, or another version of it."""
    track, _new = Track.objects.get_or_create(
        duty=duty, defaults={"code": CODES[duty], "title": TITLES[duty], "position": 1}
    )
    if not fields:
        found = Programme.objects.filter(track=track).order_by("pk").first()
        if found:
            return found
    fields.setdefault("version", f"v{next(_numbers)}")
    fields.setdefault("is_open", False)
    return Programme.objects.create(track=track, title=TITLES[duty], hours=24, **fields)


def certificate(person: Person, duty: str = Duty.GRASS, **fields: Any) -> Certificate:
    """A certificate in depth that counts, unless told otherwise."""
    number = next(_numbers)
    issued_at = fields.setdefault("issued_at", clock.now())
    defaults: dict[str, Any] = {
        "programme": fields.get("programme") or programme(duty),
        "serial": f"LT-2026-{number:06d}",
        "code": f"CODE{number:08d}",
        "level": "in_depth",
        "components": ["ST", "DC"],
        "covers_st": True,
        "covers_dc": True,
        "evidence": Evidence.PLATFORM,
        "identity_level": IdentityLevel.HR,
        "facts": {},
        "recorded_at": issued_at,
    }
    if fields.get("revoked_at"):
        defaults["revoked_by"] = "test"
    return Certificate.objects.create(person=person, **(defaults | fields))


def state() -> Organisation:
    return make.organisation("Nước Mẫu", OrganisationKind.STATE, valid_from=date(2025, 1, 1))


def province(name: str = "Tỉnh Sơn La", **fields: Any) -> Organisation:
    fields.setdefault("short_name", name.removeprefix("Tỉnh "))
    return make.organisation(name, OrganisationKind.PROVINCE, **fields)


def commune(of: Organisation, name: str = "Xã Mẫu", **fields: Any) -> Organisation:
    return make.organisation(name, OrganisationKind.COMMUNE, parent=of, **fields)


def officer(
    organisation: Organisation,
    full_name: str = "Lò Thị Mẫu",
    duty: str = Duty.GRASS,
    duty_type: str = DutyType.CONCURRENT,
    **fields: Any,
) -> Person:
    """A person with one main duty."""
    person = make.person(full_name)
    make.assignment(person, organisation, duty, duty_type, **fields)
    return person


def officers(organisation: Organisation, number: int, *, trained: int = 0) -> list[Person]:
    """`number` grassroots officers, the first `trained` of them with a certificate."""
    people = [officer(organisation, f"Lò Văn Mẫu {i}") for i in range(number)]
    for person in people[:trained]:
        certificate(person)
    return people


def office() -> Person:
    person = make.person("Phạm Văn Mẫu")
    make.grant(person, Role.OFFICE)
    return person


def auditor() -> Person:
    person = make.person("Trần Thị Kiểm")
    make.grant(person, Role.AUDITOR)
    return person


def hr(scope: Organisation) -> Person:
    person = make.person("Hà Thị Nhân Sự")
    make.grant(person, Role.HR, scope)
    return person


def sign_off(organisation: Organisation, on: date, number: int = 10) -> RosterSignOff:
    return RosterSignOff.objects.create(
        organisation=organisation,
        signed_on=on,
        signed_by=make.person(),
        number_of_people=number,
        recorded_at=moment(on),
    )


def moment(day: date, hour: int = 3) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
