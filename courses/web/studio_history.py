"""Undo and redo, the list of versions, what differs between two, bringing one back as the draft."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.drafts import redo_draft, undo_draft
from courses.actions.drafts import restore_draft as restore_as_draft
from courses.actions.versions import WrittenVersion
from courses.models import Module, ModuleVersion
from courses.queries.studio_history import block_diffs, changes_between, versions_of
from courses.web.draft_state import version_lines
from courses.web.outline_forms import DraftForm
from courses.web.setting_words import part_of, setting_rows
from courses.web.studio_access import authored
from courses.web.version_words import sentences, summary
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

ON_A_PAGE = 20
IN_THE_LIST = 200  # versions one may compare with, newest first


@login_required
@require_POST
def undo(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The draft as it was before the last change."""
    return _walk(request, module_code, undo_draft, _("Undone."))


@login_required
@require_POST
def redo(request: SignedInRequest, module_code: str) -> HttpResponse:
    """What the last undo took away."""
    return _walk(request, module_code, redo_draft, _("Done again."))


@login_required
@require_safe
def versions(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Every draft and published version: who, when, what."""
    module = authored(request, module_code)
    page = Paginator(versions_of(module), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = version_lines(module, list(page.object_list))
    return render(
        request, "courses/studio_versions.html", {"module": module, "page": page, "versions": lines}
    )


@login_required
@require_safe
def version(request: SignedInRequest, module_code: str, number: int) -> HttpResponse:
    """One version beside another, in words: by default the one before it."""
    module = authored(request, module_code)
    shown = _version(module, number)
    with_number = request.GET.get("with", "")
    other = _version(module, int(with_number)) if with_number.isdigit() else _before(module, number)
    older, newer = sorted([other or shown, shown], key=lambda version: version.number)
    changes = changes_between(older, newer)
    context = {
        "module": module,
        "shown": shown,
        "other": other,
        "older": older,
        "newer": newer,
        "summary": summary(changes),
        "sentences": sentences(change for change in changes if change.what != "changed"),
        "diffs": [
            {
                "name": block_name(each.block),
                "unit_title": each.unit_title,
                "settings": setting_rows(each.diff.settings, each.block.type),
                "texts": each.diff.texts,
                "h5p": each.block.usage_key if each.block.type == "h5p" else "",
            }
            for each in block_diffs(older, newer, part_of)
        ],
        "numbers": list(versions_of(module).values_list("number", flat=True)[:IN_THE_LIST]),
    }
    return render(request, "courses/studio_version.html", context)


@login_required
@require_POST
def restore_draft(request: SignedInRequest, module_code: str, number: int) -> HttpResponse:
    """Make an earlier version the draft; learners see nothing of it until it is published."""
    module = authored(request, module_code)
    version = get_object_or_404(ModuleVersion, module=module, number=number)
    try:
        written = restore_as_draft(module=module, version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = _("Version %(number)s is the draft again. Learners see nothing of it until it is published.")
        messages.success(request, said % {"number": number} if written.is_new else _("Nothing has changed."))
    return redirect("courses:studio_module", module.code)


def _walk(
    request: SignedInRequest, module_code: str, step: Callable[..., WrittenVersion], said: str
) -> HttpResponse:
    module, form = authored(request, module_code), DraftForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        step(module=module, base=form.cleaned_data["base"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return redirect("courses:studio_module", module.code)


def _version(module: Module, number: int) -> ModuleVersion:
    return get_object_or_404(versions_of(module), number=number)


def _before(module: Module, number: int) -> ModuleVersion | None:
    return versions_of(module).filter(number__lt=number).first()
