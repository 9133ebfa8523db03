"""Open edX problems that our own questions can replace. Plain Python.

Only what both sides mean alike is converted: choices, checkboxes, dropdowns, numbers, words. Whatever our
questions cannot hold is a reason to leave the problem as it is, or is listed among the losses before anybody
decides.
Nothing is made up: a second language, a source, a reason for an answer stay empty for the author.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from assessments.capa_answers import Unclear, number_body, text_body
from assessments.capa_text import beyond_words, line, solution_words, words
from assessments.olx import UNFINISHED, Problem, parse
from assessments.olx_edit import TRUE_FALSE, QuestionDraft, option, write_question
from courses.olx.capa import program_in
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml

CHOOSING = {"multiplechoiceresponse", "choiceresponse", "optionresponse", "truefalseresponse"}
TYPED = {"numericalresponse": ("number", number_body), "stringresponse": ("text", text_body)}
NATIVE = {*CHOOSING, *TYPED}
GROUPS = ("choicegroup", "checkboxgroup", "radiogroup")
HINTS = ("choicehint", "optionhint")
# Inside a problem, but no part of what it asks.
FIELDS = ("formulaequationinput", "textline")
ASIDE = {*GROUPS, *FIELDS, "optioninput", "additional_answer", "responseparam"}
ASIDE |= {"correcthint", "stringequalhint", "solution"}
ASIDE |= {"demandhint", "targetedfeedbackset", "solutionset", "hintgroup"}
BOX = '<quiz kind="practice"/>'
LOST = {  # what does not come along as it is, and how one finds it
    "hints-later": ".//demandhint | .//hint",
    "partial-credit": ".//*[@partial_credit or @correct='partial']",
    "hints-of-unticked": ".//choicehint[@selected='false']",
    "links": ".//a",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LETTERED = re.compile(r"^\(?([A-Za-z0-9])[.):]\s")
QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
YES = {word.lower() for word in TRUE_FALSE["true"].values()}
NO = {word.lower() for word in TRUE_FALSE["false"].values()}


@dataclass(frozen=True)
class Conversion:
    """What a problem would become: questions, or the reason why it stays an Open edX question."""

    questions: tuple[QuestionDraft, ...] = ()  # without names
    reason: Problem | None = None
    losses: tuple[Problem, ...] = ()  # what does not come along
    unfinished: tuple[Problem, ...] = ()  # what the author has to write before publishing


class _Stays(Exception):
    """The problem cannot be one of our questions."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.reason = Problem(code, detail=detail)


@dataclass
class _Choice:
    text: str
    correct: str
    why: str = ""


def convert(olx: str, language: str = "vi") -> Conversion:
    """The problem as our questions, its words being in `language`."""
    try:
        problem = parse_xml(olx.encode(), "problem")
        questions = tuple(_questions(problem, language))
    except OlxRefused as refusal:
        return Conversion(reason=Problem("broken-xml", detail=str(refusal)))
    except _Stays as stays:
        return Conversion(reason=stays.reason)
    unfinished: list[Problem] = []
    for question in questions:
        faults = parse(write_question(BOX, replace(question, name="q"))).problems
        for fault in faults:
            if fault.code not in UNFINISHED:
                return Conversion(reason=Problem(fault.code, detail=fault.detail))
        unfinished += faults
    return Conversion(questions, None, tuple(_losses(problem)), tuple(unfinished))


def _questions(problem: etree._Element, language: str) -> Iterator[QuestionDraft]:
    if tag := program_in(problem):
        raise _Stays("program", tag)
    responses = [found for found in problem.iter() if _is_response(found)]
    if not responses:
        raise _Stays("asks-nothing")
    for response in responses:
        if response.tag not in NATIVE:
            raise _Stays("no-such-kind", str(response.tag))
    if what := beyond_words(problem):
        raise _Stays("beyond-words", what)
    stems = _stems(problem, responses)
    for place, response in enumerate(responses):
        stem, explanation = stems[place], _explanation(problem, responses, place)
        yield _question(response, stem, explanation, language)


