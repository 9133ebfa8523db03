"""What the quiz editor shows: the questions of a block, and those of the module's other blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments import olx
from assessments.models import Question
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.key import KeyLine, key_lines
from courses.models import BlockVersion, Module
from courses.olx.outline import BlockRef, Outline
from courses.queries.editing import EditedBlock
from lms.shared.languages import localised


@dataclass(frozen=True)
class EditedQuestion:
    """A question as its author sees it in the list."""

    name: str
    kind: str
    outcome: str
    body: dict[str, Any]
    faults: tuple[olx.Problem, ...]

    @property
    def stem(self) -> str:
        """What is asked; of a text with gaps that has no question, the text."""
        return localised(self.body["stem"]) or localised(self.body.get("text", {}))

    @property
    def key(self) -> list[KeyLine]:
        return key_lines(self.kind, self.body)


@dataclass(frozen=True)
class OtherBlock:
    """Another quiz or bank of the module, to choose questions from."""

    ref: BlockRef
    questions: list[EditedQuestion]


def questions_of(source: olx.QuizSource) -> list[EditedQuestion]:
    """The questions in order, each with what is wrong with it."""
    return [
        EditedQuestion(
            q.name,
            q.kind,
            q.outcome,
            q.body,
            tuple(problem for problem in source.problems if problem.where == q.name),
        )
        for q in source.questions
    ]


def other_blocks(outline: Outline, usage_key: str) -> list[OtherBlock]:
    """The module's other quizzes and banks with their questions. One query."""
    refs = [ref for ref in outline.blocks.values() if ref.type in BLOCK_TYPES and ref.usage_key != usage_key]
    bodies = dict(BlockVersion.objects.filter(pk__in=[r.version for r in refs]).values_list("pk", "olx"))
    return [OtherBlock(ref, questions_of(olx.parse(bodies[ref.version]))) for ref in refs]


def new_question_name(edited: EditedBlock) -> str:
    """The next free name: "c1-q08". Names are unique over all modules and never used again."""
    return next(new_question_names(edited.module, edited.outline))


def new_question_names(module: Module, outline: Outline) -> Iterator[str]:
    """Free names, one after the other, none of them in the draft or ever published. Two queries."""
    stem = f"{module.code.lower()}-q"
    taken = set(Question.objects.filter(name__startswith=stem).values_list("name", flat=True))
    taken |= {question.name for block in other_blocks(outline, "") for question in block.questions}
    return (name for number in range(1, 10_000) if (name := f"{stem}{number:02}") not in taken)
