"""Sources that want checking, where a source is used, and the languages of a module."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.publish import confirm_sources
from courses.permissions import may_author, may_read_drafts
from courses.queries.blocks import sources
from courses.queries.language_variants import LANGUAGES, language_variants
from courses.queries.sources import due_units, where_used
from courses.queries.studio import authored_modules
from courses.web.review_forms import CheckedForm
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.languages import LANGUAGE_NAMES, localised


@login_required
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Units due for another look, and every source with the units that cite it."""
    if not may_read_drafts(request.user):
        raise PermissionDenied
    return _page(request, request.GET.get("module", ""))


@login_required
@require_POST
def checked(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """ "Checked, still right": the draft gets the new day."""
    module = authored(request, module_code)
    form = CheckedForm(request.POST, auto_id=f"id_{unit_key}_%s")
    if form.is_valid():
        day = form.cleaned_data["review_by"]
        try:
            confirm_sources(module=module, unit_key=unit_key, review_by=day, by=request.user)
        except Refused as refusal:
            form.add_error("review_by", str(refusal.message))
        else:
            words = _("Noted in the draft of %(code)s. Send it for review as wording.")
            messages.success(request, words % {"code": module.code})
            code = request.POST.get("module", "")
            query = f"?module={module.code}" if code == module.code else ""
            return redirect(reverse("courses:studio_sources") + query)
    return _page(request, request.POST.get("module", ""), {(module.code, unit_key): form}, status=400)


def _page(
    request: SignedInRequest,
    code: str,
    bound: dict[tuple[str, str], CheckedForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    forms = bound or {}
    register = sources()
    modules = list(authored_modules())
    chosen = code if code in {module.code for module in modules} else ""
    due = [
        {
            "row": row,
            "cited": [(_named(pk), ", ".join(lines)) for pk, lines in row.sources.items()],
            "form": forms.get((row.module.code, row.unit.key))
            or CheckedForm(auto_id=f"id_{row.unit.key}_%s"),
        }
        for row in due_units(clock.today(), chosen)
    ]
    context: dict[str, Any] = {
        "modules": modules,
        "chosen": chosen,
        "due": due,
        "used": [(register.get(pk), _named(pk), uses) for pk, uses in where_used(chosen).items()],
        "errors": list(forms.values()),
        "may_author": may_author(request.user),
    }
    return render(request, "courses/studio_sources.html", context, status=status)


def _named(source_id: str) -> str:
    source = sources().get(source_id)
    return localised(source.title) if source else source_id


@login_required
@require_safe
def languages(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Which unit lacks which language, and which translation is older than the Vietnamese text."""
    if not may_read_drafts(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    context = {
        "module": module,
        "names": [LANGUAGE_NAMES[code] for code in LANGUAGES],
        "rows": language_variants(module),
        "may_author": may_author(request.user),
    }
    return render(request, "courses/studio_languages.html", context)
