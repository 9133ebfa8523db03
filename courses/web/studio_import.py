"""Courses in and out of the studio: upload, look, confirm; download."""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.course_import import cancel_import, confirm_import, request_import
from courses.actions.export_olx import export_module
from courses.models import CourseImport
from courses.olx.names import type_of
from courses.permissions import may_author
from courses.queries.studio import imports_of
from courses.web.import_form import ImportForm
from courses.web.import_words import in_words, listed
from courses.web.studio_access import authored
from courses.xblocks.reporting import kept_unsupported
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

LOOK_AGAIN_AFTER = "3"  # seconds
IN_MEMORY = 20_000_000  # bytes; larger courses go through a file


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def imports(request: SignedInRequest) -> HttpResponse:
    """Upload a course, and the courses I uploaded."""
    if not may_author(request.user):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            course = request_import(file=file, name=file.name, size=file.size, by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
        else:
            return redirect("courses:import", course.pk)
    context = {"form": form, "imports": imports_of(request.user)[:20]}
    return render(request, "courses/studio_imports.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
@never_cache
def course_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far an import is, what it would change, what it did. While it works the browser looks again."""
    course = _own(request, pk)
    report = course.report
    context: dict[str, Any] = {"course": course, "report": report, "words": in_words(course.error)}
    if report:
        context |= {
            "unsupported": kept_unsupported(report["keys"]),
            "refused": listed(report["refused"]),
            "kept": listed(report["kept"]),
            "notes": listed(report["notes"]),
            "foreign_questions": sum(type_of(key) == "problem" for key in report["keys"]),
        }
    response = render(request, "courses/studio_import.html", context)
    if course.is_working:
        response["Refresh"] = LOOK_AGAIN_AFTER
    return response


@login_required
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Import what the preview showed."""
    course = _own(request, pk)
    try:
        confirm_import(course=course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("courses:import", course.pk)


@login_required
@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop before anything is imported."""
    try:
        cancel_import(course=_own(request, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("courses:import", pk)
    messages.success(request, _("The import is cancelled. Nothing was changed."))
    return redirect("courses:imports")


@login_required
@require_POST
def export(request: SignedInRequest, module_code: str) -> HttpResponseBase:
    """The module as a .tar.gz, written to disk first: it may be large."""
    module = authored(request, module_code)
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the response closes it
    version = "published" if request.POST.get("version") == "published" else "draft"
    try:
        done = export_module(module=module, by=request.user, to=out, version=version)
    except Refused as refusal:
        out.close()
        messages.error(request, str(refusal.message))
        return redirect("courses:studio_module", module.code)
    out.seek(0)
    name = f"{module.code}-v{done.version.number}.tar.gz"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/gzip")


def _own(request: SignedInRequest, pk: int) -> CourseImport:
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(imports_of(request.user), pk=pk)
