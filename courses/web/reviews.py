"""The reviewers' queue, the page of one request, and the decisions on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.publish import publish_module
from courses.actions.review import approve, return_draft, withdraw
from courses.models import ChangeClass, ReviewRequest
from courses.permissions import may_author, may_publish, may_read_drafts, may_review
from courses.queries.outline import outline_of
from courses.queries.review import authors_of, is_current, requests, waiting
from courses.queries.studio import authored_modules, changes_between
from courses.queries.top_ups import would_top_up
from courses.web.change_words import change_rows, outline_words
from courses.web.review_context import comments_of, steps_of
from courses.web.review_forms import DecisionForm, PublishForm
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused

COMMENT = "comment-"


@login_required
@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """What waits for whom, and for how long."""
    if not may_read_drafts(request.user):
        raise PermissionDenied
    rows = waiting(request.user)
    now = clock.now()
    ages = [(row, (now - row.request.requested_at).days) for row in rows]
    context = {
        "yours": [pair for pair in ages if pair[0].is_yours],
        "others": [pair for pair in ages if not pair[0].is_yours],
        "modules": authored_modules() if may_publish(request.user) else [],
        "may_decide": may_review(request.user) or may_publish(request.user),
    }
    return render(request, "courses/reviews.html", context)


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what would change, what was decided, and the form of whoever is next."""
    found = _readable(request, pk)
    return _page(request, found, PublishForm() if found.awaits_publisher else DecisionForm())


@login_required
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or return, with the reason and the comments beside the blocks."""
    found = _readable(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    action = approve if request.POST.get("decision") == "approve" else return_draft
    comments = {
        name.removeprefix(COMMENT): str(words)
        for name, words in request.POST.items()
        if name.startswith(COMMENT)
    }
    try:
        action(request=found, reason=form.cleaned_data["reason"], comments=comments, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, found, form, status=400)
    said = _("Approved. The programme office publishes next.") if action is approve else _("Returned.")
    messages.success(request, said)
    return redirect("courses:reviews")


@login_required
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show learners the draft."""
    found = _readable(request, pk)
    form = PublishForm(request.POST)
    if form.is_valid() and not is_current(found):
        form.add_error(None, _("The draft was changed after it was sent. Have it sent again."))
    if not form.is_valid():
        return _page(request, found, form, status=400)
    module = found.version.module
    try:
        version = publish_module(module=module, by=request.user, note=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, found, form, status=400)
    said = _("Version %(number)s is published. Nobody lost any progress.")
    messages.success(request, said % {"number": version.number})
    return redirect("courses:reviews")


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The author withdraws what she sent."""
    found = _readable(request, pk)
    try:
        withdraw(request=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("courses:review", pk)
    messages.success(request, _("Taken back. The draft is as it was."))
    return redirect("courses:studio_module", found.version.module.code)


def _readable(request: SignedInRequest, pk: int) -> ReviewRequest:
    if not may_read_drafts(request.user):
        raise PermissionDenied
    return get_object_or_404(requests().prefetch_related("steps__by"), pk=pk)


def _page(request: SignedInRequest, found: ReviewRequest, form: Form, *, status: int = 200) -> HttpResponse:
    person, version = request.user, found.version
    before = outline_of(found.base_id) if found.base_id else None
    after = outline_of(version.pk)
    is_open = is_current(found) and (found.awaits_expert or found.awaits_publisher)
    is_own = person.pk in authors_of(version, found.base) | {found.requested_by_id}
    context: dict[str, Any] = {
        "review": found,
        "module": version.module,
        "outline": after,
        "steps": steps_of(found),
        "change_rows": change_rows(changes_between(before, after), comments_of(found)),
        "outline_words": outline_words(before, after),
        "is_first": before is None,
        "is_open": is_open,
        "is_overtaken": not is_current(found) and (found.awaits_expert or found.awaits_publisher),
        "is_own": is_own,
        "decides": is_open and not is_own and found.awaits_expert and may_review(person),
        "publishes": is_open and not is_own and found.awaits_publisher and may_publish(person),
        "may_withdraw": is_open and may_author(person),
        "may_author": may_author(person),
        "top_up_units": would_top_up(found.base_id, version.pk)
        if found.change_class == ChangeClass.LEGAL
        else 0,
        "form": form,
    }
    return render(request, "courses/review.html", context, status=status)
