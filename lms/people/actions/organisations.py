"""The tree of organisations and the statements that a staff list is complete."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import (
    Assignment,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
    RosterSignOff,
    Succession,
)
from lms.people.names import search_key
from lms.people.permissions import may_change_organisations, may_manage_staff_of
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

NOT_ALLOWED = _("Only the programme office changes organisations.")


@transaction.atomic
def create_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Organisation | None,
    valid_from: date,
    by: Actor,
    name_en: str = "",
    short_name: str = "",
    counts_for_b70: bool = True,
) -> Organisation:
    """Add a body to the tree."""
    if not may_change_organisations(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if kind not in OrganisationKind.values:
        raise Refused("unknown-kind", _("Choose one of the kinds offered."))
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                code=code,
                name=name,
                name_en=name_en,
                short_name=short_name or name,
                kind=kind,
                parent=parent,
                path="",
                search_key=search_key(name),
                counts_for_b70=counts_for_b70,
                valid_from=valid_from,
            )
    except IntegrityError as error:
        raise Refused("code-taken", _("An organisation with this code exists already.")) from error
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    record("organisation.created", organisation, by=by, code=code)
    return organisation


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, on: date, by: Actor, name_en: str = ""
) -> Organisation:
    """Give the same body a new name from `on`; the old one stays findable with its dates."""
    if not may_change_organisations(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    last = organisation.earlier_names.order_by("-valid_to").first()
    begin = last.valid_to + timedelta(days=1) if last else organisation.valid_from
    if on <= begin:
        raise Refused("name-too-early", _("The new name begins before the present one. Check the date."))
    OrganisationName.objects.create(
        organisation=organisation, name=organisation.name, valid_from=begin, valid_to=on - timedelta(days=1)
    )
    before, organisation.name = organisation.name, name
    organisation.name_en, organisation.search_key = name_en, search_key(name)
    organisation.save(update_fields=["name", "name_en", "search_key"])
    record("organisation.renamed", organisation, by=by, before=before, on=on.isoformat())
    return organisation


@transaction.atomic
def merge_organisations(
    *, predecessors: Sequence[Organisation], successor: Organisation, on: date, by: Actor
) -> Organisation:
    """Close `predecessors` on the day before `on` and say what they went into."""
    if not may_change_organisations(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    for body in predecessors:
        if body.pk == successor.pk or body.valid_to is not None or on <= body.valid_from:
            raise Refused("cannot-merge", _("Only other bodies that still exist go into this one."))
        body.valid_to = on - timedelta(days=1)
        body.save(update_fields=["valid_to"])
        Succession.objects.create(predecessor=body, successor=successor, on=on)
        record("organisation.merged", body, by=by, into=successor.code, on=on.isoformat())
    return successor


@transaction.atomic
def sign_off_roster(
    *, organisation: Organisation, by: Person, signed_on: date | None = None
) -> RosterSignOff:
    """State that the staff list of an organisation and all below it is complete on a day."""
    if not may_manage_staff_of(by, organisation):
        raise Refused("not-allowed", _("Only HR of this organisation signs off its staff list."))
    day = signed_on or clock.today()
    if day > clock.today():
        raise Refused("future", _("A staff list cannot be signed off for a day to come."))
    staff = Assignment.objects.in_force_on(day).filter(organisation__path__startswith=organisation.path)
    sign_off = RosterSignOff.objects.create(
        organisation=organisation,
        signed_on=day,
        signed_by=by,
        number_of_people=staff.values("person").distinct().count(),
        recorded_at=clock.now(),
    )
    record(
        "roster.signed_off",
        organisation,
        by=by,
        signed_on=day.isoformat(),
        number_of_people=sign_off.number_of_people,
    )
    return sign_off
