"""Changing a module's tree: each function gives a new outline and leaves the old one as it was.

Everything is named by its key, never by its place, so that a change can be applied to a draft that a
colleague has changed meanwhile. A key once given is never given again: learners' progress hangs on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from courses.olx.outline import BlockRef, Outline, Section, Texts, Unit

Kind = Literal["section", "unit", "block"]
KINDS: tuple[Kind, ...] = ("section", "unit", "block")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread when told by telephone
TOKEN = 5
T = TypeVar("T")


class NotThere(Exception):
    """The tree does not have what the change is about (any more)."""

    def __init__(self, kind: Kind, key: str) -> None:
        super().__init__(f"{kind} {key}")
        self.kind: Kind = kind
        self.key = key


@dataclass(frozen=True)
class Place:
    """Where something goes: into `parent`, before the child `before`; None is the end."""

    parent: str  # a section's key for units, a unit's for blocks, "" for sections
    before: str | None = None


def section_keys(outline: Outline) -> list[str]:
    """What the studio calls each section: its key, or "#3" where an import left none or one twice."""
    keys = [section.key for section in outline.sections]
    return [key if key and keys.count(key) == 1 else f"#{place}" for place, key in enumerate(keys, start=1)]


def section_of(outline: Outline, key: str) -> Section:
    return outline.sections[_section_place(outline, key)]


def unit_of(outline: Outline, key: str) -> Unit:
    unit = outline.unit(key)
    if unit is None:
        raise NotThere("unit", key)
    return unit


def block_of(outline: Outline, usage_key: str) -> BlockRef:
    unit = outline.unit_of(usage_key)
    if unit is None:
        raise NotThere("block", usage_key)
    return next(block for block in unit.blocks if block.usage_key == usage_key)


def parent_of(outline: Outline, kind: Kind, key: str) -> str:
    """The key of what holds it; "" for sections."""
    if kind == "section":
        section_of(outline, key)
        return ""
    if kind == "unit":
        unit_of(outline, key)
        keys = section_keys(outline)
        return next(
            keys[place]
            for place, section in enumerate(outline.sections)
            if any(unit.key == key for unit in section.units)
        )
    block_of(outline, key)
    unit = outline.unit_of(key)
    return unit.key if unit else ""


def children_of(outline: Outline, kind: Kind, parent: str) -> list[str]:
    """The keys of a parent's children of that kind, in order."""
    if kind == "section":
        return section_keys(outline)
    if kind == "unit":
        return [unit.key for unit in section_of(outline, parent).units]
    return [block.usage_key for block in unit_of(outline, parent).blocks]


def neighbour_place(outline: Outline, kind: Kind, key: str, step: Literal[-1, 1]) -> Place | None:
    """One place up or down; at the edge of a unit or section into the next one, None at the very end."""
    parent = parent_of(outline, kind, key)
    siblings = children_of(outline, kind, parent)
    place = siblings.index(key)
    if 0 <= place + step < len(siblings):
        rest = siblings[place + (2 if step == 1 else -1) :]
        return Place(parent, rest[0] if rest else None)
    parents = {
        "section": [""],
        "unit": section_keys(outline),
        "block": [unit.key for unit in outline.units],
    }[kind]
    beside = parents.index(parent) + step
    if not 0 <= beside < len(parents):
        return None
    inside = children_of(outline, kind, parents[beside])
    return Place(parents[beside], inside[0] if inside and step == 1 else None)


# Adding


def add_section(outline: Outline, section: Section, before: str | None = None) -> Outline:
    """With one more section; it joins the chapter it comes to stand in."""
    keys = section_keys(outline)
    at = _before(keys, before, "section")
    sections = _inserted(outline.sections, at, _in_chapter(outline.sections, at, section))
    return replace(outline, sections=sections)


def add_unit(outline: Outline, unit: Unit, place: Place) -> Outline:
    section = section_of(outline, place.parent)
    at = _before([unit.key for unit in section.units], place.before, "unit")
    return _with_section(outline, place.parent, replace(section, units=_inserted(section.units, at, unit)))


def add_block(outline: Outline, block: BlockRef, place: Place) -> Outline:
    unit = unit_of(outline, place.parent)
    at = _before([child.usage_key for child in unit.blocks], place.before, "block")
    return with_unit(outline, replace(unit, blocks=_inserted(unit.blocks, at, block)))


