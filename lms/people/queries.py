"""Reads about people and organisations."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lms.people.models import (
    Assignment,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
    Role,
)
from lms.people.names import search_key
from lms.people.permissions import grants_of, has_role, hr_scopes
from lms.shared import clock
from lms.shared.languages import current_language

# Designations are words, so they begin small inside a sentence; a ministry's "Bộ" is part of a name.
DESIGNATIONS = ("Xã ", "Phường ", "Đặc khu ", "Tỉnh ", "Thành phố ")


def display_name(person: Person) -> str:
    """What sign-in pages call a person."""
    return person.full_name


def assignments_of(person: Person, *, on: date | None = None) -> QuerySet[Assignment]:
    """A person's duties on a day, the main one first, with where they are."""
    rows = Assignment.objects.in_force_on(on or clock.today()).filter(person=person)
    return rows.select_related("organisation__parent").order_by("-is_primary", "-valid_from", "pk")


def primary_assignment(person: Person, *, on: date | None = None) -> Assignment | None:
    """The duty under which a person counts on a day: her main one, else any she holds."""
    return assignments_of(person, on=on).first()


def person_line(person: Person, *, on: date | None = None) -> str:
    """What a person is here and where: "Học viên · xã Mẫu, tỉnh Sơn La"."""
    assignment = primary_assignment(person, on=on)
    scopes = hr_scopes(person)
    place = assignment.organisation if assignment else scopes[0] if scopes else None
    parts = [role_line(person), organisation_line(place) if place else ""]
    return " · ".join(part for part in parts if part)


def role_line(person: Person) -> str:
    """The roles a person holds, or "Learner"."""
    order = list(Role.values)
    held = sorted({grant.role for grant in grants_of(person)}, key=order.index)
    return ", ".join(str(Role(role).label) for role in held) or _("Learner")


def organisation_line(organisation: Organisation) -> str:
    """An organisation and the one above it, in the reader's language, for use inside a line."""
    above = organisation.parent
    names = [organisation_label(organisation)]
    if above is not None and above.kind != OrganisationKind.STATE:
        names.append(organisation_label(above))
    return ", ".join(names)


def organisation_label(organisation: Organisation) -> str:
    """An organisation's name in the reader's language, as it stands inside a sentence."""
    if current_language() != "vi" and organisation.name_en:
        return organisation.name_en
    name = organisation.name
    return name[0].lower() + name[1:] if name.startswith(DESIGNATIONS) else name


def people_managed_by(actor: Any, *, on: date | None = None) -> QuerySet[Person]:
    """The staff whose records an HR officer keeps; nobody for everybody else."""
    scopes = hr_scopes(actor) if isinstance(actor, Person) and actor.is_active else []
    if not scopes:
        return Person.objects.none()
    below = Q()
    for scope in scopes:
        below |= Q(organisation__path__startswith=scope.path)
    staff = Assignment.objects.in_force_on(on or clock.today()).filter(below)
    return Person.objects.filter(pk__in=staff.values("person"))


def people_visible_to(actor: Any) -> QuerySet[Person]:
    """Yourself; the staff you manage; everybody for the programme office and auditors."""
    if has_role(actor, Role.OFFICE, Role.AUDITOR):
        return Person.objects.all()
    if not isinstance(actor, Person):
        return Person.objects.none()
    managed = people_managed_by(actor)
    return Person.objects.filter(Q(pk=actor.pk) | Q(pk__in=managed.values("pk")))


def matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds every word of `text`, typed with or without accents, in any order."""
    for word in search_key(text).split():
        people = people.filter(search_key__contains=word)
    return people.order_by("sort_key", "pk")


def staff_of(organisation: Organisation, *, on: date | None = None) -> QuerySet[Assignment]:
    """Who holds a duty in an organisation or below it on a day, by given name."""
    rows = Assignment.objects.in_force_on(on or clock.today())
    rows = rows.filter(organisation__path__startswith=organisation.path)
    return rows.select_related("person", "organisation__parent").order_by("person__sort_key", "pk")


def organisations_on(day: date, *, kind: str = "") -> QuerySet[Organisation]:
    """The tree as it stood on a day: before 01/07/2025 the 63 provinces, since then the 34."""
    rows = Organisation.objects.in_force_on(day)
    return (rows.filter(kind=kind) if kind else rows).order_by("path")


def successors_of(organisation: Organisation) -> QuerySet[Organisation]:
    """What a closed body went into."""
    return Organisation.objects.filter(origins__predecessor=organisation).order_by("code")


def predecessors_of(organisation: Organisation) -> QuerySet[Organisation]:
    """What a body was formed from."""
    return Organisation.objects.filter(successions__successor=organisation).order_by("code")


def name_on(organisation: Organisation, day: date) -> str:
    """The name a body bore on a day: "Tỉnh Đồng Nai" until 29/04/2026."""
    earlier = OrganisationName.objects.filter(
        organisation=organisation, valid_from__lte=day, valid_to__gte=day
    )
    return earlier.values_list("name", flat=True).first() or organisation.name


def organisations_matching(
    text: str, *, on: date | None = None, among: QuerySet[Organisation] | None = None
) -> QuerySet[Organisation]:
    """Bodies whose name holds every word of `text`, with or without accents; those of today by default."""
    rows = organisations_on(on or clock.today()) if among is None else among
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows
