"""Putting people on programmes: by the duty on their staff record, or by their own choice."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, Programme
from courses.permissions import may_record_for
from courses.queries.outline import open_programmes
from lms.audit.actions import record
from lms.people.models import Assignment, Person
from lms.people.queries import assignments_of
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

BY_DUTY, CHOSEN = "duty", "chosen"


@transaction.atomic
def enrol_by_duty(*, person: Person, by: Actor) -> list[Enrolment]:
    """Put a person on the open programme of each duty she holds today; returns the new enrolments.

    Safe to repeat. A place she has by a duty she no longer holds ends; what she finished stays hers,
    and she may choose the programme herself.
    """
    if not may_record_for(by, person):
        raise Refused("not-allowed", _("Only the person and the platform enrol her."))
    duties: dict[str, Assignment] = {}
    for assignment in assignments_of(person):
        duties.setdefault(assignment.duty, assignment)
    held = list(Enrolment.objects.filter(person=person, ended_at=None).select_related("programme__track"))
    _end_without_duty(held, duties, by)
    tracks = {enrolment.programme.track_id for enrolment in held}
    if not duties.keys() - {enrolment.programme.track.duty for enrolment in held}:
        return []
    new = []
    for programme in open_programmes().filter(track__duty__in=duties):
        if programme.track_id not in tracks:
            new.append(_enrol(person, programme, BY_DUTY, duties[programme.track.duty], by))
    return new


@transaction.atomic
def enrol_by_choice(*, person: Person, programme: Programme, by: Actor) -> Enrolment:
    """Put a person on a programme she chose; a second click changes nothing."""
    if not may_record_for(by, person):
        raise Refused("not-allowed", _("Only the person and the platform enrol her."))
    if not programme.is_open:
        raise Refused("not-open", _("This programme takes nobody new. Open its current version."))
    held = Enrolment.objects.filter(person=person, programme=programme, ended_at=None).first()
    return held or _enrol(person, programme, CHOSEN, None, by)


def _enrol(
    person: Person, programme: Programme, rule: str, assignment: Assignment | None, by: Actor
) -> Enrolment:
    enrolment, is_new = Enrolment.objects.get_or_create(
        person=person,
        programme=programme,
        ended_at=None,
        defaults={"rule": rule, "assignment": assignment, "enrolled_at": clock.now()},
    )
    if is_new:
        record("enrolment.started", enrolment, by=by, rule=rule, track=programme.track.code)
    return enrolment


def _end_without_duty(held: list[Enrolment], duties: dict[str, Assignment], by: Actor) -> None:
    for enrolment in list(held):
        if enrolment.rule == BY_DUTY and enrolment.programme.track.duty not in duties:
            enrolment.ended_at = clock.now()
            enrolment.save(update_fields=["ended_at"])
            record("enrolment.ended", enrolment, by=by)
            held.remove(enrolment)
