"""Our own OLX, one `<question>` at a time: the form in which every question that was read is settled.

What a reader made goes through the same writer and reader as the studio's editor, so that a question that
was imported is the same as one that was typed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from assessments import olx
from assessments.exchange.model import STIMULUS, Asked, Body, Problem, ReadQuestion, Texts
from assessments.kinds.xml import line, write_texts
from assessments.olx import UNFINISHED, read_stimulus
from assessments.olx_edit import QuestionDraft, question_element

# What a draft may lack, and its author adds before it is published.
LACKING = UNFINISHED | {"no-rubric"}


def to_element(question: Asked) -> etree._Element:
    """The `<question>` with everything its body says; of its stimulus only the name."""
    body = question.body
    common = {"stem", "explanation", "cites", "stimulus"}
    return question_element(
        QuestionDraft(
            name=question.name,
            kind=question.kind,
            outcome=question.outcome,
            difficulty=question.difficulty,
            stem=body["stem"],
            body={part: said for part, said in body.items() if part not in common},
            explanation=body["explanation"],
            cites=[(line(cite["source"]), line(cite["lines"])) for cite in body["cites"]],
            stimulus=body["stimulus"]["name"] if body.get("stimulus") else "",
        )
    )


def stimulus_element(stimulus: Mapping[str, Any]) -> etree._Element:
    """A `<stimulus>`, the text that questions stand on."""
    element = etree.Element("stimulus", name=stimulus["name"])
    write_texts(element, "title", stimulus["title"])
    write_texts(element, "text", stimulus["text"])
    return element


def settled(question: ReadQuestion) -> ReadQuestion:
    """The question as our own OLX keeps it, or with the reason why it cannot be kept."""
    if question.reason is not None:
        return question
    if question.kind == STIMULUS:
        return _settled_stimulus(question)
    stimuli: dict[str, Body] = {}
    if question.body.get("stimulus"):
        kept = read_stimulus(stimulus_element(question.body["stimulus"]))
        stimuli[kept["name"]] = kept
    problems: list[olx.Problem] = []
    source = olx.read_question(to_element(replace(question, name=question.name or "?")), stimuli, problems)
    faults = [(problem.code, problem.detail) for problem in problems if problem.code not in LACKING]
    faults += _empty(source.kind, source.body)
    if faults:
        code, detail = faults[0]
        reason = Problem(code, question.name, detail, *_place(question))
        return replace(question, kind="", body={}, files={}, reason=reason)
    return replace(question, body=source.body)


def _settled_stimulus(question: ReadQuestion) -> ReadQuestion:
    kept = read_stimulus(stimulus_element({"name": question.name, **question.body}))
    if not any(kept["text"].values()):
        reason = Problem("no-stem", question.name, "", *_place(question))
        return replace(question, kind="", body={}, files={}, reason=reason)
    return replace(question, body={"title": kept["title"], "text": kept["text"]})


def _place(question: ReadQuestion) -> tuple[str, int]:
    """(path, row) of where the question stands."""
    return ("", int(question.where)) if question.where.isdecimal() else (question.where, 0)


def _empty(kind: str, body: Body) -> list[tuple[str, str]]:
    """What has no words in any language, and so cannot be asked. Translations may follow later."""
    faults = []
    if kind != "cloze" and not any(body["stem"].values()):
        faults.append(("no-stem", ""))
    faults += [("option-without-text", where) for where, texts in _due(kind, body) if not any(texts.values())]
    return faults


def _due(kind: str, body: Body) -> Iterable[tuple[str, Texts]]:
    """The texts of options and prompts, without which there is nothing to choose."""
    for part in ("options", "prompts"):
        for item in body.get(part, ()):
            yield item["name"], item["text"]
    for gap in body.get("gaps", ()) if kind == "cloze" else ():
        for option in gap.get("options", ()):
            yield f"{gap['name']} {option['name']}", option["text"]
