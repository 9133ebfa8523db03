"""The pages of those who run sittings: access code, more time for one person, who sat where."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.actions.access_code import set_access_code
from assessments.actions.allowance import give_allowance, withdraw_allowance
from assessments.actions.sign_off import confirm_attempts, refuse_attempts
from assessments.models import Quiz
from assessments.permissions import may_run_sittings
from assessments.queries.sittings import (
    allowances_in_force,
    candidates_for_more,
    days_with_waiting_attempts,
    learners_of,
    quizzes_that_count,
    waiting_attempts,
)
from lms.people.http import SignedInRequest
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused

REASON = gettext_lazy("Reason")
MOST_AT_ONCE = 200


class MoreForm(forms.Form):
    """What is granted, to whom and why."""

    person = forms.IntegerField(label=gettext_lazy("For whom"))
    extra_minutes = forms.IntegerField(
        label=gettext_lazy("More minutes for each attempt"), required=False, min_value=0, max_value=600
    )
    extra_percent = forms.IntegerField(
        label=gettext_lazy("Or more time in per cent of the limit"),
        required=False,
        min_value=0,
        max_value=200,
        help_text=gettext_lazy("50 makes 30 minutes out of 20."),
    )
    extra_attempts = forms.IntegerField(
        label=gettext_lazy("More attempts"), required=False, min_value=0, max_value=20
    )
    reason = forms.CharField(
        label=REASON,
        max_length=500,
        help_text=gettext_lazy("Others who run sittings read it, and the auditor. Name no illness."),
    )


@login_required
@require_GET
def sittings(request: SignedInRequest) -> HttpResponse:
    """Attempts that wait for confirmation, today's first, and the quizzes that count."""
    _may(request)
    day = _day(request.GET.get("day", ""))
    facts = {
        "day": day,
        "today": clock.today(),
        "attempts": waiting_attempts(day=day),
        "days": [one for one in days_with_waiting_attempts() if one != day],
        "quizzes": quizzes_that_count(),
    }
    return render(request, "assessments/sittings.html", facts)


@login_required
@require_POST
def sign_off(request: SignedInRequest) -> HttpResponse:
    """Confirm the ticked attempts, or refuse them with a reason."""
    _may(request)
    ticked = [int(pk) for pk in request.POST.getlist("attempt")[:MOST_AT_ONCE] if pk.isdecimal()]
    try:
        _decide(request, [pk for pk in ticked if pk < 2**63])
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    day = _day(request.POST.get("day", ""))
    answer = redirect("assessments:sittings")
    answer["Location"] += f"?day={day.isoformat()}"
    return answer


def _decide(request: SignedInRequest, ticked: list[int]) -> None:
    if not ticked:
        raise Refused("nothing-chosen", _("Tick the attempts first."))
    if request.POST.get("do") == "refuse":
        reason = request.POST.get("reason", "")[:500]
        number = refuse_attempts(attempt_ids=ticked, reason=reason, by=request.user)
        said = ngettext(
            "%(number)s attempt is not confirmed.", "%(number)s attempts are not confirmed.", number
        )
    else:
        place = request.POST.get("place", "")[:200]
        number = confirm_attempts(attempt_ids=ticked, place=place, by=request.user)
        said = ngettext("%(number)s attempt counts now.", "%(number)s attempts count now.", number)
    messages.success(request, said % {"number": number})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """One quiz: its access code, and who was granted more."""
    _may(request)
    quiz = get_object_or_404(quizzes_that_count(), usage_key=usage_key, module__code=module_code)
    form = MoreForm(request.POST if request.POST.get("do") == "give" else None)
    if request.method == "POST":
        try:
            said = _change(request, quiz, form)
        except Refused as refusal:
            form = form if form.is_bound else MoreForm()
            return _sitting_page(request, quiz, form, problem=str(refusal.message))
        if said:
            messages.success(request, said)
            return redirect("assessments:sitting", module_code, usage_key)
    return _sitting_page(request, quiz, form)


def _change(request: SignedInRequest, quiz: Quiz, form: MoreForm) -> str:
    """What was done, in words; empty when the form has to be filled in again."""
    do, by = request.POST.get("do", ""), request.user
    if do == "code":
        set_access_code(quiz=quiz, code=request.POST.get("code", "")[:200], by=by)
        return _("The access code is set.") if quiz.access_code else _("No access code is asked any more.")
    if do == "withdraw":
        person = _learner(quiz, request.POST.get("person", ""), anybody=True)
        withdraw_allowance(quiz=quiz, person=person, reason=request.POST.get("reason", "")[:500], by=by)
        return _("What was granted is taken back.")
    if do != "give":
        raise Http404
    if not form.is_valid():
        return ""
    sent: dict[str, Any] = form.cleaned_data
    give_allowance(
        quiz=quiz,
        person=_learner(quiz, str(sent["person"])),
        extra_minutes=sent["extra_minutes"] or 0,
        extra_percent=sent["extra_percent"] or 0,
        extra_attempts=sent["extra_attempts"] or 0,
        reason=sent["reason"],
        by=by,
    )
    return _("It is granted. An attempt under way has its new end already.")


def _learner(quiz: Quiz, pk: str, *, anybody: bool = False) -> Person:
    """Who takes the quiz's module; to take something back, also who left it meanwhile."""
    people = Person.objects.filter(pk__in=quiz.allowances.values("person")) if anybody else learners_of(quiz)
    if not pk.isdecimal() or len(pk) > 18:
        raise Refused("no-person", _("Choose the person."))
    found = people.filter(pk=int(pk)).first()
    if found is None:
        raise Refused("no-person", _("Choose the person."))
    return found


def _sitting_page(request: SignedInRequest, quiz: Quiz, form: MoreForm, problem: str = "") -> HttpResponse:
    search = request.GET.get("q", "")[:100]
    facts = {
        "quiz": quiz,
        "module": quiz.module,
        "version": quiz.current,
        "form": form,
        "problem": problem,
        "search": search,
        "candidates": candidates_for_more(quiz, search=search),
        "chosen": form.data.get("person", ""),
        "allowances": allowances_in_force(quiz),
    }
    status = 400 if problem or form.errors else 200
    return render(request, "assessments/sitting.html", facts, status=status)


def _may(request: SignedInRequest) -> None:
    if not may_run_sittings(request.user):
        raise PermissionDenied


def _day(sent: str) -> date:
    try:
        return date.fromisoformat(sent)
    except ValueError:
        return clock.today()
