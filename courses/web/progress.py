"""What scripts send while somebody learns."""

import json
import math
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.actions.progress import keep_place
from courses.queries.outline import published_outline
from courses.web.access import NotEnrolled, module_to_learn
from lms.people.http import SignedInRequest
from lms.shared import clock

MAX_BODY = 2_000


@require_POST
@login_required
def place(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """`{"block": usage key, "fraction": 0.4}`: how far down which block the reader is."""
    try:
        found = module_to_learn(request.user, module_code)
    except NotEnrolled:
        return refuse(403, "not-enrolled", _("You are not on a programme with this module."))
    outline = published_outline(found.module) if found else None
    unit = outline.unit(unit_key) if outline else None
    if found is None or unit is None:
        return refuse(404, "unit-gone", _("This unit was removed in the new version of the module."))
    sent = _sent(request)
    if sent is None:
        return refuse(400, "bad-place", _("The place could not be read. Reload the page."))
    block, fraction = sent
    if block and all(block != known.usage_key for known in unit.blocks):
        block, fraction = "", 0.0  # the block is gone from this unit: keep the unit
    keep_place(
        person=request.user,
        module=found.module,
        unit_key=unit_key,
        by=request.user,
        block_key=block,
        fraction=fraction,
    )
    return JsonResponse({"saved_at": date_format(localtime(clock.now()), "TIME_FORMAT")})


def refuse(status: int, code: str, message: str) -> JsonResponse:
    """The one shape of a refusal to a script: a code for it, a sentence for the person."""
    return JsonResponse({"error": code, "message": message}, status=status)


def _sent(request: SignedInRequest) -> tuple[str, float] | None:
    if len(request.body) > MAX_BODY:
        return None
    try:
        value: Any = json.loads(request.body)
    except ValueError:
        return None
    block, fraction = (
        (value.get("block", ""), value.get("fraction", 0)) if isinstance(value, dict) else (0, 0)
    )
    if not isinstance(block, str) or isinstance(fraction, bool) or not isinstance(fraction, int | float):
        return None
    return (block, float(fraction)) if math.isfinite(fraction) else None
