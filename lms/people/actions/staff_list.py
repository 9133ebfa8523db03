"""Registering many people at once, as a staff list brings them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import Assignment, IdentityLevel, Organisation, Person, name_keys
from lms.people.permissions import may_manage_staff_of
from lms.shared.actors import Actor
from lms.shared.clock import HO_CHI_MINH
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

BATCH = 1000


@dataclass(frozen=True)
class ListedDuty:
    """One duty of a listed person."""

    organisation: Organisation
    duty: str
    duty_type: str
    valid_from: date
    valid_to: date | None = None
    end_reason: str = ""
    is_primary: bool = True
    title: str = ""


@dataclass(frozen=True)
class Listed:
    """One line of a staff list. `personal_id_hash` is made by the caller, who saw the digits."""

    username: str
    full_name: str
    duties: tuple[ListedDuty, ...]
    born_on: date | None = None
    personal_id_hash: str | None = None
    personal_id_last4: str = ""
    identity_level: str = IdentityLevel.HR
    is_synthetic: bool = False


@transaction.atomic
def add_staff(*, staff: Sequence[Listed], by: Actor) -> int:
    """Register everybody on the list whose username is new; returns how many that were.

    Safe to repeat. A personal ID that is taken stops the whole list: the database refuses it.
    """
    organisations = {duty.organisation.pk: duty.organisation for row in staff for duty in row.duties}
    if not all(may_manage_staff_of(by, organisation) for organisation in organisations.values()):
        raise Refused("not-allowed", _("Only HR of these organisations registers their staff."))
    added = 0
    rows = iter(staff)
    while batch := list(islice(rows, BATCH)):
        names = [row.username for row in batch]
        known = set(Person.objects.filter(username__in=names).values_list("username", flat=True))
        added += _add([row for row in batch if row.username not in known])
    if added:
        record("staff.listed", None, by=by, number_of_people=added)
    return added


def _add(rows: Sequence[Listed]) -> int:
    people = Person.objects.bulk_create([_person(row) for row in rows])
    Assignment.objects.bulk_create(
        _assignment(person, duty) for row, person in zip(rows, people, strict=True) for duty in row.duties
    )
    return len(people)


def _person(row: Listed) -> Person:
    name = clean_line(row.full_name)
    return Person(
        username=row.username,
        # What Person.set_unusable_password() writes, without a hasher's cost per row.
        password=UNUSABLE_PASSWORD_PREFIX + get_random_string(40),
        full_name=name,
        born_on=row.born_on,
        personal_id_hash=row.personal_id_hash,
        personal_id_last4=row.personal_id_last4,
        identity_level=row.identity_level,
        is_synthetic=row.is_synthetic,
        **name_keys(name),
    )


def _assignment(person: Person, duty: ListedDuty) -> Assignment:
    return Assignment(
        person=person,
        organisation=duty.organisation,
        duty=duty.duty,
        duty_type=duty.duty_type,
        is_primary=duty.is_primary,
        title=duty.title,
        valid_from=duty.valid_from,
        valid_to=duty.valid_to,
        end_reason=duty.end_reason,
        recorded_at=datetime.combine(duty.valid_from, time(8), tzinfo=HO_CHI_MINH),
    )
