"""Uploading files as answers, taking them back, and reading them."""

from typing import IO, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.answer_files import add_file, delete_file
from assessments.models import AnswerFile, Attempt, Slot
from assessments.queries.answer_files import file_for
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_POST
def upload(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """Take one file, then show the question again."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            Attempt.objects.get(pk=attempt_id, person=request.user)
            messages.error(request, _("Choose a file first."))
        else:
            added = add_file(
                attempt_id=attempt_id,
                position=position,
                file=cast(IO[bytes], sent.file),
                file_name=sent.name or "",
                declares_no_secret="declares_no_secret" in request.POST,
                by=request.user,
            )
            messages.success(request, _("%(name)s is saved.") % {"name": added.name})
    except (Attempt.DoesNotExist, Slot.DoesNotExist):
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("assessments:question", attempt_id, position)


@login_required
@require_POST
def delete(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a file back."""
    found = AnswerFile.objects.select_related("slot").filter(key=key, attempt__person=request.user).first()
    if found is None:
        raise Http404
    try:
        delete_file(key=key, by=request.user)
    except AnswerFile.DoesNotExist:
        pass  # taken back before: a second click
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
    return redirect("assessments:question", found.attempt_id, found.slot.position)


@login_required
@require_safe
def file(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """The bytes, only ever as a download, for the owner and for those who mark."""
    found = file_for(request.user, key)
    if found is None:
        raise Http404
    row, name = found
    try:
        opened = default_storage.open(row.file)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(
        opened, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Content-Length"] = str(row.size)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
