"""What the quiz editor shows: the questions of a block, and those of the module's other blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments import olx
from assessments.models import Question, QuestionKind
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.fault_words import fault_words
from assessments.queries.question_key import KeyLine, key_of
from courses.models import BlockVersion, Module
from courses.olx.outline import BlockRef, Outline
from courses.queries.editing import EditedBlock
from lms.shared.languages import localised

BANK = "bank"  # the bank of a question's own module, whether it has one yet or not


@dataclass(frozen=True)
class EditedQuestion:
    """A question as its author sees it in the list."""

    name: str
    kind: str
    outcome: str
    body: dict[str, Any]
    faults: tuple[str, ...]  # in words

    @property
    def stem(self) -> str:
        """What is asked; of a text with gaps that has no question, the text."""
        return localised(self.body["stem"]) or localised(self.body.get("text", {}))

    @property
    def key(self) -> list[KeyLine]:
        return key_of(self.kind, self.body)

    @property
    def kind_label(self) -> str:
        return str(dict(QuestionKind.choices).get(self.kind, self.kind))


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
            tuple(dict.fromkeys(fault_words(p, q) for p in source.problems if p.where == q.name)),
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


def outline_with_bank(module: Module, outline: Outline) -> tuple[Outline, str, str]:
    """The outline with a question bank, the bank's usage key, and its OLX when it is only made now."""
    if outline.banks:
        return outline, outline.banks[0].usage_key, ""
    key = f"{module.code.lower()}-bank"
    prefix = outline.course_key.replace("course-v1:", "block-v1:", 1)
    bank = BlockRef(f"{prefix}+type@question_bank+block@{key}", "question_bank", {})
    changed = Outline.from_json({**outline.to_json(), "banks": [bank.to_json()]})
    return changed, bank.usage_key, f'<question_bank url_name="{key}"/>'


def situation_names(edited: EditedBlock) -> Iterator[str]:
    """Free names of situations: "c1-s01". A situation goes with its questions, so a module has each once."""
    pins = [ref.version for ref in edited.outline.blocks.values() if ref.type in BLOCK_TYPES]
    bodies = BlockVersion.objects.filter(pk__in=pins).values_list("olx", flat=True)
    taken = {one["name"] for body in bodies for one in olx.parse(body).situations}
    stem = f"{edited.module.code.lower()}-s"
    return (name for number in range(1, 1000) if (name := f"{stem}{number:02}") not in taken)
