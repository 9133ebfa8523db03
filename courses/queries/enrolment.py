"""Why somebody is on a programme, in one sentence."""

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.models import Enrolment, Module, Programme
from lms.people.models import Assignment, Duty, Person
from lms.people.queries import assignments_of, organisation_line


def current_enrolments(person: Person) -> QuerySet[Enrolment]:
    """The programmes a person is on now, with what the reason sentence needs."""
    rows = Enrolment.objects.filter(person=person, ended_at=None)
    return rows.select_related(
        "programme__track", "programme__exam_module", "assignment__organisation__parent"
    ).order_by("programme__track__position")


def current_enrolment(person: Person, programme: Programme) -> Enrolment | None:
    return current_enrolments(person).filter(programme=programme).first()


def programmes_with(module: Module) -> QuerySet[Programme]:
    """Open programmes that have the module, as a part or as their exam."""
    parts = Programme.objects.filter(is_open=True, places__module=module)
    exams = Programme.objects.filter(is_open=True, exam_module=module)
    return (parts | exams).distinct().select_related("track").order_by("track__position")


def reason_for(enrolment: Enrolment) -> str:
    """The rule and the staff record behind an enrolment, as the person reads it."""
    if enrolment.rule == "duty":
        assignment = _assignment_behind(enrolment)
        if assignment is not None:
            return _(
                "This programme is yours because your staff record names the duty “%(duty)s” "
                "in %(organisation)s since %(day)s."
            ) % {
                "duty": Duty(assignment.duty).label,
                "organisation": organisation_line(assignment.organisation),
                "day": date_format(assignment.valid_from, "SHORT_DATE_FORMAT"),
            }
    day = date_format(localtime(enrolment.enrolled_at), "SHORT_DATE_FORMAT")
    return _("You chose this programme on %(day)s.") % {"day": day}


def _assignment_behind(enrolment: Enrolment) -> Assignment | None:
    """The row the enrolment names, or the one that replaced it: corrections retract and rewrite."""
    named = enrolment.assignment
    if named is not None and named.retracted_at is None:
        return named
    return assignments_of(enrolment.person).filter(duty=enrolment.programme.track.duty).first()
