"""Certificate records of an HR officer's staff."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.hr.permissions import may_read_records
from lms.people.http import SignedInRequest


@login_required
@require_safe
@never_cache
def records(request: SignedInRequest) -> HttpResponse:
    """Who of my staff holds which certificate."""
    if not may_read_records(request.user):
        raise PermissionDenied
    return render(request, "hr/records.html")
