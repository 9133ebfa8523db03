"""Duties: who does what where. A row's facts never change; corrections retract and rewrite."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import Assignment, Duty, DutyType, EndReason, Organisation, Person
from lms.people.permissions import may_manage_staff_of
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

NOT_ALLOWED = _("Only HR of this organisation, or of one above it, keeps its staff list.")

CORRECTABLE = ("duty", "duty_type", "title", "valid_from", "valid_to")


@transaction.atomic
def assign_duty(
    *,
    person: Person,
    organisation: Organisation,
    duty: str,
    duty_type: str,
    valid_from: date,
    by: Actor,
    is_primary: bool = True,
    title: str = "",
    valid_to: date | None = None,
) -> Assignment:
    """Record a duty. A second main duty in the same time is refused, and so is the same duty twice."""
    if not may_manage_staff_of(by, organisation):
        raise Refused("not-allowed", NOT_ALLOWED)
    _check_facts(organisation, duty, duty_type, valid_from, valid_to)
    _check_no_clash(person, organisation, duty, is_primary, (valid_from, valid_to))
    assignment = Assignment.objects.create(
        person=person,
        organisation=organisation,
        duty=duty,
        duty_type=duty_type,
        is_primary=is_primary,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=clock.now(),
    )
    record("assignment.created", person, by=by, **_facts(assignment))
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, on: date, reason: str, by: Actor) -> Assignment:
    """End a duty with `on` as its last day; returns the row that says so.

    The open row is retracted, not changed: what was known before can still be computed.
    """
    if not may_manage_staff_of(by, assignment.organisation):
        raise Refused("not-allowed", NOT_ALLOWED)
    if reason not in EndReason.values:
        raise Refused("unknown-reason", _("Choose why the duty ends."))
    if on < assignment.valid_from:
        raise Refused("ends-before-begin", _("The last day lies before the first. Check both dates."))
    if assignment.valid_to is not None:
        raise Refused("ended-already", _("This duty has ended already. Correct it instead."))
    ended = _replace(assignment, valid_to=on, end_reason=reason)
    record("assignment.ended", assignment.person, by=by, **_facts(ended))
    return ended


@transaction.atomic
def correct_assignment(*, assignment: Assignment, by: Actor, **facts: Any) -> Assignment:
    """Put right what was recorded wrongly: duty, duty_type, title, valid_from, valid_to."""
    if unknown := set(facts) - set(CORRECTABLE):
        raise TypeError(f"not facts of a duty: {unknown}")
    if not may_manage_staff_of(by, assignment.organisation):
        raise Refused("not-allowed", NOT_ALLOWED)
    new: dict[str, Any] = {name: getattr(assignment, name) for name in CORRECTABLE} | facts
    _check_facts(assignment.organisation, new["duty"], new["duty_type"], new["valid_from"], new["valid_to"])
    period = (new["valid_from"], new["valid_to"])
    _check_no_clash(
        assignment.person,
        assignment.organisation,
        new["duty"],
        assignment.is_primary,
        period,
        instead_of=assignment,
    )
    fresh = _replace(assignment, **new)
    record("assignment.corrected", assignment.person, by=by, **_facts(fresh))
    return fresh


def _check_facts(
    organisation: Organisation, duty: str, duty_type: str, valid_from: date, valid_to: date | None
) -> None:
    if duty not in Duty.values or duty_type not in DutyType.values:
        raise Refused("unknown-duty", _("Choose one of the duties offered."))
    if duty_type == DutyType.PROPAGANDIST and duty != Duty.GRASS:
        raise Refused("propagandist", _("Hamlet propagandists work in grassroots information."))
    if valid_to is not None and valid_to < valid_from:
        raise Refused("ends-before-begin", _("The last day lies before the first. Check both dates."))
    if valid_from < organisation.valid_from or (
        organisation.valid_to is not None and valid_from > organisation.valid_to
    ):
        raise Refused("organisation-closed", _("The organisation did not exist on the first day."))


def _check_no_clash(
    person: Person,
    organisation: Organisation,
    duty: str,
    is_primary: bool,
    period: tuple[date, date | None],
    instead_of: Assignment | None = None,
) -> None:
    """Refuse the same duty twice, or two main duties, in one time."""
    # One writer per person: no constraint can see that two closed periods overlap.
    Person.objects.select_for_update().get(pk=person.pk)
    valid_from, valid_to = period
    rows = Assignment.objects.filter(person=person, retracted_at=None)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        rows = rows.filter(valid_from__lte=valid_to)
    if instead_of is not None:
        rows = rows.exclude(pk=instead_of.pk)
    if rows.filter(organisation=organisation, duty=duty).exists():
        raise Refused("duplicate", _("This duty is recorded already for this time."))
    if is_primary and rows.filter(is_primary=True).exists():
        raise Refused(
            "primary-exists",
            _("This person has a main duty in this time. End it first, or record this one as additional."),
        )


def _replace(assignment: Assignment, **facts: Any) -> Assignment:
    """Retract the row and write another with `facts` changed."""
    now = clock.now()
    current = Assignment.objects.filter(pk=assignment.pk, retracted_at=None)
    if not current.update(retracted_at=now):
        raise Refused("changed-meanwhile", _("Somebody changed this duty meanwhile. Load the page again."))
    assignment.retracted_at = now
    kept = ("person", "organisation", "duty", "duty_type", "is_primary", "title", "valid_from", "valid_to")
    values = {name: getattr(assignment, name) for name in kept} | {"end_reason": assignment.end_reason}
    return Assignment.objects.create(**(values | facts), recorded_at=now)


def _facts(assignment: Assignment) -> dict[str, str]:
    """What the audit trail says about a duty."""
    return {
        "organisation": assignment.organisation.code,
        "duty": assignment.duty,
        "duty_type": assignment.duty_type,
        "valid_from": assignment.valid_from.isoformat(),
        "valid_to": assignment.valid_to.isoformat() if assignment.valid_to else "",
    }
