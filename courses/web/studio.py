"""The studio: what authors open. Each page fetches, fills a form and calls one action."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.publish import publish_module, roll_back, save_block_draft
from courses.models import Module, ModuleVersion
from courses.olx.edit import read_text, write_text
from courses.olx.outline import Outline
from courses.permissions import may_author
from courses.queries.outline import draft_outline, published_outline
from courses.queries.studio import authored_modules, block_in_draft, changes, history, removed_units
from courses.web.studio_forms import OlxForm, PublishForm, TextBlockForm
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


def _authored(request: SignedInRequest, module_code: str) -> Module:
    """The module, for people who may write; 403 says so to everybody else."""
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(authored_modules(), code=module_code)


def _draft(module: Module) -> Outline:
    outline = draft_outline(module)
    if outline is None:
        raise Http404
    return outline


@login_required
@require_safe
def modules(request: SignedInRequest) -> HttpResponse:
    """All modules with content: which have a draft that learners do not see yet."""
    if not may_author(request.user):
        raise PermissionDenied
    return render(request, "courses/studio_modules.html", {"modules": authored_modules()})


@login_required
@require_safe
def module(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The outline, what the draft changes, the publish form and the history."""
    return _module_page(request, _authored(request, module_code), PublishForm())


def _module_page(
    request: SignedInRequest, module: Module, form: PublishForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "module": module,
        "outline": _draft(module),
        "published": published_outline(module),
        "changes": changes(module),
        "removed": removed_units(module),
        "history": history(module)[:20],
        "form": form,
    }
    return render(request, "courses/studio_module.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Edit one block. A save that lost a race keeps the author's words in the form."""
    module = _authored(request, module_code)
    found = block_in_draft(module, usage_key)
    if found is None:
        return render(request, "courses/studio_block_gone.html", {"module": module}, status=404)
    ref, version = found
    outline = _draft(module)
    form: TextBlockForm | OlxForm
    if ref.type == "text":
        form = TextBlockForm(read_text(version.olx, outline.language), version.pk, request.POST or None)
    else:
        form = OlxForm(request.POST or None, initial={"olx": version.olx, "base_version": version.pk})
    if request.method == "POST" and form.is_valid():
        olx = (
            write_text(version.olx, form.draft(), outline.language)
            if isinstance(form, TextBlockForm)
            else form.cleaned_data["olx"]
        )
        try:
            written = save_block_draft(
                module=module,
                usage_key=usage_key,
                olx=olx,
                by=request.user,
                base_version=form.cleaned_data["base_version"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            said = _("Draft saved.") if written.is_new else _("Nothing has changed.")
            messages.success(request, said)
            return redirect("courses:studio_module", module.code)
    unit = outline.unit_of(usage_key)
    context = {"module": module, "outline": outline, "unit": unit, "edited": ref, "form": form}
    return render(request, "courses/studio_block.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def publish(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Show learners the draft."""
    module = _authored(request, module_code)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            version = publish_module(
                module=module,
                by=request.user,
                note=form.cleaned_data["note"],
                change_class=form.cleaned_data["change_class"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request,
                _("Version %(number)s is published. Nobody lost any progress.") % {"number": version.number},
            )
            return redirect("courses:studio_module", module.code)
    return _module_page(request, module, form, status=400)


@login_required
@require_POST
def restore(request: SignedInRequest, module_code: str, number: int) -> HttpResponse:
    """Show learners an earlier version again."""
    module = _authored(request, module_code)
    version = get_object_or_404(ModuleVersion, module=module, number=number)
    try:
        roll_back(module=module, version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Learners see version %(number)s again.") % {"number": number})
    return redirect("courses:studio_module", module.code)