def duplicate_unit(outline: Outline, key: str, copy_key: str, names: Mapping[str, BlockRef]) -> Outline:
    """With a copy of the unit right after it; `names` has the new block for each old usage key."""
    unit = unit_of(outline, key)
    parent = parent_of(outline, "unit", key)
    siblings = children_of(outline, "unit", parent)
    after = siblings[siblings.index(key) + 1 :]
    copy = replace(unit, key=copy_key, blocks=tuple(names[block.usage_key] for block in unit.blocks))
    return add_unit(outline, copy, Place(parent, after[0] if after else None))


# Changing


def change_section(outline: Outline, key: str, title: Texts) -> Outline:
    return _with_section(outline, key, replace(section_of(outline, key), title=title))


def change_unit(outline: Outline, key: str, *, title: Texts, minutes: int, review_by: date | None) -> Outline:
    unit = unit_of(outline, key)
    return with_unit(outline, replace(unit, title=title, minutes=minutes, review_by=review_by))


def change_block(outline: Outline, usage_key: str, *, title: Texts) -> Outline:
    return outline.with_block(replace(block_of(outline, usage_key), title=title))


def with_unit(outline: Outline, changed: Unit) -> Outline:
    """The same tree with one unit replaced (same key)."""

    def swap(section: Section) -> Section:
        units = tuple(changed if unit.key == changed.key else unit for unit in section.units)
        return replace(section, units=units)

    return replace(outline, sections=tuple(swap(section) for section in outline.sections))


# Moving and removing


def move(outline: Outline, kind: Kind, key: str, place: Place) -> Outline:
    """With it standing at `place`; before itself is where it is."""
    if place.before == key:
        return outline
    if kind == "section":
        return _move_section(outline, key, place.before)
    if kind == "unit":
        unit = unit_of(outline, key)
        return add_unit(_without_unit(outline, key), unit, place)
    block = block_of(outline, key)
    return add_block(_without_block(outline, key), block, place)


def remove(outline: Outline, kind: Kind, key: str) -> Outline:
    """Without it and all that stands in it."""
    if kind == "section":
        at = _section_place(outline, key)
        return replace(outline, sections=outline.sections[:at] + outline.sections[at + 1 :])
    if kind == "unit":
        unit_of(outline, key)
        return _without_unit(outline, key)
    block_of(outline, key)
    return _without_block(outline, key)


# Keys


def fresh_key(stem: str, is_used: Callable[[str], bool], draw: Callable[[Sequence[str]], str]) -> str:
    """A short name that nothing ever had: "c1-u-7h2kq". `draw` picks one letter."""
    while True:
        name = f"{stem}-{''.join(draw(ALPHABET) for _ in range(TOKEN))}"
        if not is_used(name):
            return name


def _section_place(outline: Outline, key: str) -> int:
    keys = section_keys(outline)
    if key not in keys:
        raise NotThere("section", key)
    return keys.index(key)


def _with_section(outline: Outline, key: str, changed: Section) -> Outline:
    at = _section_place(outline, key)
    return replace(outline, sections=(*outline.sections[:at], changed, *outline.sections[at + 1 :]))


def _move_section(outline: Outline, key: str, before: str | None) -> Outline:
    at = _section_place(outline, key)
    target = _before(section_keys(outline), before, "section")
    rest = outline.sections[:at] + outline.sections[at + 1 :]
    target -= target > at
    section = _in_chapter(rest, target, outline.sections[at])
    return replace(outline, sections=_inserted(rest, target, section))


def _in_chapter(sections: tuple[Section, ...], at: int, section: Section) -> Section:
    """A chapter is a run of sections, so what comes to stand inside a run belongs to it."""
    beside = sections[at - 1 : at] if at else ()
    after = sections[at : at + 1]
    if not (beside or after) or section.chapter in {found.chapter for found in (*beside, *after)}:
        return section
    joined = (*beside, *after)[0]
    return replace(section, chapter=joined.chapter, chapter_title=joined.chapter_title)


def _without_unit(outline: Outline, key: str) -> Outline:
    def cut(section: Section) -> Section:
        return replace(section, units=tuple(unit for unit in section.units if unit.key != key))

    return replace(outline, sections=tuple(cut(section) for section in outline.sections))


def _without_block(outline: Outline, usage_key: str) -> Outline:
    unit = outline.unit_of(usage_key)
    if unit is None:
        raise NotThere("block", usage_key)
    kept = tuple(block for block in unit.blocks if block.usage_key != usage_key)
    return with_unit(outline, replace(unit, blocks=kept))


def _before(keys: list[str], before: str | None, kind: Kind) -> int:
    if before is None:
        return len(keys)
    if before not in keys:
        raise NotThere(kind, before)
    return keys.index(before)


def _inserted(items: tuple[T, ...], at: int, item: T) -> tuple[T, ...]:
    return (*items[:at], item, *items[at:])
