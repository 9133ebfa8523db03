"""Our own OLX, one `<question>` at a time: the form in which every question that was read is settled.

What a reader made goes through the same writer and reader as the studio's editor, so that a question that
was imported is the same as one that was typed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from assessments.exchange.model import STIMULUS, Asked, Body, Problem, ReadQuestion, Texts
from assessments.kinds import KINDS
from assessments.kinds.picture import read_picture, write_picture
from assessments.kinds.xml import line, read_texts, write_texts
from assessments.olx import UNFINISHED

# What a draft may lack, and its author adds before it is published.
LACKING = UNFINISHED | {"no-rubric"}


def to_element(question: Asked) -> etree._Element:
    """The `<question>` with everything its body says; of its stimulus only the name."""
    element = etree.Element("question", name=question.name, type=question.kind)
    if question.outcome:
        element.set("outcome", question.outcome)
    element.set("difficulty", str(question.difficulty))
    body = question.body
    if body.get("stimulus"):
        element.set("stimulus", body["stimulus"]["name"])
    write_texts(element, "stem", body["stem"])
    write_picture(element, body)
    KINDS[question.kind].write(element, body)
    write_texts(element, "explanation", body["explanation"])
    for cite in body["cites"]:
        etree.SubElement(element, "cite", source=line(cite["source"]), lines=line(cite["lines"]))
    return element


def body_of(element: Any, kind: str, stimuli: Mapping[str, Body]) -> Body:
    """What `to_element` wrote; `stimuli` are those that stand beside the question."""
    body: Body = {
        "stem": read_texts(element, "stem"),
        **KINDS[kind].read(element),
        "explanation": read_texts(element, "explanation"),
        "cites": [
            {"source": cite.get("source", ""), "lines": cite.get("lines", "")}
            for cite in element.findall("cite")
        ],
        **read_picture(element),
    }
    named = element.get("stimulus", "")
    return body | ({"stimulus": stimuli[named]} if named in stimuli else {})


def stimulus_element(stimulus: Mapping[str, Any]) -> etree._Element:
    """A `<stimulus>`, the text that questions stand on."""
    element = etree.Element("stimulus", name=stimulus["name"])
    write_texts(element, "title", stimulus["title"])
    write_texts(element, "text", stimulus["text"])
    return element


def stimulus_of(element: Any) -> Body:
    return {
        "name": element.get("name", "").strip(),
        "title": read_texts(element, "title"),
        "text": read_texts(element, "text"),
    }


def settled(question: ReadQuestion) -> ReadQuestion:
    """The question as our own OLX keeps it, or with the reason why it cannot be kept."""
    if question.reason is not None:
        return question
    if question.kind == STIMULUS:
        return _settled_stimulus(question)
    body = question.body
    stimuli = {}
    if body.get("stimulus"):
        kept = stimulus_of(stimulus_element(body["stimulus"]))
        stimuli[kept["name"]] = kept
    kept_body = body_of(to_element(question), question.kind, stimuli)
    faults = [fault for fault in faults_of(question.kind, kept_body) if fault[0] not in LACKING]
    if faults:
        code, detail = faults[0]
        reason = Problem(code, question.name, detail, *_place(question))
        return replace(question, kind="", body={}, files={}, reason=reason)
    return replace(question, body=kept_body)


def _settled_stimulus(question: ReadQuestion) -> ReadQuestion:
    kept = stimulus_of(stimulus_element({"name": question.name, **question.body}))
    if not any(kept["text"].values()):
        reason = Problem("no-stem", question.name, "", *_place(question))
        return replace(question, kind="", body={}, files={}, reason=reason)
    return replace(question, body={"title": kept["title"], "text": kept["text"]})


def _place(question: ReadQuestion) -> tuple[str, int]:
    """(path, row) of where the question stands."""
    return ("", int(question.where)) if question.where.isdecimal() else (question.where, 0)


def faults_of(kind: str, body: Body) -> list[tuple[str, str]]:
    """What makes the question one that cannot be asked. Texts in other languages may follow later."""
    faults = list(KINDS[kind].faults(body))
    if kind != "cloze" and not any(body["stem"].values()):
        faults.append(("no-stem", ""))
    for where, texts in _due(kind, body):
        if not any(texts.values()):
            faults.append(("option-without-text", where))
    return faults


def _due(kind: str, body: Body) -> Iterable[tuple[str, Texts]]:
    """The texts of options and prompts, without which there is nothing to choose."""
    for part in ("options", "prompts"):
        for item in body.get(part, ()):
            yield item["name"], item["text"]
    for gap in body.get("gaps", ()) if kind == "cloze" else ():
        for option in gap.get("options", ()):
            yield f"{gap['name']} {option['name']}", option["text"]
