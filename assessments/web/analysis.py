"""The studio's pages of item analysis: a module's quizzes, a quiz, a question. Nobody is named on them."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.export_analysis import MEDIA_TYPES, export_analysis
from assessments.analysis import FEWEST
from assessments.models import QuestionVersion, QuizKind
from assessments.queries.analysis import (
    TIMED,
    AnalysedQuiz,
    Analysis,
    VersionFigures,
    Which,
    analysed_quiz,
    analysed_quizzes,
    analysis,
)
from assessments.queries.analysis_items import Item, answer_lines, choice_label, item_of, items_of, stem_of
from assessments.queries.fixed import question_versions
from assessments.web.advice_words import Remark, remark
from assessments.web.analysis_table import checked_sort, headings, ordered, short
from courses.models import Module
from courses.permissions import may_author
from courses.queries.studio import authored_modules
from lms.people.http import SignedInRequest


@login_required
@require_GET
def quizzes(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The module's quizzes with the number of attempts to analyse."""
    module = _authored(request, module_code)
    rows = [
        {
            "quiz": one.quiz,
            "version": one.version,
            "kind": QuizKind(one.version.kind).label,
            "number": one.number,
        }
        for one in analysed_quizzes(module)
    ]
    context = {"module": module, "rows": rows, "fewest": FEWEST}
    return render(request, "assessments/studio/analyses.html", context)


@login_required
@require_GET
def quiz(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """A quiz as a whole, and its questions in a table."""
    module = _authored(request, module_code)
    analysed, which, found = _analysis(request, module, usage_key)
    sort = checked_sort(request.GET.get("sort"))
    rows = [
        {"item": item, "advice": [short(advice) for advice in item.advice]}
        for item in ordered(items_of(found), sort)
    ]
    context = {
        **_frame(module, analysed, which, found),
        "rows": rows,
        "headings": headings(sort),
        "sort": sort,
        "timed": TIMED,
    }
    return render(request, "assessments/studio/analysis.html", context)


@login_required
@require_GET
def item(request: SignedInRequest, module_code: str, usage_key: str, name: str) -> HttpResponse:
    """One question: advice, the answers of each version with their counts, versions compared."""
    module = _authored(request, module_code)
    analysed, which, found = _analysis(request, module, usage_key)
    question = found.question(name)
    if question is None:
        raise Http404(name)
    shown, words = item_of(found, question), question_versions(one.pk for one in question.versions)
    context = {
        **_frame(module, analysed, which, found),
        "item": shown,
        "remarks": _remarks(shown),
        "versions": [_version(one, words[one.pk]) for one in question.versions],
    }
    return render(request, "assessments/studio/analysis_item.html", context)


@login_required
@require_POST
def export(request: SignedInRequest, module_code: str, usage_key: str) -> FileResponse | HttpResponse:
    """The figures as a file; the export is noted."""
    module = _authored(request, module_code)
    analysed, which, _found = _analysis(request, module, usage_key)
    wanted = request.POST.get("format", "")
    if wanted not in MEDIA_TYPES:
        raise Http404(wanted)
    is_answers = request.POST.get("what") == "answers"
    file = export_analysis(
        analysed=analysed, which=which, of_answers=is_answers, format=wanted, by=request.user
    )
    name = (
        f"{module.code}-{analysed.quiz.usage_key.rpartition('@')[2]}-{'answers' if is_answers else 'items'}"
    )
    response = FileResponse(
        file, as_attachment=True, filename=f"{name}.{wanted}", content_type=MEDIA_TYPES[wanted]
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _remarks(shown: Item) -> list[Remark]:
    label = partial(choice_label, shown.version)
    return [remark(advice, label) for advice in shown.advice]


def _version(one: VersionFigures, words: QuestionVersion) -> dict[str, Any]:
    answers = answer_lines(words, one.figures) if one.figures.is_shown else []
    return {"number": one.number, "figures": one.figures, "stem": stem_of(words), "answers": answers}


def _authored(request: SignedInRequest, module_code: str) -> Module:
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(authored_modules(), code=module_code)


def _analysis(
    request: SignedInRequest, module: Module, usage_key: str
) -> tuple[AnalysedQuiz, Which, Analysis]:
    analysed = analysed_quiz(module, usage_key)
    if analysed is None:
        raise Http404(usage_key)
    asked = (request.POST if request.method == "POST" else request.GET).get("attempts", "")
    which = Which(asked) if asked in Which.values else Which.FIRST
    return analysed, which, analysis(analysed.quiz, which)


def _frame(module: Module, analysed: AnalysedQuiz, which: Which, found: Analysis) -> dict[str, Any]:
    """What the head of both pages shows."""
    return {
        "module": module,
        "quiz": analysed.quiz,
        "version": analysed.version,
        "which": which,
        "choices": Which.choices,
        "found": found,
        "fewest": FEWEST,
    }
