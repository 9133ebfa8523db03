"""Frames of other people's blocks on our own pages."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from courses.models import Module
from courses.olx.outline import BlockRef
from courses.permissions import may_author, may_learn
from courses.queries.outline import draft_outline, published_outline
from courses.xblocks.frames import frame_address, frame_html
from courses.xblocks.mode import Mode
from courses.xblocks.registry import is_framed
from courses.xblocks.runtime import PlatformRuntime
from courses.xblocks.tokens import STUDENT_VIEW, STUDIO_VIEW
from lms.people.http import SignedInRequest
from lms.shared.languages import localised

BACK = {Mode.PUBLISHED: "courses:unit", Mode.PREVIEW: "courses:preview", Mode.DRAFT: "courses:studio_module"}


def frame_url(
    request: SignedInRequest, module: Module, usage_key: str, view: str = STUDENT_VIEW, *, mode: Mode
) -> str:
    """The signed address of a block on the player host, for who asks; "" for a block that is gone."""
    outline = published_outline(module) if mode == Mode.PUBLISHED else draft_outline(module)
    reference = outline.blocks.get(usage_key) if outline else None
    return frame_address(request.user, reference, mode=mode, view=view) if reference else ""


@require_safe
@login_required
def frame(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """One framed block on a page of its own: where scripts are off, the screen is small, or it is edited."""
    module = get_object_or_404(Module, code=module_code)
    try:
        mode = Mode(request.GET.get("mode", Mode.PUBLISHED))
    except ValueError:
        raise Http404 from None
    if not (may_learn(request.user, module) if mode == Mode.PUBLISHED else may_author(request.user)):
        raise PermissionDenied
    outline = published_outline(module) if mode == Mode.PUBLISHED else draft_outline(module)
    reference = outline.blocks.get(usage_key) if outline else None
    unit = outline.unit_of(usage_key) if outline else None
    if reference is None or unit is None:
        raise Http404(usage_key)
    back = reverse(BACK[mode], args=[module.code, unit.key] if mode != Mode.DRAFT else [module.code])
    context = {
        "module": module,
        "title": localised(reference.title) or localised(unit.title),
        "unit_title": localised(unit.title),
        "back": back,
        "frame": _alone(request, module, reference, mode, back),
    }
    return render(request, "courses/frame_alone.html", context)


def _alone(
    request: SignedInRequest, module: Module, reference: BlockRef, mode: Mode, back: str
) -> SafeString:
    if is_framed(reference.type):
        view = STUDIO_VIEW if mode == Mode.DRAFT else STUDENT_VIEW
        return frame_html(request.user, reference, mode=mode, view=view, after=back)
    if reference.type == "h5p":
        runtime = PlatformRuntime(person=request.user, module=module, mode=mode)
        block = runtime.get_block(reference.usage_key)
        if found := block.playable:
            return SafeString(block.frame(found))
    raise Http404(reference.usage_key)
