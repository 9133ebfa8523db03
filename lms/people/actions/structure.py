"""Loading the whole tree at once, so that thousands of bodies take seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import Organisation, OrganisationName, Succession
from lms.people.names import search_key
from lms.people.permissions import may_change_organisations
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@dataclass(frozen=True)
class Body:
    """One organisation as a file states it; `parent` and `successor` are codes."""

    code: str
    kind: str
    name: str
    valid_from: date
    parent: str = ""
    name_en: str = ""
    short_name: str = ""
    label: str = ""
    nso_code: str = ""
    counts_for_b70: bool = True
    valid_to: date | None = None
    successor: str = ""
    earlier_names: tuple[tuple[str, date, date], ...] = ()


@dataclass(frozen=True)
class Loaded:
    """How many bodies a load added and how many it changed."""

    added: int
    changed: int
    unchanged: int


STATED = (
    *("kind", "name", "name_en", "short_name", "label", "nso_code"),
    *("counts_for_b70", "valid_from", "valid_to"),
)
BATCH = 500


@transaction.atomic
def load_structure(*, bodies: Sequence[Body], by: Actor) -> Loaded:
    """Add the bodies that are missing and correct those that differ. Parents stand before children.

    Safe to repeat. Bodies that are not among `bodies` stay as they are.
    """
    if not may_change_organisations(by):
        raise Refused("not-allowed", _("Only the programme office changes organisations."))
    codes = {b.code for b in bodies} | {b.parent for b in bodies}
    known = {row.code: row for row in Organisation.objects.filter(code__in=codes)}
    changed = _correct(bodies, known)
    added = _add([b for b in bodies if b.code not in known], known)
    _link(bodies, known)
    if added or changed:
        record("organisations.loaded", None, by=by, added=added, changed=changed)
    return Loaded(added, changed, len(bodies) - added - changed)


def _correct(bodies: Sequence[Body], known: dict[str, Organisation]) -> int:
    """Update the rows that say something else than the file."""
    differing = []
    for body in bodies:
        row = known.get(body.code)
        if row is None or all(getattr(row, name) == getattr(body, name) for name in STATED):
            continue
        for name in STATED:
            setattr(row, name, getattr(body, name))
        row.search_key = search_key(body.name)
        differing.append(row)
    Organisation.objects.bulk_update(differing, [*STATED, "search_key"], batch_size=BATCH)
    return len(differing)


def _add(bodies: Sequence[Body], known: dict[str, Organisation]) -> int:
    """Insert level by level: a row's path needs its parent's."""
    waiting = list(bodies)
    while waiting:
        ready = [b for b in waiting if not b.parent or b.parent in known]
        if not ready:
            raise Refused("unknown-parent", _("An organisation hangs below one that does not exist."))
        for row in Organisation.objects.bulk_create([_row(b, known) for b in ready], batch_size=BATCH):
            known[row.code] = row
        _set_paths({known[b.parent] if b.parent else None for b in ready})
        for row in Organisation.objects.filter(code__in=[b.code for b in ready]):
            known[row.code] = row
        added = {b.code for b in ready}
        waiting = [b for b in waiting if b.code not in added]
    return len(bodies)


def _row(body: Body, known: dict[str, Organisation]) -> Organisation:
    return Organisation(
        code=body.code,
        parent=known[body.parent] if body.parent else None,
        path="",
        search_key=search_key(body.name),
        **{name: getattr(body, name) for name in STATED},
    )


def _set_paths(parents: set[Organisation | None]) -> None:
    """Give the rows just added their path: one statement per parent, none per row."""
    for parent in parents:
        Organisation.objects.filter(parent=parent, path="").update(
            path=Concat(Value(parent.path if parent else "/"), Cast("pk", CharField()), Value("/"))
        )


def _link(bodies: Sequence[Body], known: dict[str, Organisation]) -> None:
    """Write successions and earlier names that are not there yet."""
    successions = [
        Succession(predecessor=known[b.code], successor=known[b.successor], on=known[b.successor].valid_from)
        for b in bodies
        if b.successor
    ]
    Succession.objects.bulk_create(successions, ignore_conflicts=True)
    for body in bodies:
        for name, valid_from, valid_to in body.earlier_names:
            OrganisationName.objects.get_or_create(
                organisation=known[body.code], name=name, valid_from=valid_from, valid_to=valid_to
            )
