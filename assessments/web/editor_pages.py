"""What the studio's pages of a quiz and of its questions share."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessments.queries.bank import BLOCK_TYPES
from assessments.web.quiz_forms import KeptForm
from courses.actions.publish import CHANGED_MEANWHILE
from courses.actions.versions import WrittenVersion
from courses.models import EditorDraft
from courses.permissions import may_author
from courses.queries.editing import EditedBlock, edited_block, kept_typing
from courses.queries.studio import authored_modules
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


def edited_quiz(request: SignedInRequest, module_code: str, usage_key: str) -> EditedBlock:
    """The quiz or bank of the draft; 403 for who may not write, 404 for what is not there."""
    if not may_author(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    edited = edited_block(module, usage_key)
    if edited is None or edited.ref.type not in BLOCK_TYPES:
        raise Http404(usage_key)
    return edited


def base_of(request: SignedInRequest, form: KeptForm) -> int:
    """The version the author began from, or the one she says she writes over."""
    over = request.POST.get("over", "")
    return int(over) if over.isdecimal() and len(over) < 19 else int(form.cleaned_data["base_version"])


def kept_of(request: SignedInRequest, usage_key: str, part: str = "") -> EditorDraft | None:
    """What was typed here earlier; a form that comes back with a fault holds it already."""
    return None if request.method == "POST" else kept_typing(request.user, usage_key, part)


def kept_seq(request: SignedInRequest) -> int:
    """Which write of the kept typing the page knows of."""
    sent = request.POST.get("kept_seq", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def refuse(form: KeptForm, refusal: Refused) -> None:
    """Say in the form why it was not saved."""
    form.add_error(None, str(refusal.message))
    form.is_conflict = refusal.message is CHANGED_MEANWHILE


def saved(request: SignedInRequest, written: WrittenVersion, edited: EditedBlock) -> HttpResponse:
    """On to the quiz, or back to the module."""
    messages.success(request, _("Draft saved.") if written.is_new else _("Nothing has changed."))
    if "back" in request.POST and edited.ref.type == "quiz":
        return redirect("courses:studio_module", edited.module.code)
    return redirect("assessments:quiz_editor", edited.module.code, edited.ref.usage_key)


def editor_page(
    request: SignedInRequest, template: str, edited: EditedBlock, form: KeptForm, more: dict[str, Any]
) -> HttpResponse:
    """An editor's page; 400 when its form has faults."""
    context = {
        "module": edited.module,
        "outline": edited.outline,
        "unit": edited.unit,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "version": edited.version,
        "form": form,
        "is_conflict": form.is_conflict,
        "kept_seq": kept_seq(request),
        **more,
    }
    return render(request, template, context, status=400 if form.errors else 200)
