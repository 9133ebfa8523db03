"""A `<question_bank>` or `<quiz>` of ours as a file: nothing is lost either way."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from assessments import olx
from assessments.exchange.model import (
    STIMULUS,
    Body,
    Export,
    Problem,
    Reading,
    ReadQuestion,
    Unfit,
    Unreadable,
    Written,
    check_count,
    refused,
)
from assessments.exchange.opening import row_of, xml_of
from assessments.exchange.own import stimulus_element, to_element
from assessments.kinds import KINDS


def read(content: bytes, *, language: str = "vi") -> Reading:  # noqa: ARG001 — each text says its language
    """Every question of the file. Pictures stay where they are named: the file holds none."""
    root = xml_of(content)
    if root.tag not in {"question_bank", "quiz"}:
        raise Unreadable("other-root", str(root.tag)[:100])
    return Reading("olx", tuple(_questions(root)))


def _questions(root: etree._Element) -> Iterator[ReadQuestion]:
    stimuli = {found["name"]: found for found in map(olx.read_stimulus, root.iterchildren(STIMULUS))}
    check_count(len(root))
    used = set()
    for element in root.iterchildren("question"):
        used.add(element.get("stimulus", ""))
        yield question_of(element, stimuli)
    for name, stimulus in stimuli.items():
        if name not in used:
            body = {"title": stimulus["title"], "text": stimulus["text"]}
            yield ReadQuestion(name=name, type=STIMULUS, kind=STIMULUS, body=body)


def question_of(element: Any, stimuli: dict[str, Body]) -> ReadQuestion:
    """One `<question>`."""
    problems: list[olx.Problem] = []
    source = olx.read_question(element, stimuli, problems)
    row = row_of(element)
    if source.kind not in KINDS:
        unfit = Unfit("type-not-taken", source.kind)
        return refused(source.name, source.kind, unfit, row=row, where=str(row))
    return ReadQuestion(
        name=source.name,
        type=source.kind,
        kind=source.kind,
        body=source.body,
        outcome=source.outcome,
        difficulty=source.difficulty,
        where=str(row),
    )


def write(export: Export) -> Written:
    """All questions; pictures are named, and stay with the module."""
    root = etree.Element("question_bank")
    left_out: list[Problem] = []
    stimuli: dict[str, Body] = {}
    for question in export.questions:
        if stimulus := question.body.get("stimulus"):
            stimuli[stimulus["name"]] = stimulus
        if question.body.get("picture"):
            left_out.append(Problem("left-out", question.name, "picture-file"))
    root.extend([stimulus_element(stimulus) for stimulus in stimuli.values()])
    root.extend([to_element(question) for question in export.questions])
    etree.indent(root)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Written(content, ".xml", "application/xml", tuple(left_out))
