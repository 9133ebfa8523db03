"""Why a question cannot be taken, what was left out of it, what an export lacks: in words for authors."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.exchange.model import Problem
from assessments.queries.fault_words import FAULTS, fault_words

# Nothing of the file can be used.
FILES: dict[str, Promise] = {
    "too-large": _("This file is too large. Up to %(detail)s MB are read at once; divide it."),
    "empty-file": _("This file is empty."),
    "not-utf-8": _(
        "These characters cannot be read (%(detail)s). Save the file as UTF-8 and upload it again."
    ),
    "not-a-text": _("This is no text file."),
    "entities": _("The file declares a document type or entities. Such files are not read, to be safe."),
    "broken-xml": _("This is not well-formed XML: %(detail)s"),
    "too-deep": _("The file is nested too deeply."),
    "other-root": _("This XML holds no questions that can be read here: <%(detail)s>."),
    "unknown-format": _("The format of this file is not known. Choose it from the list."),
    "no-items": _("There is no question in this file."),
    "no-header": _("The first row must name the columns, at least “Loại” (type) and “Câu hỏi” (question)."),
    "no-sheet": _("This workbook has no sheet."),
    "broken-table": _("This table cannot be read: %(detail)s"),
    "too-many-questions": _("There are too many questions in this file (%(detail)s). Divide it."),
    "too-many-files": _("There are too many files in this archive."),
    "broken-archive": _("This archive is damaged."),
    "encrypted": _("This archive is locked with a password."),
    "link": _("The archive holds a link. Such archives are not opened, to be safe."),
    "bad-path": _("The archive holds a file with an unsafe name."),
    "not-a-file": _("The archive holds something that is no file."),
    "qti-1": _("This is QTI 1.x, of which nothing can be read. Export it as QTI 2.1 or newer."),
    "missing-file": _("There is no such file."),
}
# This question cannot become ours.
REASONS: dict[str, Promise] = {
    "type-not-taken": _("Questions of the type “%(detail)s” cannot be taken."),
    "interaction-not-taken": _("There is no question here that asks this way: %(detail)s."),
    "several-interactions": _("It asks several things at once (%(detail)s). Divide it into questions."),
    "asks-nothing": _("It asks nothing."),
    "one-question": _("Write just one question here; this text holds %(detail)s."),
    "template-item": _("Its numbers are drawn anew for everybody. That cannot be taken."),
    "adaptive-item": _("It changes with every try. That cannot be taken."),
    "calculated": _("It calculates with formulas. That cannot be taken."),
    "drag-on-picture": _(
        "Words are dragged onto a picture. That cannot be taken; ask for areas of the picture."
    ),
    "no-right-answer": _("No answer is marked as right."),
    "answer-not-there": _("The right answer “%(detail)s” is not among the answers."),
    "answer-without-mark": _("An answer begins with = or ~; this one does not: %(detail)s"),
    "pair-without-answer": _("A pair needs two halves with -> between them: %(detail)s"),
    "too-few-pairs": _("Give at least two pairs."),
    "several-matches": _("One item belongs to several others. Here each has one partner."),
    "order-of-some": _("Only some of the items have a place in the right order."),
    "bad-number": _("This is not a number: %(detail)s"),
    "bad-share": _("This is not a share of the mark: %(detail)s"),
    "bad-zone": _("This area cannot be read: %(detail)s"),
    "open-brace": _("A brace { } is not closed, or closed twice."),
    "second-braces": _("There are two pairs of braces in one question."),
    "too-long": _("It is too long."),
    "no-stem": _("The question has no words."),
    "no-options": _("There are no answers."),
    "no-gaps": _("There is no gap in the text."),
    "gap-without-answer": _("A gap has no right answer: %(detail)s"),
    "gap-with-several-answers": _("A gap takes several answers at once. That cannot be taken."),
    "unknown-gap-type": _("Gaps of the type %(detail)s cannot be taken."),
    "too-many-gaps": _("There are too many gaps."),
    "too-many-options": _("There are too many answers (%(detail)s)."),
    "option-without-text": _("An answer has no words."),
    "picture-in-option": _("The answers are pictures. Here they are words."),
    "picture-missing": _("The picture is missing: %(detail)s"),
    "stimulus-broken": _("The text it belongs to cannot be read: %(detail)s"),
    "file-missing": _("The list names this file, but it is not in the archive."),
    "no-item-body": _("It has no body."),
    "not-an-item": _("This is no question: <%(detail)s>."),
    "response-not-declared": _("It does not say what the right answer is (%(detail)s)."),
    "unknown-language": _("The language “%(detail)s” is not one of vi, en, de."),
    **FILES,
}
# It comes in, without this.
NOTES: dict[str, Promise] = {
    "formula-as-text": _("The formula stands as plain text."),
    "table-as-text": _("The table stands as plain text."),
    "media-left-out": _("Sound or film is left out (%(detail)s)."),
    "picture-left-out": _("A picture is left out: %(detail)s"),
    "picture-missing": _("A picture is missing: %(detail)s"),
    "picture-not-accepted": _("A picture is not accepted: %(detail)s"),
    "stimulus-left-out": _("A text it belongs to is left out: %(detail)s"),
    "feedback-left-out": _("This feedback is left out: %(detail)s"),
    "rubric-left-out": _("The notes for whoever marks are left out. Write a rubric here."),
    "graderinfo-left-out": _("The notes for whoever marks are left out. Write a rubric here."),
    "responsetemplate-left-out": _("The text to begin with is left out."),
    "attachments-left-out": _("No file can be added to the answer."),
    "model-answer-left-out": _("The model answer is left out."),
    "hint-left-out": _("The hint is left out."),
    "unit-left-out": _("Only one unit is kept; left out: %(detail)s"),
    "shares-left-out": _("Here all pairs count the same."),
    "partial-credit": _("There only the whole answer counted; here each right choice earns a share."),
    "own-scoring": _("It has rules of its own for the mark; here only the right answer counts. Look at it."),
    "adaptive-as-plain": _("There it could be tried again; here it is asked once."),
    "slider-as-number": _("The slider (%(detail)s) becomes a number to type."),
    "several-right": _("Several answers earn everything; the first of them is shown as the right one."),
    "prompt-left-out": _("An item without a partner is left out: %(detail)s"),
    "split": _("It becomes %(detail)s questions."),
    "file-kind-left-out": _("Files of this kind are not taken: %(detail)s"),
}
# An export lacks this.
PARTS: dict[str, Promise] = {
    "name": _("its name"),
    "outcome": _("the outcome"),
    "difficulty": _("the difficulty"),
    "cites": _("the sources"),
    "explanation": _("the explanation"),
    "why": _("the reasons at the answers"),
    "weight": _("the shares of the mark"),
    "languages": _("the other languages"),
    "picture": _("the picture"),
    "picture-file": _("the file of the picture"),
    "stimulus": _("the text it belongs to"),
    "rubric": _("the rubric"),
    "unit": _("the unit"),
    "least_words": _("the least number of words"),
    "most_words": _("the greatest number of words"),
    "case": _("that capitals matter"),
    "accents": _("that accents do not matter"),
    "partial": _("that each right place earns a share"),
    "wildcards": _("that * stands for anything"),
    "wrong-areas": _("the wrong areas of the picture"),
    "accepts": _("some kinds of file"),
    "most_files": _("the number of files"),
}


def file_words(problem: Problem) -> str:
    """Why nothing of a file can be read."""
    return _said(FILES, problem)


def reason_words(problem: Problem) -> str:
    """Why a question cannot be taken."""
    known = problem.code in REASONS
    if not known and problem.code in FAULTS:
        return str(fault_words(olx.Problem(problem.code, problem.where, problem.detail)))
    return _said(REASONS, problem)


def note_words(problem: Problem) -> str:
    """What was left out of a question that comes in."""
    return _said(NOTES, problem)


def left_out_words(problem: Problem) -> str:
    """What an export could not say of a question."""
    if problem.code == "kind-not-written":
        return _now("It is not in the file: the format has no such question (%(detail)s).") % {
            "detail": problem.detail
        }
    return str(PARTS.get(problem.detail, problem.detail))


def _said(words: dict[str, Promise], problem: Problem) -> str:
    known = words.get(problem.code)
    if known is None:
        return f"{problem.code} {problem.detail}".strip()
    # A sentence that ends in a detail which is not there ends before it.
    return (str(known) % {"detail": problem.detail}).replace(" ()", "").rstrip(" :")
