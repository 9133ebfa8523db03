"""One question as an H5P content: which types can show it, and the parameters of each.

A type's function fills in what is ours; the words of the player and its settings come from the library's
own defaults, or from `BARE` where the library is not installed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from html import escape
from typing import Any

from assessments.kinds import KINDS
from assessments.kinds.cloze import GAP as GAPS
from assessments.kinds.cloze import pieces
from assessments.olx import QuestionSource

CHOICES = ("single", "multiple", "truefalse")
GAP = re.compile(r"_{3,}")
MARKS = re.compile(r"[*/:\\]")  # they mean something inside a gap
MOST_CHOICES = 4  # a single choice set takes no more
Params = dict[str, Any]


class CannotExport(Exception):
    """`code` says why; `where` is the question's name."""

    def __init__(self, code: str, where: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code, self.where, self.detail = code, where, detail


def types_for(question: QuestionSource, gaps: str, language: str) -> tuple[str, ...]:
    """The content types that can show a question, the best one first."""
    if question.kind not in CHOICES:
        return _typed_in(question)
    if gaps != "choice" and has_gap(question, language):
        return (("H5P.Blanks",) if gaps == "typed" else ("H5P.DragText",)) + ("H5P.MultiChoice",)
    return ("H5P.TrueFalse", "H5P.MultiChoice") if question.kind == "truefalse" else ("H5P.MultiChoice",)


def _typed_in(question: QuestionSource) -> tuple[str, ...]:
    """For short answers and texts with gaps; none for the kinds that H5P's typed gaps cannot hold."""
    if question.kind == "text":
        return ("H5P.Blanks",) if _can_stand_in_gaps(question.body) else ()
    if question.kind != "cloze":
        return ()
    gaps = question.body["gaps"]
    if all(gap["kind"] == "text" and _can_stand_in_gaps(gap) for gap in gaps):
        return ("H5P.Blanks",)
    texts = [option["text"] for gap in gaps if gap["kind"] == "select" for option in gap["options"]]
    in_menus = all(gap["kind"] == "select" for gap in gaps)
    return ("H5P.DragText",) if in_menus and not _marked(texts) else ()


def _can_stand_in_gaps(body: Mapping[str, Any]) -> bool:
    """All that is right, without wildcards and the marks that mean something inside a gap; accents matter."""
    right = [answer["text"] for answer in body["answers"] if answer["weight"] == "100"]
    return bool(body["accents"]) and not any(MARKS.search(text) for text in right)


def _marked(texts: Iterable[Mapping[str, str]]) -> bool:
    return any(MARKS.search(words) for text in texts for words in text.values())


def has_gap(question: QuestionSource, language: str) -> bool:
    """Is there just one "____" to fill, with an answer that can stand in it?"""
    if question.kind not in CHOICES:
        return False
    stem = _text(question, question.body["stem"], language)
    if question.kind != "single" or len(GAP.findall(stem)) != 1 or "*" in stem:
        return False
    return not any(MARKS.search(_text(question, o["text"], language)) for o in question.body["options"])


def is_complete(question: QuestionSource, language: str) -> bool:
    """Can it be asked in the language? Reasons and the explanation may be missing."""
    if question.kind not in CHOICES:
        said = question.body["text"] if question.kind == "cloze" else question.body["stem"]
        return bool(said.get(language))
    texts = [question.body["stem"], *(option["text"] for option in question.body["options"])]
    return bool(question.body["options"]) and all(text.get(language) for text in texts)


def is_sound(question: QuestionSource) -> bool:
    """Are there right and wrong answers, as its kind wants them? A draft may hold others."""
    if question.kind not in CHOICES:
        return question.kind in KINDS and not KINDS[question.kind].faults(question.body)
    options = question.body["options"]
    right = sum(bool(option["correct"]) for option in options)
    if question.kind == "truefalse" and {option["name"] for option in options} != {"true", "false"}:
        return False
    return 0 < right < len(options) and (right == 1 or question.kind == "multiple")


def multiple_choice(question: QuestionSource, language: str, params: Params) -> Params:
    """H5P.MultiChoice."""
    body = question.body
    params["question"] = f"<p>{_words(question, body['stem'], language)}</p>"
    params["answers"] = [
        {
            "text": _words(question, option["text"], language),
            "correct": bool(option["correct"]),
            "tipsAndFeedback": {
                "tip": "",
                "chosenFeedback": _words(question, option["why"], language, optional=True),
                "notChosenFeedback": "",
            },
        }
        for option in body["options"]
    ]
    params["overallFeedback"] = _feedback(question, language)
    _set(params, "behaviour", type="multi" if question.kind == "multiple" else "single")
    return params


def true_or_false(question: QuestionSource, language: str, params: Params) -> Params:
    """H5P.TrueFalse, with the reasons as what it says on right and wrong answers."""
    options = {option["name"]: option for option in question.body["options"]}
    right = next(name for name, option in options.items() if option["correct"])
    wrong = "false" if right == "true" else "true"
    params["question"] = f"<p>{_words(question, question.body['stem'], language)}</p>"
    params["correct"] = right
    words = {f"{name}Text": _words(question, options[name]["text"], language) for name in ("true", "false")}
    _set(params, "l10n", **words)
    _set(
        params,
        "behaviour",
        feedbackOnCorrect=_reasons(question, options[right]["why"], language),
        feedbackOnWrong=_reasons(question, options[wrong]["why"], language),
    )
    return params


def blanks(question: QuestionSource, language: str, params: Params) -> Params:
    """H5P.Blanks: the right answer is typed into the gap."""
    if question.kind not in CHOICES:
        return _typed_blanks(question, language, params)
    right = next(option for option in question.body["options"] if option["correct"])
    stem = _words(question, question.body["stem"], language)
    params["questions"] = [f"<p>{_filled(stem, _words(question, right['text'], language))}</p>"]
    params["overallFeedback"] = _feedback(question, language)
    _set(params, "behaviour", caseSensitive=False)
    return params


def _typed_blanks(question: QuestionSource, language: str, params: Params) -> Params:
    body = question.body
    if question.kind == "text":
        asked = f"<p>{_words(question, body['stem'], language)}</p><p>{_accepted(body)}</p>"
        cased = body["case"]
    else:
        gaps = {gap["name"]: _accepted(gap) for gap in body["gaps"]}
        asked = f"<p>{_with_gaps(question, language, gaps)}</p>"
        cased = any(gap["case"] for gap in body["gaps"])
    stem = _words(question, body["stem"], language, optional=True) if question.kind == "cloze" else ""
    if stem:
        params["text"] = f"<p>{stem}</p>"
    params["questions"] = [asked]
    params["overallFeedback"] = _feedback(question, language)
    _set(params, "behaviour", caseSensitive=cased)
    return params


def _accepted(body: Mapping[str, Any]) -> str:
    """ "*Hà Nội/Ha Noi*": everything that earns the full mark."""
    right = [answer["text"] for answer in body["answers"] if answer["weight"] == "100"]
    return f"*{escape('/'.join(right))}*"


def _with_gaps(question: QuestionSource, language: str, gaps: Mapping[str, str]) -> str:
    text = _text(question, question.body["text"], language)
    return "".join(escape(said) if kind == "text" else gaps[said] for kind, said in pieces(text))


def _dragged_gaps(question: QuestionSource, language: str, params: Params) -> Params:
    options = {gap["name"]: gap["options"] for gap in question.body["gaps"]}
    right = {
        name: next(_words(question, o["text"], language) for o in those if o["correct"])
        for name, those in options.items()
    }
    wrong = {_words(question, o["text"], language) for those in options.values() for o in those}
    gaps = {name: f"*{words}*" for name, words in right.items()}
    params["textField"] = _with_gaps(question, language, gaps)
    params["distractors"] = " ".join(f"*{words}*" for words in sorted(wrong - set(right.values())))
    params["overallFeedback"] = _feedback(question, language)
    return params


def drag_text(question: QuestionSource, language: str, params: Params) -> Params:
    """H5P.DragText: the right answer is dragged into the gap, the wrong ones lie beside it."""
    if question.kind not in CHOICES:
        return _dragged_gaps(question, language, params)
    right = next(option for option in question.body["options"] if option["correct"])
    wrong = [option for option in question.body["options"] if not option["correct"]]
    stem = _words(question, question.body["stem"], language)
    params["textField"] = _filled(stem, _words(question, right["text"], language))
    params["distractors"] = " ".join(f"*{_words(question, option['text'], language)}*" for option in wrong)
    params["overallFeedback"] = _feedback(question, language)
    return params


def choice(question: QuestionSource, language: str) -> Params:
    """One question of a H5P.SingleChoiceSet: the right answer stands first, the player mixes them."""
    if question.kind not in CHOICES:
        raise CannotExport("no-such-type", question.name)
    options = sorted(question.body["options"], key=lambda option: not option["correct"])
    if question.kind == "multiple":
        raise CannotExport("several-right-answers", question.name)
    if len(options) > MOST_CHOICES:
        raise CannotExport("too-many-answers", question.name, str(MOST_CHOICES))
    return {
        "question": f"<p>{_words(question, question.body['stem'], language)}</p>",
        "answers": [_words(question, option["text"], language) for option in options],
    }


def title_of(question: QuestionSource, language: str) -> str:
    said = question.body["stem"]
    if question.kind == "cloze" and not said.get(language):
        said = {language: GAPS.sub("…", _text(question, question.body["text"], language))}
    return _text(question, said, language)[:255]


def _filled(stem: str, answer: str) -> str:
    return GAP.sub(lambda _gap: f"*{answer}*", stem)


def _feedback(question: QuestionSource, language: str) -> list[Params]:
    words = _words(question, question.body["explanation"], language, optional=True)
    return [{"from": 0, "to": 100, "feedback": words}] if words else [{"from": 0, "to": 100}]


def _reasons(question: QuestionSource, why: Mapping[str, str], language: str) -> str:
    texts = (why, question.body["explanation"])
    return " ".join(filter(None, (_words(question, text, language, optional=True) for text in texts)))


def _set(params: Params, group: str, **values: Any) -> None:
    params[group] = {**params.get(group, {}), **values}


def _words(
    question: QuestionSource, texts: Mapping[str, str], language: str, *, optional: bool = False
) -> str:
    """Our text as HTML: it is plain, the players put it into pages as it is."""
    return escape(texts.get(language, "") if optional else _text(question, texts, language))


def _text(question: QuestionSource, texts: Mapping[str, str], language: str) -> str:
    if not texts.get(language):
        raise CannotExport("missing-language", question.name, language)
    return texts[language]


PARAMS: dict[str, Callable[..., Params]] = {
    "H5P.MultiChoice": multiple_choice,
    "H5P.TrueFalse": true_or_false,
    "H5P.Blanks": blanks,
    "H5P.DragText": drag_text,
}
NAMES = {  # as H5P itself calls them in the metadata of what stands inside
    "H5P.MultiChoice": "Multiple Choice",
    "H5P.TrueFalse": "True/False Question",
    "H5P.Blanks": "Fill in the Blanks",
    "H5P.DragText": "Drag the Words",
}


def filled(
    machine_name: str, question: QuestionSource, language: str, base: Params, *, in_set: bool
) -> Params:
    """The parameters of a question in this type; `base` is left as it is.

    In a set each question counts one point, as in our own quizzes; alone, each right answer does.
    """
    params = PARAMS[machine_name](question, language, deepcopy(base))
    if machine_name == "H5P.MultiChoice":
        _set(params, "behaviour", singlePoint=in_set and question.kind == "multiple")
    return params
