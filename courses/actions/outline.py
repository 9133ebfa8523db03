"""What trainers do to a module's tree. Every one of them makes a new draft; learners see nothing yet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from courses.actions.draft_change import About, Changed, Draft, change_draft
from courses.actions.versions import WrittenVersion
from courses.models import Module
from courses.olx import heading, tree
from courses.olx.attributes import LONGEST_UNIT
from courses.olx.outline import BlockRef, Section, Unit
from courses.olx.parse import usage_key as usage_key_of
from courses.olx.problems import OlxRefused
from courses.olx.tree import Kind, Place
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.titles import clean_texts, clean_title


def add_section(
    *, module: Module, title: Mapping[str, str], by: Actor, before: str | None = None, base: int | None = None
) -> str:
    """Add an empty section; returns its key."""
    texts = clean_title(title)

    def change(draft: Draft) -> Changed:
        section = Section(draft.new_key("s"), texts, ())
        if not draft.outline.sections:
            section = replace(section, chapter=draft.new_key("ch"), chapter_title=texts)
        return Changed(tree.add_section(draft.outline, section, before), key=section.key)

    return change_draft(module=module, by=by, base=base, about=[], did="section.added", change=change)[1]


def add_unit(
    *,
    module: Module,
    section: str,
    title: Mapping[str, str],
    by: Actor,
    minutes: int = 0,
    base: int | None = None,
) -> str:
    """Add an empty unit at the end of a section; returns its key."""
    texts = clean_title(title)
    _refuse_length(minutes)

    def change(draft: Draft) -> Changed:
        unit = Unit(draft.new_key("u"), texts, (), minutes=minutes)
        return Changed(tree.add_unit(draft.outline, unit, Place(section)), key=unit.key)

    return change_draft(module=module, by=by, base=base, about=[], did="unit.added", change=change)[1]


def add_block(
    *,
    module: Module,
    place: Place,
    olx: str,
    by: Actor,
    title: Mapping[str, str] | None = None,
    base: int | None = None,
) -> str:
    """Add a new block, its first text being `olx`; returns its usage key."""
    texts = clean_texts(title or {})
    try:
        tag = heading.root_tag(olx)
    except OlxRefused as refusal:
        raise Refused("broken-olx", _("This is not well-formed XML. Check the block.")) from refusal

    def change(draft: Draft) -> Changed:
        name = draft.new_key(tag.replace("_", "-"))
        key = usage_key_of(draft.outline.course_key, tag, name)
        body = heading.titled(heading.named(olx, name), texts, draft.outline.language)
        block = BlockRef(key, tag, texts, kind=heading.kind(body))
        return Changed(tree.add_block(draft.outline, block, place), {key: body}, key)

    return change_draft(
        module=module, by=by, base=base, about=[], did="block.added", change=change, type=tag
    )[1]


def change_module(
    *, module: Module, title: Mapping[str, str], by: Actor, base: int | None = None
) -> WrittenVersion:
    """Give the module another title; learners see it when the draft is published."""
    texts = clean_title(title)
    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About("module", "", "words")],
        did="module.changed",
        change=lambda draft: Changed(replace(draft.outline, title=texts)),
    )[0]


def change_section(
    *, module: Module, key: str, title: Mapping[str, str], by: Actor, base: int | None = None
) -> WrittenVersion:
    """Give a section another title."""
    texts = clean_title(title)
    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About("section", key, "words")],
        did="section.changed",
        change=lambda draft: Changed(tree.change_section(draft.outline, key, texts)),
        item=key,
    )[0]


def change_unit(
    *,
    module: Module,
    key: str,
    title: Mapping[str, str],
    minutes: int,
    review_by: date | None,
    by: Actor,
    base: int | None = None,
) -> WrittenVersion:
    """Give a unit its titles, its length in minutes and the day its sources must be looked at again."""
    texts = clean_title(title)
    _refuse_length(minutes)
    facts = {"title": texts, "minutes": minutes, "review_by": review_by}
    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About("unit", key, "words")],
        did="unit.changed",
        change=lambda draft: Changed(tree.change_unit(draft.outline, key, **facts)),  # type: ignore[arg-type]
        item=key,
    )[0]


def change_block(
    *,
    module: Module,
    usage_key: str,
    title: Mapping[str, str],
    by: Actor,
    is_required: bool | None = None,
    base: int | None = None,
) -> WrittenVersion:
    """Give a block another title and say whether its unit needs it; None leaves that as it is."""
    texts = clean_texts(title)

    def change(draft: Draft) -> Changed:
        block = tree.block_of(draft.outline, usage_key)
        body = draft.texts_of([block.version])[usage_key]
        if texts != block.title:
            body = heading.titled(body, texts, draft.outline.language)
        if is_required is not None and is_required != block.is_required:
            body = heading.with_required(body, is_required)
        return Changed(tree.change_block(draft.outline, usage_key, title=texts), {usage_key: body})

    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About("block", usage_key, "words")],
        did="block.changed",
        change=change,
        item=usage_key,
    )[0]


def move_item(
    *, module: Module, kind: Kind, key: str, place: Place, by: Actor, base: int | None = None
) -> WrittenVersion:
    """Put a section, unit or block elsewhere; keys and learners' progress go with it."""
    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About(kind, key, "place")],
        did=f"{kind}.moved",
        change=lambda draft: Changed(tree.move(draft.outline, kind, key, place)),
        item=key,
    )[0]


def remove_item(
    *, module: Module, kind: Kind, key: str, by: Actor, base: int | None = None
) -> WrittenVersion:
    """Take a section, unit or block out of the draft. Earlier versions keep it."""
    return change_draft(
        module=module,
        by=by,
        base=base,
        about=[About(kind, key, "whole")],
        did=f"{kind}.removed",
        change=lambda draft: Changed(tree.remove(draft.outline, kind, key)),
        item=key,
    )[0]


def duplicate_unit(*, module: Module, key: str, by: Actor, base: int | None = None) -> str:
    """Put a copy of a unit right after it, every block under a name of its own; returns the copy's key."""

    def change(draft: Draft) -> Changed:
        blocks = tree.unit_of(draft.outline, key).blocks
        texts = draft.texts_of(block.version for block in blocks)
        names: dict[str, BlockRef] = {}
        bodies: dict[str, str] = {}
        for block in blocks:
            name = draft.new_key(block.type.replace("_", "-"))
            copy = usage_key_of(draft.outline.course_key, block.type, name)
            bodies[copy] = heading.named(texts[block.usage_key], name, suffix=name.rpartition("-")[2])
            names[block.usage_key] = replace(block, usage_key=copy, version=0)
        copy_key = draft.new_key("u")
        return Changed(tree.duplicate_unit(draft.outline, key, copy_key, names), bodies, copy_key)

    return change_draft(
        module=module, by=by, base=base, about=[], did="unit.duplicated", change=change, item=key
    )[1]


def _refuse_length(minutes: int) -> None:
    if not 0 <= minutes <= LONGEST_UNIT:
        raise Refused("bad-minutes", _("Give the minutes as a number from 0 to 600."))
