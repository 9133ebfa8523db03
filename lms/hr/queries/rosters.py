"""Staff lists: how many people each body has, and when HR last said that the list is complete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from lms.indicator.formula import is_recent
from lms.people.models import Assignment, Organisation, Person, RosterSignOff
from lms.people.permissions import hr_scopes
from lms.shared import clock


@dataclass(frozen=True)
class Roster:
    """One body's staff list as it stands."""

    organisation: Organisation
    number_of_people: int
    last: RosterSignOff | None
    is_top: bool  # the body an officer was appointed for, not one right below it

    @property
    def is_recent(self) -> bool:
        """Signed within six months: the indicator names the other bodies."""
        return is_recent(self.last.signed_on if self.last else None, clock.today())


@dataclass(frozen=True)
class RosterChange:
    """What changed in a list since it was last signed."""

    number_of_people: int
    joined: int
    left: int
    since: date | None


def rosters_of(actor: Any) -> list[Roster]:
    """The bodies whose lists an officer signs: each of hers, then those right below it."""
    rows: list[Roster] = []
    for top in hr_scopes(actor) if isinstance(actor, Person) else []:
        below = (
            Organisation.objects.in_force_on(clock.today()).filter(parent=top).order_by("kind", "search_key")
        )
        bodies = [top, *below]
        numbers, last = _numbers_below(top), _last_sign_offs(bodies)
        numbers[top.pk] = number_of_people(top)
        rows += [
            Roster(body, numbers.get(body.pk, 0), last.get(body.pk), body.pk == top.pk) for body in bodies
        ]
    return rows


def number_of_people(organisation: Organisation) -> int:
    """How many people hold a duty in a body or below it today."""
    return _staff(organisation).values("person").distinct().count()


def roster_change(organisation: Organisation) -> RosterChange:
    """The list of a body compared with the day it was last signed."""
    last = sign_offs_under([organisation]).filter(organisation=organisation).first()
    number = number_of_people(organisation)
    if last is None:
        return RosterChange(number, 0, 0, None)
    today = _staff(organisation).values("person")
    then = _staff(organisation, last.signed_on).values("person")
    joined = Person.objects.filter(pk__in=today).exclude(pk__in=then).count()
    left = Person.objects.filter(pk__in=then).exclude(pk__in=today).count()
    return RosterChange(number, joined, left, last.signed_on)


def sign_offs_under(tops: Sequence[Organisation]) -> QuerySet[RosterSignOff]:
    """Who signed which list of these bodies and those below them, the newest first."""
    within = Q(pk__in=[])
    for top in tops:
        within |= Q(organisation__path__startswith=top.path)
    rows = RosterSignOff.objects.filter(within).select_related("organisation__parent", "signed_by")
    return rows.order_by("-signed_on", "-recorded_at", "-pk")


def _staff(organisation: Organisation, day: date | None = None) -> QuerySet[Assignment]:
    rows = Assignment.objects.in_force_on(day or clock.today())
    return rows.filter(organisation__path__startswith=organisation.path)


def _numbers_below(top: Organisation) -> dict[int, int]:
    """People in each body right below `top`, in one query: a path names its ancestors by id."""
    rest = Substr("organisation__path", len(top.path) + 1)
    rows = (
        _staff(top)
        .exclude(organisation=top)
        .annotate(child=Substr(rest, 1, StrIndex(rest, Value("/")) - 1))
        .values("child")
        .annotate(number=Count("person", distinct=True))
        .values_list("child", "number")
    )
    return {int(child): number for child, number in rows}


def _last_sign_offs(bodies: Sequence[Organisation]) -> dict[int, RosterSignOff]:
    rows = RosterSignOff.objects.filter(organisation__in=bodies).select_related("signed_by")
    return {row.organisation_id: row for row in rows.order_by("signed_on", "recorded_at", "pk")}
