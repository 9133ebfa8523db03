"""Why an Open edX question stays one, and what does not come along, in words of an author."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.olx import Problem
from assessments.queries.fault_words import fault_words

BEYOND: dict[str, str | Promise] = {
    "picture": _("a picture"),
    "media": _("sound or film"),
    "table": _("a table or laid-out text"),
    "formula": _("a formula"),
}
KINDS: dict[str, str | Promise] = {
    "numericalresponse": _("a number"),
    "stringresponse": _("words to type"),
    "formularesponse": _("a formula"),
    "imageresponse": _("a place on a picture"),
    "annotationresponse": _("a note on a text"),
    "choicetextresponse": _("a choice with text to type"),
}
REASONS: dict[str, str | Promise] = {
    "program": _("It runs a program of its author (%(detail)s)."),
    "asks-nothing": _("It asks nothing that can be answered."),
    "no-such-kind": _("It asks for %(kind)s. Our questions cannot do that yet."),
    "beyond-words": _("It holds %(what)s. Our questions hold only words."),
    "no-question-text": _("Its question is missing."),
    "too-many-choices": _("It has %(detail)s answers; that is too many."),
    "unclear-answer": _("It does not say plainly whether this answer is right: %(detail)s"),
    "any-of-several": _("Any one of several answers counts as right in it."),
    "several-inputs": _("One question has %(detail)s fields to fill in."),
    "answer-pool": _("It draws its answers from a larger list."),
    "inside-chooser": _("It stands in a part that chooses what it shows (%(detail)s)."),
    "depended-on": _("Another part of the unit is shown only after this question."),
    "broken-xml": _("It is not well-formed XML."),
}
LOSSES: dict[str, str | Promise] = {
    "attempts": _("There it could be answered %(detail)s times. Practice here has no limit."),
    "weight": _("There it counted %(detail)s points."),
    "hints-later": _("Its hints, shown on demand there, stand in the explanation here."),
    "partial-credit": _("Its own rule for partly right answers does not come along."),
    "compound-hints": _("Feedback on combinations of answers does not come along (%(detail)s)."),
    "hints-of-unticked": _(
        "Feedback on ticked and on unticked answers stands together here. Read it through."
    ),
    "links": _("Links become plain words."),
    "order": _("Answers are shuffled here. Check letters before them and answers such as “all of these”."),
}


def reason_words(problem: Problem) -> str:
    """Why the problem stays what it is, as a sentence."""
    known = REASONS.get(problem.code)
    if known is None:
        return fault_words(problem)
    facts = {
        "detail": problem.detail,
        "kind": KINDS.get(problem.detail, problem.detail),
        "what": BEYOND.get(problem.detail, problem.detail),
    }
    return str(known) % facts


def loss_words(problem: Problem) -> str:
    """What does not come along, as a sentence."""
    return str(LOSSES.get(problem.code, problem.code)) % {"detail": problem.detail}
