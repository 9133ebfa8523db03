"""Marking by people: the queue, one answer beside its rubric, and whose answer it is.

Markers see numbers instead of names. Nobody meets an answer of her own here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.mark_by_hand import claim_answer, give_mark, release_answer, reveal_name
from assessments.models import Slot
from assessments.permissions import may_decide_appeals, may_mark, may_reveal_names, may_see_marking
from assessments.queries.answer_files import files_of
from assessments.queries.attempts import Answer
from assessments.queries.feedback import given_marks
from assessments.queries.marking import (
    claim_of,
    hand_marks_of,
    is_waiting,
    modules_waiting,
    neighbours,
    next_slot,
    queue_for,
    rubric_of,
    seen_slot,
    waiting_answer,
)
from lms.people.http import SignedInRequest
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.languages import localised

ON_A_PAGE = 50
LEVEL = "level-"


@dataclass(frozen=True)
class Typed:
    """What the marker's form holds, stored or not."""

    levels: Mapping[str, str]
    comment: str = ""
    note: str = ""


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for a mark, the oldest first."""
    marker = _reader(request)
    module = request.GET.get("module", "")[:64]
    rows = Paginator(queue_for(marker, at=clock.now(), module=module), ON_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [waiting_answer(slot) for slot in page],
        "module": module,
        "modules": modules_waiting(marker),
        "may_mark": may_mark(marker),
        "may_decide_appeals": may_decide_appeals(marker),
    }
    return render(request, "assessments/marking/queue.html", context)


@login_required
@require_POST
def claim(request: SignedInRequest, slot_id: int) -> HttpResponse:
    """Take an answer, then look at it."""
    _found(request, slot_id)
    try:
        claim_answer(slot_id=slot_id, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("assessments:marking")
    return redirect("assessments:mark", slot_id)


@login_required
@require_POST
def release(request: SignedInRequest, slot_id: int) -> HttpResponse:
    """Leave an answer to others."""
    _found(request, slot_id)
    release_answer(slot_id=slot_id, by=request.user)
    return redirect("assessments:marking")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: SignedInRequest, slot_id: int) -> HttpResponse:
    """One answer with its rubric beside it."""
    slot = _found(request, slot_id)
    if request.method != "POST":
        return _page(request, slot)
    typed = Typed(
        {name.removeprefix(LEVEL): str(value) for name, value in request.POST.items() if LEVEL in name},
        request.POST.get("comment", ""),
        request.POST.get("note", ""),
    )
    try:
        give_mark(
            slot_id=slot_id, levels=typed.levels, comment=typed.comment, note=typed.note, by=request.user
        )
    except Refused as refusal:
        return _page(request, slot, typed=typed, problem=str(refusal.message), status=400)
    messages.success(request, _("The mark is saved."))
    return _next(request) if request.POST.get("go") == "next" else redirect("assessments:marking")


@login_required
@require_POST
def reveal(request: SignedInRequest, slot_id: int) -> HttpResponse:
    """Whose answer it is, this once; the audit trail keeps who asked and why."""
    slot = _found(request, slot_id)
    try:
        person = reveal_name(slot_id=slot_id, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        return _page(request, slot, problem=str(refusal.message), status=400)
    return _page(request, slot, person=person)


def _next(request: SignedInRequest) -> HttpResponse:
    """Take the oldest answer that is left. Somebody may be quicker: then the queue says what is left."""
    slot = next_slot(request.user, at=clock.now())
    if slot is None:
        messages.info(request, _("Nothing is left to mark."))
        return redirect("assessments:marking")
    try:
        claim_answer(slot_id=slot, by=request.user)
    except Refused:
        return redirect("assessments:marking")
    return redirect("assessments:mark", slot)


def _reader(request: SignedInRequest) -> Person:
    if not may_see_marking(request.user):
        raise PermissionDenied
    return request.user


def _found(request: SignedInRequest, slot_id: int) -> Slot:
    slot = seen_slot(_reader(request), slot_id)
    if slot is None:
        raise Http404
    return slot


def _page(
    request: SignedInRequest,
    slot: Slot,
    *,
    typed: Typed | None = None,
    problem: str = "",
    person: Person | None = None,
    status: int = 200,
) -> HttpResponse:
    marker, now = request.user, clock.now()
    taken, waits, given = claim_of(slot, at=now), is_waiting(slot), hand_marks_of(slot)
    hers = next((one for one in given if one.marker_id == marker.pk), None)
    # Nobody sees another's mark while the answer waits: two marks are to be two opinions.
    shown = [one for one in given if not waits or one is hers]
    is_hers = taken is not None and taken.marker_id == marker.pk
    version = slot.question_version
    before, after = neighbours(marker, slot)
    context: dict[str, Any] = {
        "slot": slot,
        "attempt": slot.attempt,
        "quiz": localised(slot.attempt.version.title),
        "stem": localised(version.body["stem"]),
        "explanation": localised(version.body["explanation"]),
        "files": files_of(slot.attempt_id, with_names=False).get(slot.pk, []),
        "response": Answer.of(slot.attempt, slot.position).chosen,
        "rubric": rubric_of(version.body, typed.levels if typed else None),
        "typed": typed,
        "problem": problem,
        "given": given_marks(shown, version),
        "waits": waits,
        "may_claim": waits and hers is None and may_mark(marker) and (taken is None or is_hers),
        "marks": waits and hers is None and is_hers and may_mark(marker),
        "is_taken": taken is not None and not is_hers,
        "until": taken.until if taken and is_hers else None,
        "may_reveal": may_reveal_names(marker) and person is None,
        "person": person,
        "before": before,
        "after": after,
    }
    return render(request, "assessments/marking/answer.html", context, status=status)
