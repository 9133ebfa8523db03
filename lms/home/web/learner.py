"""The start page of a signed-in person."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.queries.recap import A_ROUND
from certificates.models import Certificate
from courses.queries.progress import ModuleProgress, ProgrammeProgress
from courses.queries.top_ups import OpenTopUp
from lms.home.queries.learner import LearnerHome, learner_home
from lms.home.queries.standing import standing_of
from lms.home.web.amounts import day_of, duration, units_and_time
from lms.home.web.counted import counted
from lms.home.web.next_step import step_for
from lms.home.web.reason import reason
from lms.home.web.roles import work_of
from lms.indicator.queries.report import moment
from lms.people.models import Person
from lms.shared import clock
from lms.shared.languages import localised
from lms.shared.templatetags.ui import seal

CERTIFICATES_SHOWN = 3


@dataclass(frozen=True)
class ModuleRow:
    code: str
    title: str
    url: str  # empty: nothing to open yet
    state: str
    words: str
    detail: str
    group: str  # heading before this row, when a new group begins
    is_current: bool


@dataclass(frozen=True)
class CertificateRow:
    certificate: Certificate
    title: str
    status: str
    issued_on: str
    seal: str
    pdf_url: str
    verify_url: str


def learner(request: HttpRequest, person: Person) -> HttpResponse:
    """What to do next, why, how far, and what counts."""
    home = learner_home(person, moment(clock.today()))
    context = {
        "home": home,
        "step": step_for(home),
        "reason": reason(home.enrolment, home.duty) if home.enrolment else "",
        "modules": list(module_rows(home.progress)) if home.progress else [],
        "is_open_to_repeat": home.is_certified and home.progress and not home.progress.is_finished,
        "rings": rings(home.progress) if home.progress else [],
        "counted": counted(home) if home.duties else None,
        "top_ups": [top_up_row(top_up) for top_up in home.progress.top_ups] if home.progress else [],
        "certificates": [certificate_row(row) for row in home.certificates[:CERTIFICATES_SHOWN]],
        "pending": pending(home),
        "recap": min(A_ROUND, home.quizzes.recap),
        "unknown_seal": seal_drawing("unknown"),
        "work": work_of(person, standing_of(person, request.session).roles),
    }
    return render(request, "home/learner.html", context)


def rings(progress: ProgrammeProgress) -> list[dict[str, Any]]:
    return [{"fraction": module.fraction, "is_core": module.is_core} for module in progress.required]


def module_rows(progress: ProgrammeProgress) -> Iterator[ModuleRow]:
    """Core, track, exam: each module with its state in words."""
    required = ", ".join(module.code for module in progress.required)
    group = None
    for module in progress.modules:
        heading = _("Common core") if module.is_core else localised(progress.programme.track.title)
        words, detail = _state(module, required)
        yield ModuleRow(
            code=module.code,
            title=localised(module.title),
            url="" if module.state == "announced" else module_url(module.code),
            state=module.state,
            words=words,
            detail=detail,
            group=heading if heading != group else "",
            is_current=progress.next is not None and progress.next.module_code == module.code,
        )
        group = heading


def _state(module: ModuleProgress, required: str) -> tuple[str, str]:
    if module.state == "done":
        return _("Finished"), day_of(module.completed_at) if module.completed_at else ""
    if module.state == "announced":
        return _("Being written"), ""
    if module.state == "locked":
        return _("Opens after %(codes)s") % {"codes": required}, ""
    if module.state == "started":
        words = _("Under way, %(done)s/%(all)s units")
        left = _("about %(time)s left") % {"time": duration(module.minutes_left)}
        return words % {"done": module.units_done, "all": module.number_of_units}, left
    return units_and_time(module.number_of_units, module.minutes), ""


def top_up_row(top_up: OpenTopUp) -> dict[str, str]:
    """ "Law changed: 1 unit, about 4 minutes"."""
    words = ngettext(
        "Law changed: %(count)s unit to read, about %(time)s",
        "Law changed: %(count)s units to read, about %(time)s",
        top_up.units_left,
    )
    return {
        "words": words % {"count": top_up.units_left, "time": duration(top_up.minutes)},
        "module": f"{top_up.module_code}. {localised(top_up.module_title)}",
        "summary": localised(top_up.summary),
        "url": reverse("courses:top_ups", args=[top_up.module_code]),
    }


def certificate_row(certificate: Certificate) -> CertificateRow:
    status = certificate.status_at(clock.now())
    words = {
        "valid": _("in force"),
        "expired": _("expired"),
        "revoked": _("revoked"),
        "superseded": _("replaced"),
    }
    return CertificateRow(
        certificate=certificate,
        title=localised(certificate.programme.title),
        status=words[status],
        issued_on=day_of(certificate.issued_at),
        seal=seal_drawing("expired" if status == "superseded" else status),
        pdf_url=reverse("certificates:pdf", args=[certificate.serial]),
        verify_url=reverse("certificates:verify", args=[certificate.code]),
    )


def pending(home: LearnerHome) -> dict[str, str] | None:
    """The certificate still to be earned on the programme that is shown."""
    if home.enrolment is None or home.certificate is not None:
        return None
    programme = home.enrolment.programme
    how = _("Issued by itself after the final exam is passed.")
    if programme.exam_module_id is None:
        how = _("Its exam is still being written.")
    return {"title": localised(programme.title), "how": how}


@cache
def module_url(code: str) -> str:
    return reverse("courses:module", args=[code])


@cache
def seal_drawing(status: str) -> str:
    """The seal is the same for everybody: drawn once per process."""
    return render_to_string("components/seal.html", seal(status))
