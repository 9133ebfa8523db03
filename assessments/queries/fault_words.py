"""Faults of questions in words an author understands; the engine names them by codes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from assessments.olx import Problem, QuestionSource, translatable
from assessments.queries.kind_faults import FAULTS as KIND_FAULTS
from assessments.queries.kind_faults import OF_A_KIND
from lms.shared.languages import localised

LANGUAGES = {"vi": _("Vietnamese"), "en": _("English"), "de": _("German")}
PARTS = {
    "stem": _("the question"),
    "explanation": _("the explanation"),
    "text": _("the words"),
    "why": _("the reason"),
    "picture": _("what the picture shows"),
    "unit": _("the unit"),
    "stimulus title": _("the title of the situation"),
    "stimulus text": _("the text of the situation"),
}
FAULTS = {
    "no-right-answer": _("Mark at least one answer as right."),
    "several-right-answers": _("Only one answer may be right in this kind of question."),
    "no-wrong-option": _("Give at least two answers, one of them wrong."),
    "duplicate-option": _("Two answers say the same: %(detail)s."),
    "truefalse-options": _("A true-or-false question has exactly two answers."),
    "no-source": _("Name the source of the right answer."),
    "no-questions": _("The quiz has no question yet."),
    "pool-outside-final": _("Only a final exam draws questions by outcome."),
    "duplicate-question": _("The question stands here twice."),
    "pool-without-outcome": _("Choose the outcome to draw from."),
    "bad-moment": _("A moment needs its day, hour and time zone: %(detail)s."),
    "closes-before-it-opens": _("The quiz has to close after it opens."),
    "review-without-close": _("Say when the quiz closes: the right answers wait for it."),
    "unknown-review": _("There is no such rule for the right answers: %(detail)s."),
}


def fault_words(problem: Problem, question: QuestionSource | None = None) -> str:
    """The fault as a sentence. With its `question` it says which part by the part's own words."""
    if problem.code == "missing-language":
        return _missing(problem, question)
    kind = question.kind if question else ""
    known = OF_A_KIND.get((kind, problem.code)) or FAULTS.get(problem.code) or KIND_FAULTS.get(problem.code)
    if known is None:
        return f"{problem.code} {problem.detail}".strip()
    words = str(known % {"detail": problem.detail}) if "%(detail)s" in str(known) else str(known)
    gap = problem.detail.split(" ")[0].rstrip(":")
    if question and kind == "cloze" and gap in {one["name"] for one in question.body["gaps"]}:
        return _("Gap %(gap)s: %(words)s") % {"gap": gap, "words": words}
    return words


def _missing(problem: Problem, question: QuestionSource | None) -> str:
    where, _space, code = problem.detail.rpartition(" ")
    language = LANGUAGES.get(code, code)
    if where in PARTS:
        return _("In %(language)s, %(part)s is missing.") % {"part": PARTS[where], "language": language}
    found = dict(translatable(question.kind, question.body)) if question else {}
    if words := localised(found.get(where, {})):
        return _("“%(words)s” is missing in %(language)s.") % {"words": words, "language": language}
    option, _space, part = where.rpartition(" ")
    if option:
        return _("Answer %(option)s lacks %(part)s in %(language)s.") % {
            "option": option.upper(),
            "part": PARTS.get(part, part),
            "language": language,
        }
    return _("In %(language)s, %(part)s is missing.") % {"part": where, "language": language}


def faults_of(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Those of one question."""
    return [problem for problem in problems if problem.where == name]
