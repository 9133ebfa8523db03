"""Certificate records of an HR officer's staff, and taking them out."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.hr.actions.exports import export_training
from lms.hr.permissions import may_read_records
from lms.hr.web.forms import ExportForm
from lms.hr.web.record_page import RecordPage
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_safe
@never_cache
def records(request: SignedInRequest) -> HttpResponse:
    """Who of my staff holds which certificate."""
    _readers_only(request)
    return render(request, "hr/records.html", RecordPage(request, request.user).context(ExportForm()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def export(request: SignedInRequest) -> HttpResponse:
    """Take out the records that the filters in the address leave."""
    _readers_only(request)
    if request.method != "POST":
        return redirect(f"{reverse('hr:records')}?{request.GET.urlencode()}")
    page, form = RecordPage(request, request.user), ExportForm(request.POST)
    if form.is_valid():
        try:
            export_training(
                by=request.user,
                purpose=form.purpose_text,
                format=form.cleaned_data["format"],
                columns=form.cleaned_data["columns"],
                filters=page.filters,
            )
            return redirect("hr:exports")
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
    return render(request, "hr/records.html", page.context(form), status=422)


def _readers_only(request: SignedInRequest) -> None:
    if not may_read_records(request.user):
        raise PermissionDenied
