"""The Open edX problems of a draft, and which of them can become our own questions."""

from dataclasses import dataclass, replace

from assessments.capa import Conversion, convert
from assessments.olx import Problem
from assessments.olx_edit import QuestionDraft
from assessments.queries.question_key import KeyLine, key_of
from courses.models import BlockVersion
from courses.olx.names import CHOOSERS, SCRIPT_PROBLEM
from courses.olx.outline import BlockRef, Group, Outline, Unit

PROBLEMS = ("problem", SCRIPT_PROBLEM)


@dataclass(frozen=True)
class Candidate:
    """A problem, where it stands, and what it would become."""

    ref: BlockRef
    unit: Unit
    conversion: Conversion

    @property
    def usage_key(self) -> str:
        return self.ref.usage_key

    @property
    def questions(self) -> list[tuple[QuestionDraft, list[KeyLine]]]:
        """What it would become, each question with its key."""
        return [(question, key_of(question.kind, question.body)) for question in self.conversion.questions]


def candidates(outline: Outline, language: str) -> list[Candidate]:
    """All problems of the units in reading order, read as being in `language`. One query."""
    found = [(block, unit) for unit in outline.units for block in unit.blocks if block.type in PROBLEMS]
    pins = [block.version for block, _unit in found]
    bodies = dict(BlockVersion.objects.filter(pk__in=pins).values_list("pk", "olx"))
    watched = _watched(outline)
    return [
        Candidate(block, unit, _held_in_place(block, unit, watched, convert(bodies[block.version], language)))
        for block, unit in found
    ]


def _held_in_place(block: BlockRef, unit: Unit, watched: str, conversion: Conversion) -> Conversion:
    """The conversion, or the reason that lies not in the problem but around it."""
    if conversion.reason is None and (tag := _chooser_around(block, unit)):
        return replace(conversion, reason=Problem("inside-chooser", detail=tag))
    if conversion.reason is None and block.key in watched:
        return replace(conversion, reason=Problem("depended-on"))
    return conversion


def _chooser_around(block: BlockRef, unit: Unit) -> str:
    groups: dict[str, Group] = {group.key: group for group in unit.groups}
    key = block.group
    while key and (group := groups.get(key)):
        if group.tag in CHOOSERS:
            return group.tag
        key = group.group
    return ""


def _watched(outline: Outline) -> str:
    """What conditional parts say about others: a problem named there must keep its name."""
    parts = [
        part
        for unit in outline.units
        for group in unit.groups
        if group.tag == "conditional"
        for part in (*group.attributes.values(), group.before, group.after)
    ]
    return "\n".join(parts)
