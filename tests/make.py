"""Plain typed builders shared by all tests. Each app adds its own in make_<app>.py."""

from datetime import date
from itertools import count
from typing import Any

from lms.people.models import (
    Assignment,
    Duty,
    DutyType,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleGrant,
)
from lms.people.names import search_key
from lms.shared import clock

_numbers = count(1)


def person(full_name: str = "Nguyễn Thị Mẫu", **fields: Any) -> Person:
    fields.setdefault("username", f"person{next(_numbers)}")
    return Person.objects.create_user(full_name=full_name, password="mat-khau-mau-12", **fields)


def organisation(
    name: str = "Tỉnh Sơn La",
    kind: str = OrganisationKind.PROVINCE,
    parent: Organisation | None = None,
    **fields: Any,
) -> Organisation:
    fields.setdefault("code", f"{kind}-{next(_numbers)}")
    fields.setdefault("valid_from", date(2025, 7, 1))
    row = Organisation.objects.create(
        name=name, kind=kind, parent=parent, path="/", search_key=search_key(name), **fields
    )
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.save(update_fields=["path"])
    return row


def assignment(
    person: Person,
    organisation: Organisation,
    duty: str = Duty.GRASS,
    duty_type: str = DutyType.CONCURRENT,
    **fields: Any,
) -> Assignment:
    fields.setdefault("valid_from", date(2025, 7, 1))
    fields.setdefault("recorded_at", clock.now())
    return Assignment.objects.create(
        person=person, organisation=organisation, duty=duty, duty_type=duty_type, **fields
    )


def grant(person: Person, role: str = Role.TRAINER, scope: Organisation | None = None) -> RoleGrant:
    return RoleGrant.objects.create(
        person=person, role=role, scope=scope, granted_by="test", granted_at=clock.now()
    )
