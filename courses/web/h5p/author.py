"""Writing an H5P content in the studio: fetch, fill the form, call one action."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.editor_drafts import discard_typing
from courses.actions.publish import CHANGED_MEANWHILE
from courses.h5p.queries.authoring import Choice
from courses.queries.editing import EditedBlock, edited_block, kept_typing
from courses.queries.h5p import library_managers
from courses.queries.h5p_authoring import package_now
from courses.web.editors.saving import kept_seq, save_form
from courses.web.h5p.content_form import ContentForm
from courses.web.h5p.pictures import picture_addresses
from courses.web.h5p.read_only import read_only_page
from courses.web.studio_access import authored
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import current_language

PART = "h5p"  # what is typed here is kept apart from the block's other form


def h5p_block(request: SignedInRequest, module_code: str, usage_key: str) -> EditedBlock:
    """An H5P block of the draft, for people who may write."""
    edited = edited_block(authored(request, module_code), usage_key)
    if edited is None or edited.ref.type != "h5p":
        raise Http404(usage_key)
    return edited


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def author(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Write the block's content. What our form cannot write is shown, not edited."""
    edited = h5p_block(request, module_code, usage_key)
    if request.method == "POST":
        return _save(request, edited)
    kept = kept_typing(request.user, usage_key, PART)
    goes_on = kept is not None and "continue" in request.GET
    form = ContentForm(
        edited,
        library=request.GET.get("library", "")[:300],
        kept=kept.fields if kept and goes_on else None,
    )
    if kept and goes_on:
        form.initial["base_version"] = kept.base_version
    if not form.chosen and kept is None:
        return redirect("courses:h5p_new", module_code, usage_key)
    if not form.descriptions.is_writable(form.chosen) and not kept:
        if form.current is None:
            return redirect("courses:h5p_new", module_code, usage_key)
        return read_only_page(request, edited, form.current, form.descriptions)
    return _page(request, edited, form, kept=kept, goes_on=goes_on)


@login_required
@require_safe
def new(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Choose what kind of content the block shall have."""
    edited = h5p_block(request, module_code, usage_key)
    cards = Choice(current_language()).cards
    context = {
        "module": edited.module,
        "edited": edited.ref,
        "unit": edited.unit,
        "block_name": block_name(edited.ref),
        "cards": cards,
        "has_content": package_now(edited) is not None,
        "managers": [] if cards else library_managers(),
    }
    return render(request, "courses/h5p/author_new.html", context)


def _save(request: SignedInRequest, edited: EditedBlock) -> HttpResponse:
    form = ContentForm(edited, request.POST, request.FILES)
    if not form.is_valid() or not form.bring_in(request.user):
        return _page(request, edited, form, status=400)
    try:
        written = save_form(request, edited, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        is_lost_race = refusal.message is CHANGED_MEANWHILE
        theirs = ContentForm(edited) if is_lost_race else None
        return _page(request, edited, form, theirs=theirs, status=409 if is_lost_race else 400)
    discard_typing(usage_key=edited.ref.usage_key, by=request.user, part=PART, seq=kept_seq(request))
    messages.success(request, _("Draft saved.") if written.is_new else _("Nothing has changed."))
    if "stay" in request.POST:
        return redirect("courses:h5p_author", edited.module.code, edited.ref.usage_key)
    return redirect("courses:studio_block", edited.module.code, edited.ref.usage_key)


def _page(
    request: SignedInRequest,
    edited: EditedBlock,
    form: ContentForm,
    *,
    theirs: ContentForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    place = [edited.module.code, edited.ref.usage_key]
    description = form.descriptions.form(form.chosen) | {
        "problems": [fault.as_json() for fault in form.faults],
        "pictures": picture_addresses(edited, form.files_there()),
    }
    context = {
        "module": edited.module,
        "outline": edited.outline,
        "unit": edited.unit,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "version": edited.version,
        "form": form,
        "part": PART,
        "type_title": form.descriptions.title(form.chosen),
        "description": description,
        "files_url": reverse("courses:h5p_files", args=place),
        "preview_url": reverse("courses:h5p_preview", args=place),
        "theirs": theirs and form.against(theirs),
        "is_conflict": theirs is not None,
        "kept_seq": kept_seq(request),
        **more,
    }
    return render(request, form.template, context, status=status)
