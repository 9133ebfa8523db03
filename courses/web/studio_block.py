"""The studio's page of one block: fetch, fill the editor's form, call one action."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.editor_drafts import discard_typing
from courses.actions.publish import CHANGED_MEANWHILE
from courses.queries.editing import EditedBlock, edited_block, kept_typing
from courses.web.cost_panel import cost_panel
from courses.web.editors.base import EditorForm
from courses.web.editors.registry import EDITORS, FRAME, OLX, PAGES, editor_of
from courses.web.editors.saving import kept_seq, save_form
from courses.web.studio_access import authored
from courses.xblocks.catalogue import block_type
from courses.xblocks.frames import frame_html
from courses.xblocks.labels import block_name
from courses.xblocks.mode import Mode
from courses.xblocks.tokens import STUDIO_VIEW
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Edit one block. A save that lost a race keeps the author's words in the form."""
    module = authored(request, module_code)
    edited = edited_block(module, usage_key)
    if edited is None:
        return render(request, "courses/studio_block_gone.html", {"module": module}, status=404)
    editor = OLX if "olx" in request.GET else editor_of(edited.ref.type)
    if editor in PAGES:
        return redirect(PAGES[editor], module.code, usage_key)
    if request.method == "POST":
        return _save(request, edited, editor)
    if editor == FRAME:
        return _frame_page(request, edited)
    kept = kept_typing(request.user, usage_key)
    goes_on = kept is not None and "continue" in request.GET
    form = EDITORS[editor](edited, kept=kept.fields if kept and goes_on else None)
    if kept and goes_on:
        form.initial["base_version"] = kept.base_version
    return _page(request, edited, form, kept=kept, goes_on=goes_on)


def _frame_page(request: SignedInRequest, edited: EditedBlock) -> HttpResponse:
    """The block's own editor in its frame. When it says that it has saved, the module's page follows."""
    after = reverse("courses:studio_module", args=[edited.module.code])
    frame = frame_html(request.user, edited.ref, mode=Mode.DRAFT, view=STUDIO_VIEW, after=after)
    return render(request, "courses/editors/frame.html", {**_facts(edited), "frame": frame})


def _save(request: SignedInRequest, edited: EditedBlock, editor: str) -> HttpResponse:
    form = EDITORS[editor](edited, request.POST, request.FILES)
    if not form.is_valid() or not form.bring_in(request.user):
        return _page(request, edited, form, status=400)
    try:
        written = save_form(request, edited, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        theirs = EDITORS[editor](edited) if refusal.message is CHANGED_MEANWHILE else None
        return _page(request, edited, form, theirs=theirs, status=400)
    discard_typing(usage_key=edited.ref.usage_key, by=request.user, seq=kept_seq(request))
    messages.success(request, _("Draft saved.") if written.is_new else _("Nothing has changed."))
    if "stay" in request.POST:
        return redirect("courses:studio_block", edited.module.code, edited.ref.usage_key)
    return redirect("courses:studio_module", edited.module.code)


def _page(
    request: SignedInRequest,
    edited: EditedBlock,
    form: EditorForm,
    *,
    theirs: EditorForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **_facts(edited),
        "form": form,
        "theirs": theirs and form.against(theirs),
        "is_conflict": theirs is not None,
        "editor_query": "?olx=1" if "olx" in request.GET else "",
        # A form that comes back with a fault goes on keeping where it was.
        "kept_seq": kept_seq(request),
        **more,
    }
    return render(request, form.template, context, status=status)


def _facts(edited: EditedBlock) -> dict[str, Any]:
    """What every editor's page shows around the form."""
    return {
        "module": edited.module,
        "outline": edited.outline,
        "unit": edited.unit,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "version": edited.version,
        "kind": block_type(edited.ref.type),
        "cost": cost_panel(edited.outline, edited.unit),
    }
