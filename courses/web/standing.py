"""What the unit page asks again after a framed block has answered."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from courses.queries.outline import published_outline
from courses.queries.progress import module_standing
from courses.web.access import module_to_learn
from courses.web.learn import learner_page
from courses.web.unit_page import outline_rows, page_language, standing_line
from lms.people.http import SignedInRequest


@require_safe
@learner_page
def standing(request: SignedInRequest, module_code: str, unit_key: str) -> HttpResponse:
    """How far the reader is, as the server knows it: the frame's word alone changes nothing on the page."""
    found = module_to_learn(request.user, module_code)
    outline = published_outline(found.module) if found else None
    if found is None or outline is None or outline.unit(unit_key) is None:
        raise Http404(unit_key)
    now = module_standing(request.user, found, outline)
    return JsonResponse(
        {
            "is_done": unit_key in now.done_keys,
            "done": now.units_done,
            "all": len(outline.units),
            "line": standing_line(now),
            "rows": outline_rows(found.module, now, unit_key, page_language()),
        },
        headers={"Cache-Control": "no-store"},
    )