def _question(response: etree._Element, stem: str, explanation: str, language: str) -> QuestionDraft:
    if not stem:
        raise _Stays("no-question-text")
    if str(response.tag) in TYPED:
        kind, body_of = TYPED[str(response.tag)]
        try:
            body = body_of(response, language)
        except Unclear as why:
            raise _Stays("unclear-answer", str(why)) from why
        return QuestionDraft("", kind, "", 2, {language: stem}, body, {language: explanation})
    choices, takes_several = _choices(response)
    if len(choices) > len(LETTERS):
        raise _Stays("too-many-choices", str(len(choices)))
    texts = [choice.text for choice in choices]
    if twice := next((text for text in texts if texts.count(text) > 1), None):
        raise _Stays("duplicate-option", twice)
    if unclear := [choice for choice in choices if choice.correct not in {"true", "false", "partial"}]:
        raise _Stays("unclear-answer", unclear[0].text)
    if not takes_several and sum(choice.correct == "true" for choice in choices) > 1:
        raise _Stays("any-of-several")
    kind, options = _options(choices, takes_several, language)
    return QuestionDraft("", kind, "", 2, {language: stem}, {"options": options}, {language: explanation})


def _options(choices: list[_Choice], takes_several: bool, language: str) -> tuple[str, list[dict[str, Any]]]:
    """Kind and options; "True" and "False" are known words and so have all their languages."""
    said = _said(choices)
    if not takes_several and _opposite(said):
        by_name = {"true" if text in YES else "false": one for text, one in zip(said, choices, strict=True)}
        return "truefalse", [
            option(name, TRUE_FALSE[name], {language: one.why}, is_right=one.correct == "true")
            for name in ("true", "false")
            for one in (by_name[name],)
        ]
    return "multiple" if takes_several else "single", [
        option(letter, {language: choice.text}, {language: choice.why}, is_right=choice.correct == "true")
        for letter, choice in zip(LETTERS, choices, strict=False)
    ]


def _said(choices: list[_Choice]) -> list[str]:
    return [choice.text.lower().rstrip(".") for choice in choices]


def _opposite(said: list[str]) -> bool:
    """ "True" and "False", in whatever language and order."""
    return len(said) == 2 and any(one in YES and two in NO for one, two in (said, reversed(said)))


