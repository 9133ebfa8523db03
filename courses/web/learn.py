"""Learner pages: tracks, a module's door, units."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.enrol import enrol_by_choice
from courses.actions.progress import finish_unit as finish
from courses.actions.progress import keep_place
from courses.models import Module
from courses.olx.outline import Outline, Unit
from courses.queries.enrolment import (
    current_enrolment,
    current_enrolments,
    programmes_with,
    reason_for,
)
from courses.queries.outline import open_programmes, published_outline
from courses.queries.progress import (
    LearnersModule,
    ModuleStanding,
    module_for,
    module_standing,
    programme_progress,
)
from courses.web.access import NotEnrolled, module_to_learn
from courses.web.unit_page import MEDIA_COOKIE, page_language, unit_page
from courses.xblocks.media import KINDS
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import localised

YEAR = 365 * 24 * 60 * 60
View = Callable[..., HttpResponse]


def learner_page(view: View) -> View:
    """Signed in, and told what to do when the module is not on any programme of hers."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotEnrolled as refusal:
            context = {"module": refusal.module, "programmes": programmes_with(refusal.module)}
            return render(request, "courses/not_enrolled.html", context, status=403)

    return login_required(guarded)


@require_safe
def tracks(request: HttpRequest) -> HttpResponse:
    """All tracks; who is signed in sees which are hers."""
    person = request.user if request.user.is_authenticated else None
    enrolments = {e.programme_id: e for e in current_enrolments(person)} if person else {}
    rows = [
        {
            "programme": programme,
            "reason": reason_for(enrolments[programme.pk]) if programme.pk in enrolments else "",
        }
        for programme in open_programmes()
    ]
    return render(request, "courses/tracks.html", {"rows": rows})


@require_safe
@login_required
def track(request: SignedInRequest, code: str) -> HttpResponse:
    """One track: why it is mine, how far I am, its modules."""
    programme = get_object_or_404(open_programmes(), track__code=code)
    enrolment = current_enrolment(request.user, programme)
    progress = programme_progress(request.user, programme)
    context = {
        "track": programme.track,
        "programme": programme,
        "enrolment": enrolment,
        "reason": reason_for(enrolment) if enrolment else "",
        "progress": progress,
        "rings": [{"fraction": m.fraction, "is_core": m.is_core} for m in progress.required],
    }
    return render(request, "courses/track.html", context)


@require_POST
@login_required
def enrol(request: SignedInRequest, code: str) -> HttpResponse:
    """Join a programme by choice."""
    programme = get_object_or_404(open_programmes(), track__code=code)
    enrol_by_choice(person=request.user, programme=programme, by=request.user)
    return redirect("courses:track", code)


@require_safe
@learner_page
def module(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The module's door: to the exact place, or the notice that it is being written."""
    found, outline = _published(request, module_code)
    if outline is None:
        return render(request, "courses/module_announced.html", {"module": found.module})
    standing = module_standing(request.user, found, outline)
    unit = standing.next_unit or outline.units[0]
    anchor = ""
    if standing.place and standing.place.unit_key == unit.key and standing.place.block_key:
        anchor = "#" + standing.place.block_key.rpartition("@")[2]
    return redirect(reverse("courses:unit", args=[module_code, unit.key]) + anchor)


@require_safe
@learner_page
def unit(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """One unit. Opening it is remembered, so that another device opens the same one."""
    found, outline = _published(request, module_code)
    if outline is None:
        return redirect("courses:module", module_code)
    standing = module_standing(request.user, found, outline)
    here = outline.unit(unit_key)
    if here is None:
        return _unit_gone(request, found.module, standing)
    context = unit_page(request, found.module, here, standing)
    if standing.place is None or standing.place.unit_key != unit_key:
        keep_place(person=request.user, module=found.module, unit_key=unit_key, by=request.user)
    response = render(request, "courses/unit.html", context)
    if request.GET.get("media") in KINDS:  # per device: a weak link is the device's, not the person's
        response.set_cookie(MEDIA_COOKIE, request.GET["media"], max_age=YEAR, samesite="Lax")
    return response


@require_POST
@learner_page
def finish_unit(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """ "Done, next": mark the unit and go on."""
    found, outline = _published(request, module_code)
    if outline is None:
        return redirect("courses:module", module_code)
    try:
        done = finish(person=request.user, module=found.module, unit_key=unit_key, by=request.user)
    except Refused:
        return _unit_gone(request, found.module, module_standing(request.user, found, outline))
    if not done:
        messages.info(request, _("This unit still has a part to do. It is marked in the list."))
    return _onwards(request, found.module, outline, unit_key)


def _onwards(request: SignedInRequest, module: Module, outline: Outline, unit_key: str) -> HttpResponse:
    _before, after = outline.neighbours(unit_key)
    if after is not None:
        return redirect("courses:unit", module.code, after.key)
    now = module_for(request.user, module.code)  # again: this very click may have finished it
    if now is not None and now.is_finished:
        messages.success(request, _("Module %(code)s is finished.") % {"code": module.code})
    elif now is not None and (left := module_standing(request.user, now, outline).next_unit):
        return redirect("courses:unit", module.code, left.key)
    programme = programmes_with(module).filter(enrolments__person=request.user).first()
    return redirect("courses:track", programme.track.code) if programme else redirect("courses:tracks")


def _published(request: SignedInRequest, code: str) -> tuple[LearnersModule, Outline | None]:
    found = module_to_learn(request.user, code)
    if found is None:
        raise Http404(code)
    outline = published_outline(found.module)
    return found, outline if outline and outline.units else None


def _unit_gone(request: SignedInRequest, module: Module, standing: ModuleStanding) -> HttpResponse:
    """The address is old: this version has no such unit. What was done elsewhere still counts."""
    following: Unit | None = standing.next_unit
    context = {
        "module": module,
        "standing": standing,
        "next_unit": following,
        "next_title": localised(following.title, page_language()) if following else "",
    }
    return render(request, "courses/unit_gone.html", context, status=404)
