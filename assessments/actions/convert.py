"""Turning Open edX problems into our own questions. The history keeps the problems."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.olx_edit import QuestionDraft, write_question
from assessments.queries.convert import Candidate, candidates
from assessments.queries.quiz_editor import new_question_names
from courses.actions.draft_change import About, Changed, Draft, change_draft
from courses.models import Module
from courses.olx import heading, tree
from courses.olx.names import usage_key
from courses.olx.outline import BlockRef, Outline, Unit
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@dataclass(frozen=True)
class Chosen:
    """A problem to convert, and the source its author names for the right answer."""

    usage_key: str
    source: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Done:
    """How many questions there are now, and in which quizzes or bank they stand."""

    questions: int
    places: tuple[str, ...]  # usage keys


@transaction.atomic
def convert_problems(
    *,
    module: Module,
    chosen: Sequence[Chosen],
    language: str,
    to_bank: bool,
    by: Actor,
    base: int | None = None,
) -> Done:
    """Replace problems by questions: practice in their unit, or in the module's bank. One new draft.

    `language` is the one the problems are written in. Problems that follow each other become one quiz.
    What a question still lacks, its author writes; until then publishing is refused.
    """
    if not chosen:
        raise Refused("nothing-chosen", _("Tick the questions first."))
    made: list[Done] = []

    def change(draft: Draft) -> Changed:
        taken = _taken(draft.outline, chosen, language)
        work = _Work(draft, taken, {one.usage_key: one for one in chosen})
        changed = work.into_bank() if to_bank else work.into_units()
        made.append(Done(work.count, tuple(changed.bodies)))
        return changed

    written, _key = change_draft(
        module=module,
        by=by,
        base=base,
        about=[About("block", one.usage_key, "whole") for one in chosen],
        did="problems.converted",
        change=change,
    )
    record(
        "problems.converted",
        module,
        by=by,
        version=written.version.number,
        problems=[one.usage_key for one in chosen],
        questions=made[0].questions,
        places=list(made[0].places),
    )
    return made[0]


def _taken(outline: Outline, chosen: Iterable[Chosen], language: str) -> list[Candidate]:
    """The chosen problems in reading order; refuses what is gone or cannot be converted."""
    known = {candidate.usage_key: candidate for candidate in candidates(outline, language)}
    for one in chosen:
        found = known.get(one.usage_key)
        if found is None:
            raise tree.NotThere("block", one.usage_key)
        if found.conversion.reason is not None:
            raise Refused("not-convertible", _("One of these problems cannot become our own question."))
    wanted = {one.usage_key for one in chosen}
    return [candidate for key, candidate in known.items() if key in wanted]


class _Work:
    """The draft while its problems are being replaced."""

    def __init__(self, draft: Draft, taken: list[Candidate], chosen: dict[str, Chosen]) -> None:
        self.draft, self.taken, self.chosen = draft, taken, chosen
        self.names = new_question_names(draft.module, draft.outline)
        self.count = 0

    def into_units(self) -> Changed:
        """A practice quiz where each run of problems stood."""
        outline, bodies = self.draft.outline, dict[str, str]()
        for run in self._runs():
            first = run[0]
            title = first.ref.title if len(run) == 1 else {}
            name = self.draft.new_key("quiz")
            key = usage_key(outline.course_key, "quiz", name)
            empty = heading.titled(f'<quiz url_name="{name}" kind="practice"/>', title, outline.language)
            bodies[key] = self._filled(empty, run)
            quiz = BlockRef(key, "quiz", title, kind="practice", group=first.ref.group)
            outline = tree.add_block(outline, quiz, tree.Place(first.unit.key, before=first.usage_key))
            outline = _without(outline, run)
        return Changed(outline, bodies, key=next(iter(bodies)))

    def into_bank(self) -> Changed:
        """All questions at the end of the module's bank, which is made when there is none."""
        outline = self.draft.outline
        if outline.banks:
            bank = outline.banks[0]
            body = self.draft.texts_of([bank.version])[bank.usage_key]
        else:
            name = f"{self.draft.module.code.lower()}-bank"
            bank = BlockRef(usage_key(outline.course_key, "question_bank", name), "question_bank", {})
            body = f'<question_bank url_name="{name}"/>'
            outline = replace(outline, banks=(bank,))
        filled = self._filled(body, self.taken)
        return Changed(_without(outline, self.taken), {bank.usage_key: filled}, key=bank.usage_key)

    def _runs(self) -> Iterator[list[Candidate]]:
        """Problems that follow each other in the same part of a unit."""
        for _unit, group in groupby(self.taken, key=lambda candidate: candidate.unit.key):
            members = list(group)
            places = _places(members[0].unit)
            for _run, run in groupby(
                enumerate(members),
                key=lambda item: (item[1].ref.group, places[item[1].usage_key] - item[0]),
            ):
                yield [candidate for _place, candidate in run]

    def _filled(self, olx: str, run: Iterable[Candidate]) -> str:
        for candidate in run:
            for question in candidate.conversion.questions:
                olx = write_question(olx, self._named(question, self.chosen[candidate.usage_key]))
                self.count += 1
        return olx

    def _named(self, question: QuestionDraft, chosen: Chosen) -> QuestionDraft:
        cites = [(chosen.source, chosen.lines)] if chosen.source else []
        return replace(question, name=next(self.names), cites=cites)


def _places(unit: Unit) -> dict[str, int]:
    return {block.usage_key: place for place, block in enumerate(unit.blocks)}


def _without(outline: Outline, run: Iterable[Candidate]) -> Outline:
    for candidate in run:
        outline = tree.remove(outline, "block", candidate.usage_key)
    return outline
