"""The page a quiz starts from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.attempt import start_attempt
from assessments.actions.submit import submit_if_overdue
from assessments.models import Quiz, QuizKind
from assessments.queries.addresses import unit_address
from assessments.queries.fixed import quiz_version
from assessments.queries.questions import QuestionList
from assessments.queries.standing import published_quiz, standing
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.addresses import address
from lms.shared.errors import Refused


@login_required
@require_GET
def quiz(request: SignedInRequest, usage_key: str) -> HttpResponse:
    """The rules in words, earlier attempts, one button."""
    found = _published(usage_key)
    back = unit_address(found.module, usage_key)
    if found.current_id and quiz_version(found.current_id).kind == QuizKind.PRACTICE:
        return redirect(back or "home:start")
    now = standing(found, request.user, at=clock.now())
    if now.open_attempt and submit_if_overdue(attempt=now.open_attempt, by=request.user) != now.open_attempt:
        now = standing(found, request.user, at=clock.now())
    listed = QuestionList(now.open_attempt) if now.open_attempt else None
    facts = {"quiz": found, "standing": now, "version": now.version, "list": listed, "back": back}
    return render(request, "assessments/quiz_start.html", facts)


@login_required
@require_POST
def start(request: SignedInRequest, usage_key: str) -> HttpResponse:
    found = _published(usage_key)
    try:
        attempt = start_attempt(quiz=found, by=request.user, access_code=request.POST.get("code", "")[:200])
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("assessments:quiz", usage_key)
    return HttpResponseRedirect(address("assessments:question", attempt.pk, QuestionList(attempt).resume_at))


def _published(usage_key: str) -> Quiz:
    found = published_quiz(usage_key)
    if found is None:
        raise Http404
    return found
