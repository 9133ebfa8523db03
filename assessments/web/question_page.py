"""The studio's page of one question: what it says, where it is asked, how it changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import QuestionVersion
from assessments.queries.question_bank import bank_question, drawing_blocks
from assessments.queries.question_key import key_of
from assessments.queries.question_use import uses
from assessments.queries.question_versions import changes_between, current_version_id, versions_of
from assessments.web.question_bank import authors_only
from lms.people.http import SignedInRequest


@login_required
@require_safe
def question(request: SignedInRequest, name: str) -> HttpResponse:
    """`?from=1&to=2` compares two versions; without them the newest with the one before."""
    authors_only(request)
    found = bank_question(name)
    if found is None:
        raise Http404(name)
    versions = versions_of(name)
    asked = uses(name)
    counts: dict[int, int] = {}
    for use in asked:
        counts[use.number] = counts.get(use.number, 0) + use.attempts
    current = current_version_id(name)
    context = {
        "question": found,
        "key": key_of(found.facts.kind, found.facts.body),
        "body": found.facts.body,
        "drawn_by": drawing_blocks(found) if found.in_draft else [],
        "uses": asked,
        "asked_in_all": sum(counts.values()),
        "versions": [(v, v.pk == current, counts.get(v.number, 0)) for v in versions],
        **_compared(request, versions),
    }
    return render(request, "assessments/bank/question.html", context)


def _compared(request: HttpRequest, versions: list[QuestionVersion]) -> dict[str, Any]:
    if len(versions) < 2:
        return {}
    by_number = {str(version.number): version for version in versions}
    newer = by_number.get(request.GET.get("to", "")) or versions[0]
    older = by_number.get(request.GET.get("from", "")) or next(
        (version for version in versions if version.number < newer.number), versions[-1]
    )
    if older.number > newer.number:
        older, newer = newer, older
    return {"older": older, "newer": newer, "changes": changes_between(older, newer)}
