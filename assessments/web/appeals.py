"""Appeals: the learner's form, the list of those who decide, and the page of one with its frozen paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.appeal import decide_appeal, open_appeal
from assessments.models import Appeal
from assessments.permissions import may_decide_appeals, may_see_marking
from assessments.queries.appeals import (
    appeals_seen_by,
    decided_appeals,
    markings_of,
    open_appeals,
    own_slot,
)
from assessments.queries.reproduction import reproduced
from assessments.queries.results import log_of, reviewed_questions
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.languages import localised

ON_A_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slot_id: int) -> HttpResponse:
    """Say that the mark of a question is wrong."""
    slot = own_slot(request.user, slot_id)
    if slot is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            open_appeal(slot_id=slot_id, reason=request.POST.get("reason", ""), by=request.user)
        except Refused as refusal:
            problem = str(refusal.message)
        else:
            messages.success(request, _("Your appeal is on its way. The answer will stand on this page."))
            return redirect(f"{_result(slot.attempt_id)}?show=all#q{slot.position}")
    context = {
        "slot": slot,
        "quiz": localised(slot.attempt.version.title),
        "stem": localised(slot.question_version.body["stem"]),
        "typed": request.POST.get("reason", ""),
        "problem": problem,
        "back": f"{_result(slot.attempt_id)}?show=all#q{slot.position}",
    }
    return render(request, "assessments/marking/appeal_new.html", context, status=400 if problem else 200)


@login_required
@require_safe
def appeals(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    if not may_see_marking(request.user):
        raise PermissionDenied
    decided = Paginator(decided_appeals(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [_row(one) for one in open_appeals(request.user)],
        "page": decided,
        "decided": [_row(one) for one in decided],
    }
    return render(request, "assessments/marking/appeals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest, appeal_id: int) -> HttpResponse:
    """One appeal: what was asked and answered, every mark, every step; and the decision."""
    if not may_see_marking(request.user):
        raise PermissionDenied
    found = appeals_seen_by(request.user).filter(pk=appeal_id).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    percent = request.POST.get("percent", "").strip()
    try:
        decide_appeal(
            appeal_id=found.pk,
            is_upheld=request.POST.get("decision") == "uphold",
            answer=request.POST.get("answer", ""),
            percent=int(percent) if percent.isascii() and percent.isdecimal() and len(percent) < 4 else None,
            by=request.user,
        )
    except Refused as refusal:
        return _page(request, found, problem=str(refusal.message), status=400)
    messages.success(request, _("Decided. The learner reads your reason on her result page."))
    return redirect("assessments:appeals")


def _result(attempt_id: int) -> str:
    url: str = redirect("assessments:result", attempt_id).url
    return url


def _row(one: Appeal) -> dict[str, Any]:
    slot = one.slot
    return {
        "appeal": one,
        "question": localised(slot.question_version.body["stem"]),
        "quiz": localised(slot.attempt.version.title),
        "module": slot.attempt.quiz.module.code,
    }


def _page(request: SignedInRequest, found: Appeal, *, problem: str = "", status: int = 200) -> HttpResponse:
    slot, attempt = found.slot, found.slot.attempt
    questions = reviewed_questions(attempt, sees_key=True, at=clock.now(), is_anonymous=True)
    context = {
        **_row(found),
        "slot": slot,
        "attempt": attempt,
        "asked": next(one for one in questions if one.position == slot.position),
        "questions": questions,
        "markings": markings_of(slot),
        "log": log_of(attempt),
        "again": reproduced(attempt),
        "decides": found.decided_at is None and may_decide_appeals(request.user),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "assessments/marking/appeal.html", context, status=status)
