"""What I took out: the files of the last 24 hours, and what they were for."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.hr.actions.exports import collect_file
from lms.hr.permissions import may_read_records
from lms.hr.queries.exports import exports_of
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused

ON_A_PAGE = 20
LOOK_AGAIN_AFTER = "5"  # seconds


@login_required
@require_safe
@never_cache
def exports(request: SignedInRequest) -> HttpResponse:
    """My files; while one is being written the browser looks again by itself."""
    _readers_only(request)
    at = clock.now()
    page = Paginator(exports_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows: list[dict[str, Any]] = [{"export": row, "state": row.state_at(at)} for row in page]
    is_working = any(row["state"] == "working" for row in rows)
    context = {"page": page, "rows": rows, "is_working": is_working}
    response = render(request, "hr/exports.html", context)
    if is_working:
        response["Refresh"] = LOOK_AGAIN_AFTER
    return response


@login_required
@require_safe
@never_cache
def export_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file, for the one who asked for it; for everybody else it does not exist."""
    export = get_object_or_404(exports_of(request.user), pk=pk)
    _readers_only(request)
    if export.state_at(clock.now()) in ("working", "failed"):
        return redirect("hr:exports")
    try:
        file = collect_file(export=export, by=request.user)
    except Refused as refusal:
        context = {"export": export, "message": refusal.message}
        return render(request, "hr/export_gone.html", context, status=410)
    response = FileResponse(file, as_attachment=True, filename=export.download_name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _readers_only(request: SignedInRequest) -> None:
    if not may_read_records(request.user):
        raise PermissionDenied
