"""Questions from other systems into a module's bank, and out again."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from lxml import etree

from assessments.exchange.formats import WRITERS
from assessments.exchange.model import Export, ReadQuestion, Written
from assessments.exchange.own import stimulus_element, to_element
from assessments.queries.exchange import (
    PICTURES,
    Candidate,
    DraftedQuestions,
    State,
    candidates,
    drafted_questions,
    picture_files,
)
from courses.actions.block_files import store_file
from courses.actions.draft_change import About, Changed, Draft, change_draft
from courses.actions.publish import NOT_ALLOWED
from courses.models import Module
from courses.olx.names import usage_key
from courses.olx.outline import AssetRef, BlockRef, Outline
from courses.olx.xml import parse_xml, to_text
from courses.permissions import may_author
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

NO_DRAFT = _("This module has no content yet. Import it first.")


@dataclass(frozen=True)
class Imported:
    """What an import did: names of the questions, and in which block the new ones stand."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]  # changed in the file, left here as they are
    bank: str = ""

    @property
    def is_new_version(self) -> bool:
        return bool(self.new or self.replaced)


@transaction.atomic
def import_questions(
    *,
    module: Module,
    questions: Sequence[ReadQuestion],
    by: Actor,
    replacing: Callable[[Candidate], bool] = lambda _one: False,
) -> Imported:
    """Put questions into the module's bank: one new draft, or none where nothing is new.

    A question that stands in the draft already with the same content is left alone; one whose content
    changed is written over only if `replacing` says so. Faulty ones must not be among `questions`.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    found = _candidates(module, questions)
    if not _to_write(found, replacing):
        return _result(found, (), "")
    made: list[Imported] = []

    def change(draft: Draft) -> Changed:
        # Again, under the lock: a colleague may have saved meanwhile.
        drafted = drafted_questions(draft.module, draft.outline)
        now = candidates(drafted, questions)
        work = _Work(draft, drafted, _to_write(now, replacing), by)
        changed = work.changed()
        made.append(_result(now, work.written, changed.key))
        return changed

    written, _key = change_draft(
        module=module, by=by, base=None, about=list[About](), did="questions.imported", change=change
    )
    record(
        "questions.imported",
        module,
        by=by,
        version=written.version.number,
        new=len(made[0].new),
        replaced=list(made[0].replaced),
    )
    return made[0]


def export_questions(
    *, module: Module, format: str, by: Actor, language: str = "vi", names: Collection[str] | None = None
) -> Written:
    """The questions of the module's draft as a file, all or those named."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if format not in WRITERS:
        raise Refused("unknown-format", _("Choose one of the formats."))
    drafted = _drafted(module)
    chosen = [one.question for name, one in drafted.questions.items() if names is None or name in names]
    if not chosen:
        raise Refused("nothing-chosen", _("Tick the questions first."))
    files = picture_files(drafted.outline, chosen)
    written = WRITERS[format](Export(chosen, files, language, module.code))
    record("questions.exported", module, by=by, format=format, questions=len(chosen))
    return written


def _drafted(module: Module) -> DraftedQuestions:
    if module.draft is None:
        raise Refused("no-draft", NO_DRAFT)
    return drafted_questions(module)


def _candidates(module: Module, questions: Sequence[ReadQuestion]) -> list[Candidate]:
    if any(not question.is_sound for question in questions):
        raise Refused("faulty-question", _("Put the faulty questions right first, or leave them out."))
    return candidates(_drafted(module), questions)


def _to_write(found: Iterable[Candidate], replacing: Callable[[Candidate], bool]) -> list[Candidate]:
    return [one for one in found if one.state == State.NEW or (one.state == State.CHANGED and replacing(one))]


def _result(found: Iterable[Candidate], written: Collection[str], bank: str) -> Imported:
    """By state; stimuli are no questions and are not counted."""
    named: dict[State, list[str]] = {state: [] for state in State}
    for one in found:
        if not one.is_stimulus:
            named[one.state].append(one.name)
    changed = named[State.CHANGED]
    return Imported(
        new=tuple(named[State.NEW]),
        replaced=tuple(name for name in changed if name in written),
        same=tuple(named[State.SAME]),
        kept=tuple(name for name in changed if name not in written),
        bank=bank,
    )


class _Work:
    """The draft while questions are put into it."""

    def __init__(self, draft: Draft, drafted: DraftedQuestions, chosen: list[Candidate], by: Actor) -> None:
        self.draft, self.drafted, self.chosen, self.by = draft, drafted, chosen, by
        self.outline: Outline = draft.outline
        self.elements: dict[str, etree._Element] = {}
        self.assets: dict[str, AssetRef] = {}
        self.written = {one.name for one in chosen if not one.is_stimulus}

    def changed(self) -> Changed:
        """The tree and the blocks as they shall be; the bank is made when there is none."""
        bank = self._bank()
        for one in self.chosen:
            there = self.drafted.questions.get(one.name)
            block = self._element(there.usage_key if there else bank)
            if one.is_stimulus:
                self._add_stimulus(block, {"name": one.name, **one.read.body})
                continue
            question = replace(one.read, name=one.name)
            self._store_files(question)
            if stimulus := question.body.get("stimulus"):
                self._add_stimulus(block, stimulus)
            self._put(block, to_element(question))
        outline = replace(self.outline, assets={**self.outline.assets, **self.assets})
        return Changed(outline, {key: to_text(e) for key, e in self.elements.items()}, key=bank)

    def _bank(self) -> str:
        if self.outline.banks:
            return self.outline.banks[0].usage_key
        name = f"{self.draft.module.code.lower()}-bank"
        bank = BlockRef(usage_key(self.outline.course_key, "question_bank", name), "question_bank", {})
        self.outline = replace(self.outline, banks=(bank,))
        self.elements[bank.usage_key] = etree.Element("question_bank", url_name=name)
        return bank.usage_key

    def _element(self, key: str) -> etree._Element:
        if key not in self.elements:
            pin = self.outline.blocks[key].version
            self.elements[key] = parse_xml(self.draft.texts_of([pin])[key].encode(), key)
        return self.elements[key]

    def _put(self, block: etree._Element, made: etree._Element) -> None:
        name = made.get("name")
        before = next((q for q in block.iterchildren("question") if q.get("name") == name), None)
        if before is None:
            block.append(made)
        else:
            made.tail = before.tail
            block.replace(before, made)

    def _add_stimulus(self, block: etree._Element, stimulus: dict[str, object]) -> None:
        """Before the questions; its name says its words, so one that is there is the same."""
        if all(one.get("name") != stimulus["name"] for one in block.iterchildren("stimulus")):
            block.insert(0, stimulus_element(stimulus))

    def _store_files(self, question: ReadQuestion) -> None:
        """Keep the question's picture."""
        for src, content in question.files.items():
            path = src.removeprefix(PICTURES)
            self.assets[path] = store_file(module=self.draft.module, path=path, content=content, by=self.by)