def _is_response(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("response")


# What is asked


def _stems(problem: etree._Element, responses: list[etree._Element]) -> list[str]:
    """Each response's question. Words before the first are for all, when each has words of its own."""
    around = _around(problem, responses)
    own = [words(response, without=ASIDE) or _label(response) for response in responses]
    if len(responses) > 1 and all(own):
        return [
            line(f"{around[0]} {around[place] if place else ''} {text}") for place, text in enumerate(own)
        ]
    last = around.pop()
    stems = [_joined(before, text) for before, text in zip(around, own, strict=True)]
    stems[-1] = _joined(stems[-1], last)
    return stems


def _around(problem: etree._Element, responses: list[etree._Element]) -> list[str]:
    """The words outside the responses: before the first, between, after the last."""
    copy = parse_xml(etree.tostring(problem), "problem")
    marks = [found for found in copy.iter() if _is_response(found)]
    for mark in marks:
        mark.tag, tail = "span", mark.tail
        mark.clear()
        mark.text, mark.tail = "\ue000", tail
    parts = words(copy, without=ASIDE | {"style"}).split("\ue000")
    return [line(part) for part in parts] if len(parts) == len(responses) + 1 else [""] * (len(responses) + 1)


def _joined(first: str, second: str) -> str:
    """Both, but not the same twice: old editors wrote the paragraph again as a label."""
    if not second or line(second) in first:
        return first
    return second if first in second else line(f"{first} {second}")


def _label(response: etree._Element) -> str:
    """The label that older editors kept in an attribute."""
    labels = (found.get("label", "") for found in response.iter(*GROUPS, *FIELDS, "optioninput"))
    return line(next((label for label in labels if label), ""))


# What can be answered


def _choices(response: etree._Element) -> tuple[list[_Choice], bool]:
    """The choices, and whether one may take several."""
    if response.tag == "optionresponse":
        return _dropdown(response), False
    groups = list(response.iter(*GROUPS))
    if len(groups) != 1:
        raise _Stays("several-inputs", str(len(groups)))
    group = groups[0]
    if group.get("answer-pool"):
        raise _Stays("answer-pool")
    targeted = {
        found.get("explanation-id"): words(found)
        for found in response.getparent().iter("targetedfeedback", "solution")  # type: ignore[union-attr]
        if found.get("explanation-id")
    }
    choices = [
        _Choice(
            words(found, without=HINTS),
            found.get("correct", "false").strip().lower(),
            line(f"{_hints(found)} {targeted.get(found.get('explanation-id'), '')}"),
        )
        for found in group.iter("choice")
    ]
    several = response.tag == "choiceresponse" and group.tag != "radiogroup"
    if response.tag == "truefalseresponse":
        several = not _opposite(_said(choices))
    return choices, several


def _dropdown(response: etree._Element) -> list[_Choice]:
    inputs = list(response.iter("optioninput"))
    if len(inputs) != 1:
        raise _Stays("several-inputs", str(len(inputs)))
    options = list(inputs[0].iter("option"))
    if options:
        return [
            _Choice(words(o, without=HINTS), o.get("correct", "false").strip().lower(), _hints(o))
            for o in options
        ]
    right = line(inputs[0].get("correct", ""))
    return [
        _Choice(text, "true" if text == right else "false") for text in _listed(inputs[0].get("options", ""))
    ]


def _listed(options: str) -> list[str]:
    """The old form of a dropdown: "('India','Spain')"."""
    inside = options.strip().removeprefix("(").removesuffix(")")
    quoted = [line(single or double) for single, double in QUOTED.findall(inside)]
    return [text.replace("\\'", "'") for text in quoted] or [line(part) for part in inside.split(",")]


def _hints(choice: etree._Element) -> str:
    return line(" ".join(words(found) for found in choice.iter(*HINTS)))


# What is said afterwards


def _explanation(problem: etree._Element, responses: list[etree._Element], place: int) -> str:
    """The solution and the hints of one response; the problem's own hints are everybody's."""
    said: list[str] = []
    asked = -1
    for found in problem.iter():
        if _is_response(found):
            asked += 1
        elif found.tag == "solution" and not found.get("explanation-id") and max(asked, 0) == place:
            said.append(solution_words(found))
        elif found.tag == "hint" and _holder(found) in {None, responses[place]}:
            said.append(words(found))
    return line(" ".join(said))


def _holder(element: etree._Element) -> etree._Element | None:
    """The response an element stands in."""
    return next((above for above in element.iterancestors() if _is_response(above)), None)


# What does not come along


def _losses(problem: etree._Element) -> Iterator[Problem]:
    if attempts := problem.get("max_attempts", "").strip():
        yield Problem("attempts", detail=attempts)
    if problem.get("weight", "1").strip() not in {"", "1", "1.0"}:
        yield Problem("weight", detail=problem.get("weight", ""))
    if count := len(list(problem.iter("compoundhint"))):
        yield Problem("compound-hints", detail=str(count))
    yield from (Problem(code) for code, path in LOST.items() if problem.xpath(path))
    if _names_places(problem):
        yield Problem("order")


def _names_places(problem: etree._Element) -> bool:
    """Do the choices rely on their order? Ours are shuffled."""
    choices = list(problem.iter("choice", "option"))
    return any(found.get("fixed") == "true" for found in choices) or any(
        LETTERED.match(words(found, without=HINTS)) for found in choices
    )
