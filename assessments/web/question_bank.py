"""The question bank of the studio: find questions over all modules, change many at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.bulk_edit import change_questions
from assessments.queries.question_bank import BankQuestion, bank_questions, questions_named
from assessments.queries.question_use import Exposure, exposures
from assessments.web.bank_forms import BankFilterForm, BulkForm
from courses.permissions import may_author
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

ON_A_PAGE = 25
NEVER = Exposure()


@login_required
@require_safe
def questions(request: SignedInRequest) -> HttpResponse:
    """All questions with search and filters; ticked ones can be changed together."""
    authors_only(request)
    form = BankFilterForm(request.GET)
    filters = form.filters()
    page = Paginator(bank_questions(filters), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = exposures(one.name for one in page)
    context = {
        "form": form,
        "page": page,
        "lines": [(one, asked.get(one.name, NEVER)) for one in page],
        "is_filtered": not filters.is_empty,
        "changed": [code for code in request.GET.get("changed", "").split(",") if code][:40],
    }
    return render(request, "assessments/bank/questions.html", context)


@login_required
@require_POST
def change(request: SignedInRequest) -> HttpResponse:
    """Say what changes in the ticked questions, look at it once more, confirm."""
    authors_only(request)
    ticked = questions_named(request.POST.getlist("name")[:500])
    if not ticked:
        messages.error(request, _("Tick the questions first."))
        return redirect("assessments:question_bank")
    form = BulkForm(ticked, request.POST if "confirmed" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            changed = change_questions(
                names=[one.name for one in ticked], change=form.change(), by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return _changed(request, ticked, [module.code for module in changed])
    context = {"form": form, "questions": ticked, "modules": sorted({one.module.code for one in ticked})}
    return render(request, "assessments/bank/change.html", context, status=400 if form.errors else 200)


def _changed(request: SignedInRequest, ticked: list[BankQuestion], codes: list[str]) -> HttpResponse:
    if not codes:
        messages.info(request, _("Nothing has changed."))
        return redirect("assessments:question_bank")
    messages.success(
        request,
        _("Questions changed: %(number)d. Learners see it after publishing.") % {"number": len(ticked)},
    )
    response = redirect("assessments:question_bank")
    response["Location"] += f"?changed={','.join(codes)}"
    return response


def authors_only(request: SignedInRequest) -> None:
    """403 says which roles see the bank."""
    if not may_author(request.user):
        raise PermissionDenied
