"""The pages of an attempt: one question a page, a look back, handing in, the result.

Another person's attempt is not found, whatever page of it is asked for.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.actions.attempt import BAD_RESPONSES, Conflict, Saved, save_answer
from assessments.actions.submit import submit_attempt, submit_if_overdue
from assessments.models import Attempt, AttemptState, Slot
from assessments.queries.addresses import unit_address
from assessments.queries.answer_files import files_of_slot
from assessments.queries.attempts import attempt_of, attempts_of
from assessments.queries.fixed import quiz_version
from assessments.queries.questions import QuestionList, ShownQuestion, shown_question, shown_questions
from assessments.queries.results import log_of, outcome_results, reviewed_questions
from assessments.queries.sittings import sign_off_of
from assessments.queries.standing import standing_behind
from assessments.web.forms import Misshapen, SavedAnswer, TooLong, answer_from_form, answer_from_json
from assessments.web.question_list import question_links
from lms.people.http import SignedInRequest
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.addresses import address
from lms.shared.errors import Refused

LONGEST_COUNTDOWN = timedelta(hours=12)
CLOSED = {"attempt-closed", "time-is-up"}


@login_required
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """One question; its form saves the answer and goes on."""
    if request.method == "POST":
        return _save_and_go_on(request, attempt_id, position)
    attempt = _own(request, attempt_id)
    if attempt.state != AttemptState.OPEN:
        return redirect("assessments:result", attempt.pk)
    shown = shown_question(attempt, position)
    if shown is None:
        return redirect("assessments:review", attempt.pk)
    return _question_page(request, attempt, shown)


@require_POST
def save(request: HttpRequest, attempt_id: int) -> JsonResponse:
    """The autosave of `<quiz-player>`; see assessments/README.md for its JSON."""
    if not isinstance(request.user, Person):
        return _no(401, "signed-out", _("Sign in again; your answers are kept on this device."))
    try:
        sent = answer_from_json(request.body)
        result = _save(request.user, attempt_id, sent)
    except (TooLong, RequestDataTooBig):
        return _no(413, "too-long", str(BAD_RESPONSES["too-long"]))
    except Misshapen:
        return _no(400, "misshapen", _("This request was not understood."))
    except (Attempt.DoesNotExist, Slot.DoesNotExist):
        return _no(404, "not-found", _("This attempt was not found."))
    except Refused as refusal:
        _close_when_over(refusal, attempt_id)
        return _no(422, refusal.code, str(refusal.message))
    if isinstance(result, Conflict):
        newer = {"seq": result.newer.seq, "answer": {"chosen": result.newer.chosen}}
        return _no(409, "newer-answer", _("This question has a newer answer, saved elsewhere."), **newer)
    saved = {"seq": result.seq, "saved_at": result.at.isoformat(), "late": result.is_late}
    ends = {"ends_at": result.ends_at.isoformat()} if result.ends_at else {}
    return JsonResponse(saved | ends)


@login_required
@require_GET
def review(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """All answers before handing in; what is unanswered is named."""
    attempt = _own(request, attempt_id)
    if attempt.state != AttemptState.OPEN:
        return redirect("assessments:result", attempt.pk)
    facts = {
        **_frame(attempt),
        "list": QuestionList(attempt),
        "questions": shown_questions(attempt),
    }
    return render(request, "assessments/attempt_review.html", facts)


@login_required
@require_POST
def submit(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    try:
        attempt = submit_attempt(attempt_id=attempt_id, by=request.user)
    except Attempt.DoesNotExist:
        raise Http404 from None
    return HttpResponseRedirect(address("assessments:result", attempt.pk))


@login_required
@require_GET
def result(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """Score, what was wrong and why, and what comes next."""
    attempt = _own(request, attempt_id)
    if attempt.state == AttemptState.OPEN:
        return redirect("assessments:question", attempt.pk, QuestionList(attempt).resume_at)
    at = clock.now()
    now = standing_behind(attempt, request.user, at=at)
    attempt.quiz = now.quiz
    questions = reviewed_questions(attempt, sees_key=now.sees_key, at=at) if now.sees_marks else []
    wrong = [one for one in questions if not one.is_right]
    shows_all = request.GET.get("show") == "all" or not wrong
    facts = {
        **_frame(attempt),
        "standing": now,
        "sign_off": sign_off_of(attempt),
        "number_right": sum(one.is_right and one.counts for one in questions),
        "number_counted": sum(one.counts for one in questions),
        "number_awaited": sum(one.is_awaited for one in questions),
        "wrong": wrong,
        "questions": questions if shows_all else wrong,
        "shows_all": shows_all,
        "outcomes": outcome_results(attempt, questions),
        "log": log_of(attempt),
        "back": unit_address(attempt.quiz.module, attempt.quiz.usage_key),
    }
    return render(request, "assessments/attempt_result.html", facts)


def _own(request: SignedInRequest, attempt_id: int) -> Attempt:
    """Her attempt, submitted by now if its time ran out meanwhile; else 404."""
    attempt = attempt_of(request.user, attempt_id)
    if attempt is None:
        raise Http404
    return submit_if_overdue(attempt=attempt, by=request.user)


def _frame(attempt: Attempt) -> dict[str, Any]:
    """What the head of every page of an attempt shows."""
    now = clock.now()
    length = attempt.deadline_at - attempt.started_at if attempt.deadline_at else None
    return {
        # A window of days needs no clock that ticks.
        "ticks": attempt.deadline_at is not None and attempt.deadline_at - now < LONGEST_COUNTDOWN,
        "attempt": attempt,
        "version": quiz_version(attempt.version_id),
        "server_now": now,
        "seconds": int(length.total_seconds()) if length else None,
    }


def _question_page(
    request: SignedInRequest,
    attempt: Attempt,
    shown: ShownQuestion,
    *,
    typed: SavedAnswer | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """`typed` is an answer that could not be stored: the form shows it, nothing typed is lost."""
    stored = shown
    if typed is not None and typed.chosen is not None:
        shown = shown.answered(typed.chosen)
    listed = QuestionList(attempt, current=shown.position)
    facts = {
        **_frame(attempt),
        "question": shown,
        "next_position": shown.position + 1,
        "previous_position": shown.position - 1,
        "is_last": shown.position == attempt.number_of_questions,
        "base_seq": shown.answer.seq,
        "asked": shown.asked,
        "files": files_of_slot(attempt, shown.position) if shown.asked.kind == "file" else [],
        "field": f"slot-{shown.position}",
        "stored": stored,
        "is_flagged": typed.is_flagged if typed else shown.answer.is_flagged,
        "problem": problem,
        "is_conflict": status == 409,
        "uuid": uuid4(),
        "list": listed,
        "list_html": question_links(listed),
    }
    return render(request, "assessments/attempt_question.html", facts, status=status)


def _save(person: Person, attempt_id: int, sent: SavedAnswer) -> Saved | Conflict:
    return save_answer(
        attempt_id=attempt_id,
        position=sent.position,
        chosen=sent.chosen,
        base_seq=sent.base_seq,
        client_uuid=sent.client_uuid,
        is_flagged=sent.is_flagged,
        by=person,
    )


def _save_and_go_on(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    sent = answer_from_form(request, position)
    problem, status = "", 200
    try:
        if isinstance(_save(request.user, attempt_id, sent), Conflict):
            problem, status = _("This question has a newer answer, saved elsewhere."), 409
    except (Attempt.DoesNotExist, Slot.DoesNotExist):
        raise Http404 from None
    except Refused as refusal:
        if _close_when_over(refusal, attempt_id):
            messages.error(request, str(refusal.message))
            return redirect("assessments:result", attempt_id)
        problem, status = str(refusal.message), 422
    if problem:
        attempt = _own(request, attempt_id)
        shown = shown_question(attempt, position)
        assert shown is not None
        return _question_page(request, attempt, shown, typed=sent, problem=problem, status=status)
    return _go_on(request, attempt_id, position)


def _go_on(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """The next question, the one asked for, or the end. A browser's clock alone ends nothing."""
    if "time_is_up" in request.POST:
        attempt = get_object_or_404(attempts_of(request.user), pk=attempt_id)
        if attempt.deadline_at is not None and clock.now() >= attempt.deadline_at:
            submit_attempt(attempt_id=attempt_id, by=request.user)
            return redirect("assessments:result", attempt_id)
        return redirect("assessments:question", attempt_id, position)
    if request.POST.get("go") == "review":
        return redirect("assessments:review", attempt_id)
    return HttpResponseRedirect(address("assessments:question", attempt_id, position + 1))


def _close_when_over(refusal: Refused, attempt_id: int) -> bool:
    """Time being up, the attempt is submitted now rather than when the job next runs."""
    if refusal.code == "time-is-up":
        submit_attempt(attempt_id=attempt_id, by=SYSTEM)
    return refusal.code in CLOSED


def _no(status: int, code: str, message: str, **more: Any) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, **more}, status=status)
