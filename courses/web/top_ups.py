"""What a change of law leaves to read for those who finished the module before."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.top_ups import confirm_reading
from courses.models import TopUp
from courses.queries.progress import LearnersModule, module_for
from courses.queries.top_ups import TopUpToRead, top_ups_of
from courses.web.access import NotEnrolled
from courses.web.change_words import change_rows
from courses.web.learn import learner_page
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@require_safe
@learner_page
def top_ups(request: SignedInRequest, module_code: str) -> HttpResponse:
    """What changed, unit by unit, with one button each: read and understood."""
    found = _module(request, module_code)
    rows = [(top_up, _units(top_up)) for top_up in top_ups_of(request.user, found.module)]
    context = {"module": found.module, "top_ups": rows, "may_learn": found.may_learn}
    return render(request, "courses/top_ups.html", context)


@require_POST
@learner_page
def confirm(request: SignedInRequest, module_code: str, pk: int, unit_key: str) -> HttpResponse:
    """Note that one changed unit was read."""
    found = _module(request, module_code)
    top_up = get_object_or_404(TopUp.objects.select_related("module", "version"), pk=pk, module=found.module)
    try:
        confirm_reading(top_up=top_up, unit_key=unit_key, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        if all(row.is_done for row in top_ups_of(request.user, found.module)):
            messages.success(request, _("You are up to date."))
    return redirect("courses:top_ups", module_code)


def _module(request: SignedInRequest, code: str) -> LearnersModule:
    """The module, for those who learn it or finished it once."""
    found = module_for(request.user, code)
    if found is None:
        raise Http404(code)
    if not found.may_learn and not found.is_finished:
        raise NotEnrolled(found.module)
    return found


def _units(top_up: TopUpToRead) -> list[dict[str, object]]:
    return [{"unit": row, "change_rows": change_rows(list(row.changes), {})} for row in top_up.units]
