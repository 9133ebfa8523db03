"""The draft as a learner will see it: same blocks, same look, nothing stored among learners' rows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.permissions import may_read_drafts
from courses.queries.outline import draft_outline
from courses.queries.studio import authored_modules
from courses.web.outline_page import anchor
from courses.web.studio_access import authored
from courses.web.unit_page import page_language, resources_of
from courses.xblocks.fields import forget_preview
from courses.xblocks.media import in_chosen_order, media_options
from courses.xblocks.runtime import Mode, PlatformRuntime, fragments_html
from lms.people.http import SignedInRequest
from lms.shared.languages import localised


@login_required
@require_safe
def preview(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """One unit of the draft; `?width=phone` narrows it to a phone's 390 pixels."""
    if not may_read_drafts(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    outline = draft_outline(module)
    unit = outline.unit(unit_key) if outline else None
    if outline is None or unit is None:
        raise Http404
    language = page_language()
    runtime = PlatformRuntime(person=request.user, module=module, mode=Mode.PREVIEW, unit=unit)
    options = media_options(runtime, unit, language, request.GET.get("media", "text"))
    view = {"request": request, "language": language, "module": module, "unit": unit, "is_complete": False}
    view["media"] = next((option.kind for option in options if option.is_chosen), "text")
    blocks = [runtime.render_safely(block, view) for block in in_chosen_order(unit.blocks, options)]
    before, after = outline.neighbours(unit.key)
    context = {
        "module": module,
        "unit": unit,
        "title": localised(unit.title, language),
        "blocks_html": mark_safe(fragments_html(blocks)),
        "resources": resources_of(blocks),
        "media_options": options,
        "before": before,
        "after": after,
        "is_phone": request.GET.get("width") == "phone",
        "media": view["media"],
        "anchor": anchor("unit", unit.key),
    }
    return render(request, "courses/studio_preview.html", context)


@login_required
@require_POST
def start_over(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """Forget what this author did in her previews, and open the unit as if for the first time."""
    module = authored(request, module_code)
    forget_preview(request.user)
    messages.success(request, _("The preview begins anew."))
    url = reverse("courses:preview", args=[module.code, unit_key])
    return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url)
