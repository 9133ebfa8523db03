"""The page of attempts that went faster than anybody reads. A person decides; nothing happens by itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.pace import decide_flag
from assessments.models import Verdict
from assessments.permissions import may_run_sittings
from assessments.queries.pace import flagged_attempts, time_flags
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_GET
def pace(request: SignedInRequest) -> HttpResponse:
    if not may_run_sittings(request.user):
        raise PermissionDenied
    facts = {
        "undecided": flagged_attempts(decided=False),
        "decided": flagged_attempts(decided=True),
        "verdicts": Verdict.choices,
    }
    return render(request, "assessments/pace.html", facts)


@login_required
@require_POST
def decide(request: SignedInRequest, flag_id: int) -> HttpResponse:
    if not may_run_sittings(request.user):
        raise PermissionDenied
    flag = get_object_or_404(time_flags(), pk=flag_id)
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")[:500]
    try:
        decide_flag(flag=flag, verdict=verdict, reason=reason, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The decision is kept with its reason."))
    return redirect("assessments:pace")
