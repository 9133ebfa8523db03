"""Questions once more, without marks: those of a quiz, and the weekly recap of one's own mistakes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments import grading
from assessments.actions.recap import answer_recap
from assessments.drawing import option_order
from assessments.kinds import KINDS
from assessments.kinds.sent import response_from
from assessments.models import Question, QuestionVersion
from assessments.queries.addresses import unit_address
from assessments.queries.asked import Asked
from assessments.queries.fixed import quiz_version
from assessments.queries.questions import picture_address
from assessments.queries.recap import A_ROUND, answered_today, due_items, seen_questions
from assessments.queries.results import cites_of, reviewed_parts
from assessments.queries.standing import published_quiz
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.languages import localised

FIELD = "choice"


@dataclass(frozen=True)
class PractisedChoice:
    text: str
    is_chosen: bool
    is_right: bool
    why: str


@login_required
@require_http_methods(["GET", "POST"])
def practice(request: SignedInRequest, usage_key: str) -> HttpResponse:
    """One by one the questions of a quiz that she has met and whose answers she may see."""
    quiz = published_quiz(usage_key)
    if quiz is None or quiz.current_id is None:
        raise Http404
    found = seen_questions(quiz, request.user, at=clock.now())
    facts: dict[str, Any] = {
        "title": localised(quiz_version(quiz.current_id).title),
        "quiz": quiz,
        "back": unit_address(quiz.module, usage_key),
        "count": len(found),
    }
    number = _number(request.GET.get("n", ""))
    if not 1 <= number <= len(found):
        return render(request, "assessments/practice_end.html", facts, status=200 if number else 404)
    facts |= {"number": number, "next_number": number + 1, "is_last": number == len(found)}
    return _question_page(request, "assessments/practice.html", found[number - 1], facts)


@login_required
@require_http_methods(["GET", "POST"])
def recap(request: SignedInRequest) -> HttpResponse:
    """Five questions that she got wrong some time ago, the longest waiting first."""
    now = clock.now()
    items = due_items(request.user, at=now)
    done = answered_today(request.user, at=now)
    facts = {"number": done + 1, "count": min(A_ROUND, done + len(items)), "left": len(items)}
    if request.method == "POST":
        wanted = request.POST.get("question", "")
        found = next((item.question for item in items if item.question.name == wanted), None)
        if found is not None:
            left = len(items) - 1
            facts |= {"is_last": left == 0 or done + 1 >= A_ROUND, "left": left}
            return _question_page(request, "assessments/recap.html", found, facts)
    if not items or (done >= A_ROUND and "more" not in request.GET):
        return render(request, "assessments/recap_end.html", {"left": len(items), "done": done})
    return _question_page(request, "assessments/recap.html", items[0].question, facts)


def _question_page(
    request: SignedInRequest, template: str, question: Question, facts: dict[str, Any]
) -> HttpResponse:
    """The question to answer, or how the answer went, why, and the sources."""
    version = question.current
    assert version is not None
    problem = ""
    response: tuple[str, ...] = ()
    if request.method == "POST":
        sent = response_from(dict(request.POST.lists()), FIELD)
        try:
            response = answer_recap(question=question, version=version, sent=sent, by=request.user)
        except Refused as refusal:
            problem = str(refusal.message)
    asked = _asked(version, response)
    facts |= {"question": question, "asked": asked, "stem": asked.stem, "field": FIELD, "problem": problem}
    if response:
        facts |= _marked(version, asked)
    return render(request, template, facts, status=422 if problem else 200)


def _asked(version: QuestionVersion, response: tuple[str, ...]) -> Asked:
    # The same order before and after answering; another one than in the exam.
    names = KINDS[version.kind].names(version.body)
    order = option_order(names, kind=version.kind, seed=version.pk, position=clock.today().toordinal())
    return Asked(version.kind, version.body, response, order, picture_address(version.body))


def _marked(version: QuestionVersion, asked: Asked) -> dict[str, Any]:
    earned = grading.mark(version.kind, version.body, asked.response)
    assert earned is not None, "only what the machine marks is practised"
    by_name = {option["name"]: option for option in version.body["options"]} if asked.is_choice else {}
    return {
        "is_answered": True,
        "percent": grading.whole_percent(earned, out_of=grading.FULL),
        "choices": [
            PractisedChoice(
                one.text,
                one.is_chosen,
                by_name[one.name]["correct"],
                localised(by_name[one.name]["why"]) if one.is_chosen else "",
            )
            for one in asked.options
        ],
        "parts": () if asked.is_choice else reviewed_parts(asked, sees_key=True),
        "explanation": localised(version.body["explanation"]),
        "cites": cites_of(version.body),
    }


def _number(sent: str) -> int:
    """Which question: the first where none is named, 0 for nonsense."""
    if not sent:
        return 1
    return int(sent) if sent.isdecimal() and len(sent) < 6 else 0
