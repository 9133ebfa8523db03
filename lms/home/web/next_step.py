"""The one thing to do now: a heading, a sentence, a button."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.models import Certificate
from courses.queries.progress import NextStep, ProgrammeProgress
from lms.home.queries.learner import LearnerHome
from lms.home.web.amounts import day_of, duration, moment_of
from lms.shared import clock
from lms.shared.languages import localised


@dataclass(frozen=True)
class Step:
    heading: str
    lead: str
    button: str = ""
    url: str = ""
    sends: bool = False  # the button writes, so it is a form
    saved: str = ""
    due: str = ""


def step_for(home: LearnerHome) -> Step | None:
    """What the person does next; None when no duty and no programme say it."""
    if home.progress is None or home.enrolment is None:
        return _begin() if home.duties else None
    if home.certificate and home.is_certified:
        return _certified(home.certificate)
    step = _go_on(home.progress) if home.progress.next else _nothing_open(home, home.progress)
    due = home.enrolment.due_on
    if due is None or home.progress.is_finished:
        return step
    return replace(step, due=_("Due on %(day)s.") % {"day": date_format(due, "SHORT_DATE_FORMAT")})


def _begin() -> Step:
    """A duty, but no programme yet: sign-in puts her on it, this is for who was signed in before."""
    return Step(
        heading=_("Your programme is ready"),
        lead=_("It follows the duty on your staff record. Begin now; you can stop at any place."),
        button=_("Begin my programme"),
        url=reverse("home:begin"),
        sends=True,
    )


def _go_on(progress: ProgrammeProgress) -> Step:
    step = progress.next
    assert step is not None
    return Step(
        heading=_time_left(step),
        lead=_exam_lead() if step.is_exam else _module_lead(step),
        button=_button(step),
        url=reverse("courses:module", args=[step.module_code]),
        saved=_saved(step),
    )


def _time_left(step: NextStep) -> str:
    if step.is_exam:
        return _("The final exam is left, about %(time)s") % {"time": duration(step.minutes_left)}
    words = ngettext(
        "%(count)s unit left, about %(time)s", "%(count)s units left, about %(time)s", step.units_left
    )
    return words % {"count": step.units_left, "time": duration(step.minutes_left)}


def _module_lead(step: NextStep) -> str:
    words = _("to finish module %(code)s, %(title)s.")
    return words % {"code": step.module_code, "title": localised(step.module_title)}


def _exam_lead() -> str:
    return _("You have finished all required modules. Passing the exam brings the certificate.")


def _button(step: NextStep) -> str:
    facts = {"number": step.unit_position, "title": localised(step.unit_title)}
    if step.is_exam:
        return _("Go to the final exam")
    if step.units_left == 1:  # mostly the module's quiz
        return _("Complete unit %(number)s: %(title)s") % facts
    if step.is_resumed or step.saved_at is not None:
        return _("Continue with unit %(number)s: %(title)s") % facts
    return _("Start unit %(number)s: %(title)s") % facts


def _saved(step: NextStep) -> str:
    if step.saved_at is None:
        return ""
    when = moment_of(step.saved_at)
    if step.is_resumed:
        return _("Saved %(when)s, in unit %(number)s") % {"when": when, "number": step.unit_position}
    return _("Saved %(when)s") % {"when": when}


def _nothing_open(home: LearnerHome, progress: ProgrammeProgress) -> Step:
    if progress.is_finished:
        return _no_longer_certified(home.certificate) if home.certificate else _uncertified()
    unfinished = next((m for m in progress.modules if m.is_required and m.state == "started"), None)
    if unfinished is not None:  # everything read, a quiz not passed
        return Step(
            heading=_("Module %(code)s is read, but not passed yet") % {"code": unfinished.code},
            lead=_("Open it: the list of its units marks what is still to do."),
            button=_("Open module %(code)s") % {"code": unfinished.code},
            url=reverse("courses:module", args=[unfinished.code]),
        )
    return _being_written(home, progress)


def _being_written(home: LearnerHome, progress: ProgrammeProgress) -> Step:
    codes = [m.code for m in progress.modules if m.is_required and m.state == "announced"]
    return Step(
        heading=_("You have done everything that is open"),
        lead=_("Still being written: %(codes)s. What you have finished stays yours and counts.")
        % {"codes": ", ".join(codes)},
        button=_("See the programme"),
        url=reverse("courses:track", args=[progress.programme.track.code]),
    )


def _certified(certificate: Certificate) -> Step:
    facts = {"serial": certificate.serial, "day": day_of(certificate.issued_at)}
    return Step(
        heading=_("You have finished the programme"),
        lead=_("Certificate %(serial)s, issued on %(day)s.") % facts,
        button=_("Download the certificate (PDF)"),
        url=reverse("certificates:pdf", args=[certificate.serial]),
    )


def _no_longer_certified(certificate: Certificate) -> Step:
    facts = {"serial": certificate.serial, "day": day_of(certificate.issued_at)}
    headings = {
        "revoked": _("Your certificate was revoked"),
        "expired": _("Your certificate has expired"),
        "superseded": _("Your certificate was replaced"),
    }
    return Step(
        heading=headings[certificate.status_at(clock.now())],
        lead=_("It was certificate %(serial)s of %(day)s. Its page says why and what to do.") % facts,
        button=_("See my certificates"),
        url=reverse("certificates:mine"),
    )


def _uncertified() -> Step:
    return Step(
        heading=_("You have finished the programme"),
        lead=_("Everything is done, and no certificate has been issued yet."),
        button=_("Ask for the certificate"),
        url=reverse("certificates:claim"),
        sends=True,
    )
