"""Staff lists that HR signs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.hr.permissions import may_sign_rosters
from lms.hr.queries.rosters import roster_change, rosters_of, sign_offs_under
from lms.hr.web.forms import SignOffForm
from lms.people.actions.organisations import sign_off_roster
from lms.people.http import SignedInRequest
from lms.people.models import Organisation
from lms.people.permissions import hr_scopes, may_manage_staff_of
from lms.shared.errors import Refused

HISTORY = 10


@login_required
@require_safe
@never_cache
def roster(request: SignedInRequest) -> HttpResponse:
    """My bodies' lists; `body` in the address chooses the one to sign."""
    if not may_sign_rosters(request.user):
        raise PermissionDenied
    code = request.GET.get("body", "")
    body = _body(request, code) if code else hr_scopes(request.user)[0]
    return render(request, "hr/roster.html", _context(request, body))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_off(request: SignedInRequest, code: str) -> HttpResponse:
    """State that a list is complete."""
    if not may_sign_rosters(request.user):
        raise PermissionDenied
    body = _body(request, code)
    if request.method != "POST":
        return redirect(f"{reverse('hr:roster')}?body={code}")
    context = _context(request, body, request.POST)
    if context["form"].is_valid():
        try:
            signed = sign_off_roster(organisation=body, by=request.user)
        except Refused as refusal:
            context["form"].add_error(None, str(refusal.message))
        else:
            done = _("You have signed the staff list of %(body)s with %(number)s people.")
            messages.success(request, done % {"body": body.name, "number": signed.number_of_people})
            return redirect("hr:roster")
    return render(request, "hr/roster.html", context, status=422)


def _body(request: SignedInRequest, code: str) -> Organisation:
    """A body this officer answers for; for her there are no others."""
    body = Organisation.objects.select_related("parent").filter(code=code).first()
    if body is None or not may_manage_staff_of(request.user, body):
        raise Http404
    return body


def _context(request: SignedInRequest, body: Organisation, data: Any = None) -> dict[str, Any]:
    change = roster_change(body)
    return {
        "body": body,
        "change": change,
        "form": SignOffForm(change.number_of_people, data),
        "rosters": rosters_of(request.user),
        "history": sign_offs_under(hr_scopes(request.user))[:HISTORY],
    }
