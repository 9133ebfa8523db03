"""Writing quizzes and their questions in the studio. Attempts that were made keep the versions they asked."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.olx_edit import (
    NoSuchQuestion,
    QuestionDraft,
    RulesDraft,
    drop_situation,
    put_in,
    shift,
    situation_of,
    take_out,
    write_question,
    write_rules,
    write_situation,
)
from assessments.queries.quiz_editor import outline_with_bank
from courses.actions.publish import CHANGED_MEANWHILE, NOT_ALLOWED, save_block_draft
from courses.actions.versions import WrittenVersion, write_version
from courses.models import BlockVersion, Module
from courses.olx.outline import BlockRef, Outline
from courses.permissions import may_author
from courses.queries.editing import EditedBlock
from courses.queries.studio_drafts import locked_module
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

T = TypeVar("T")
GONE = _("This question is not here any more. Somebody moved or deleted it.")


def save_rules(*, edited: EditedBlock, rules: RulesDraft, base_version: int, by: Actor) -> WrittenVersion:
    """Keep the quiz's rules as a new draft of its module."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=write_rules(edited.olx, rules, edited.language),
        base_version=base_version,
        by=by,
    )


def save_question(
    *, edited: EditedBlock, question: QuestionDraft, base_version: int, by: Actor
) -> WrittenVersion:
    """Keep one question of a quiz or bank as a new draft of its module."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=write_question(edited.olx, question),
        base_version=base_version,
        by=by,
    )


def save_situation(
    *,
    edited: EditedBlock,
    name: str,
    title: Mapping[str, str],
    text: Mapping[str, str],
    base_version: int,
    by: Actor,
) -> WrittenVersion:
    """Keep what several questions are about as a new draft. Each of them shows the new words."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=write_situation(edited.olx, name, title, text),
        base_version=base_version,
        by=by,
    )


def delete_situation(*, edited: EditedBlock, name: str, base_version: int, by: Actor) -> WrittenVersion:
    """Take a situation out of the draft; the questions about it stay and stand alone."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=_or_gone(partial(drop_situation, edited.olx, name)),
        base_version=base_version,
        by=by,
    )


def shift_question(
    *, edited: EditedBlock, name: str, by_places: int, base_version: int, by: Actor
) -> WrittenVersion:
    """Ask the question earlier (-1) or later (1)."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=_or_gone(partial(shift, edited.olx, name, by_places)),
        base_version=base_version,
        by=by,
    )


def delete_question(*, edited: EditedBlock, name: str, base_version: int, by: Actor) -> WrittenVersion:
    """Take a question out of the draft. Its versions stay: attempts and the history name them."""
    return save_block_draft(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=_or_gone(lambda: take_out(edited.olx, name)[0]),
        base_version=base_version,
        by=by,
    )


@transaction.atomic
def move_questions(
    *, module: Module, names: Iterable[str], source: str, target: str, base_version: int, by: Actor
) -> WrittenVersion:
    """Move questions from one quiz or bank of the module to another: one new draft.

    A question stands in one place of its module only. `base_version` is the version of the block
    the author looked at; it may be either of the two.
    """
    module, outline = _locked(module, by)
    bodies = _bodies(outline, (source, target))
    if base_version not in {outline.blocks[source].version, outline.blocks[target].version}:
        raise Refused("changed-meanwhile", CHANGED_MEANWHILE)
    moved = list(names)
    for name in moved:
        situation = situation_of(bodies[source], name)
        without, question = _or_gone(partial(take_out, bodies[source], name))
        bodies |= {source: without, target: put_in(bodies[target], question, situation)}
    written = write_version(module=module, outline=outline, bodies=bodies, by=by)
    if written.is_new:
        record("questions.moved", module, by=by, names=moved, source=source, target=target)
    return written


@transaction.atomic
def add_bank(*, module: Module, by: Actor) -> str:
    """Give the module a question bank and return its usage key; one that is there already is that one."""
    module, outline = _locked(module, by)
    changed, usage_key, body = outline_with_bank(module, outline)
    if not body:
        return usage_key
    written = write_version(module=module, outline=changed, bodies={usage_key: body}, by=by)
    record("question_bank.added", module, by=by, version=written.version.number)
    return usage_key


def _locked(module: Module, by: Actor) -> tuple[Module, Outline]:
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = locked_module(module)
    if module.draft is None:
        raise Refused("no-draft", _("This module has no content yet. Import it first."))
    return module, Outline.from_json(module.draft.outline)


def _bodies(outline: Outline, usage_keys: Iterable[str]) -> dict[str, str]:
    """The OLX of two blocks of the draft; refuses a block that is not there."""
    refs: Mapping[str, BlockRef] = outline.blocks
    wanted = list(usage_keys)
    if any(key not in refs or refs[key].type not in {"quiz", "question_bank"} for key in wanted):
        raise Refused("unknown-block", _("This block is not in the draft any more."))
    rows = BlockVersion.objects.filter(pk__in=[refs[key].version for key in wanted])
    return dict(rows.values_list("usage_key", "olx"))


def _or_gone(change: Callable[[], T]) -> T:
    try:
        return change()
    except NoSuchQuestion as gone:
        raise Refused("question-gone", GONE) from gone
