"""Which part of the tree a reader of records sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.people.models import Assignment, Organisation, OrganisationKind, Person
from lms.people.permissions import hr_scopes, may_see_all_figures
from lms.shared import clock

KIND_ORDER = list(OrganisationKind.values)


@dataclass(frozen=True)
class Scope:
    """`tops` are the bodies with all below them; None means the whole country."""

    tops: tuple[Organisation, ...] | None

    @property
    def sees_all(self) -> bool:
        return self.tops is None

    def includes(self, organisation: Organisation) -> bool:
        return self.tops is None or any(organisation.path.startswith(top.path) for top in self.tops)


@dataclass(frozen=True)
class Units:
    """The bodies to choose from: those right below the scope, and those right below the chosen one."""

    offered: tuple[Organisation, ...]
    chosen: Organisation | None
    below_chosen: tuple[Organisation, ...]


def scope_of(actor: Any) -> Scope:
    """The programme office and auditors see all, HR its bodies, everybody else nothing."""
    if may_see_all_figures(actor):
        return Scope(None)
    return Scope(tuple(hr_scopes(actor)) if isinstance(actor, Person) and actor.is_active else ())


def units(scope: Scope, code: str = "") -> Units:
    """What the filter offers. A body outside the scope cannot be chosen: it is not there."""
    right_below = Q(parent__parent=None, parent__isnull=False)
    if scope.tops is not None:
        right_below = Q(parent__in=scope.tops)
    wanted = right_below | Q(code=code) | Q(parent__code=code) if code else right_below
    found = Organisation.objects.in_force_on(clock.today()).filter(wanted)
    rows = sorted((row for row in found if scope.includes(row)), key=_place_in_list)
    chosen = next((row for row in rows if code and row.code == code), None)
    below = tuple(row for row in rows if chosen and row.parent_id == chosen.pk)
    tops = {top.pk for top in scope.tops or ()}
    offered = (row for row in rows if row.parent_id in tops or (scope.sees_all and _is_second(row)))
    return Units(tuple(offered), chosen, below)


def _is_second(organisation: Organisation) -> bool:
    """Right below the root: a province or a ministry."""
    return organisation.path.count("/") == 3


def main_duties(tops: Sequence[Organisation] | None) -> QuerySet[Assignment]:
    """The duties under which people count today, within some bodies or (None) everywhere.

    A person counts where her main duty is; where she has none, with any duty she holds. So the
    record follows a transfer: the new body sees it, the old one does not.
    """
    today = Assignment.objects.in_force_on(clock.today())
    main = today.filter(person=OuterRef("person"), is_primary=True)
    rows = today.filter(Q(is_primary=True) | ~Exists(main))
    if tops is None:
        return rows
    within = Q(pk__in=[])
    for top in tops:
        within |= Q(organisation__path__startswith=top.path)
    return rows.filter(within)


def _place_in_list(organisation: Organisation) -> tuple[int, str]:
    return KIND_ORDER.index(organisation.kind), organisation.search_key
