"""Faults of questions in words an author understands; the engine names them by codes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from assessments.olx import Problem

LANGUAGES = {"vi": _("Vietnamese"), "en": _("English"), "de": _("German")}
PARTS = {
    "stem": _("the question"),
    "explanation": _("the explanation"),
    "text": _("the words"),
    "why": _("the reason"),
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


def fault_words(problem: Problem) -> str:
    """The fault as a sentence; the code itself where we have no sentence."""
    if problem.code == "missing-language":
        *option, part, language = problem.detail.split()
        words = {"part": PARTS.get(part, part), "language": LANGUAGES.get(language, language)}
        if option:
            return _("Answer %(option)s lacks %(part)s in %(language)s.") % {
                **words,
                "option": option[0].upper(),
            }
        return _("In %(language)s, %(part)s is missing.") % words
    known = FAULTS.get(problem.code)
    return str(known % {"detail": problem.detail}) if known else f"{problem.code} {problem.detail}".strip()


def faults_of(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Those of one question."""
    return [problem for problem in problems if problem.where == name]
