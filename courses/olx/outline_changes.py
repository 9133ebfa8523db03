"""What became of a module's tree between two versions, item by item. Plain Python."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from courses.olx.outline import BlockRef, Outline, Texts, Unit
from courses.olx.tree import Kind, section_keys

What = Literal[
    "added", "removed", "renamed", "moved", "changed", "minutes", "review_by", "required", "optional"
]


@dataclass(frozen=True)
class Change:
    """One thing that differs. `before` and `after` are what to print, where there is something."""

    kind: Kind | Literal["module", "file"]
    what: What
    key: str
    title: Texts
    unit: Texts | None = None  # the unit a block stands in
    before: str = ""
    after: str = ""
    type: str = ""  # of a block
    parent: str = ""  # the key of the unit or section it stands in


def outline_changes(older: Outline, newer: Outline) -> list[Change]:
    """Everything that differs, sections first, then units, blocks and files, each in reading order."""
    return [
        *_module(older, newer),
        *_sections(older, newer),
        *_units(older, newer),
        *_blocks(older, newer),
        *_files(older, newer),
    ]


def _module(older: Outline, newer: Outline) -> Iterable[Change]:
    if older.title != newer.title:
        yield Change("module", "renamed", newer.course_key, newer.title, *_words(older.title, newer.title))
    facts = [(o.summary, o.outcomes, o.component, o.language) for o in (older, newer)]
    banks = [[(bank.usage_key, bank.version) for bank in o.banks] for o in (older, newer)]
    if facts[0] != facts[1] or banks[0] != banks[1]:
        yield Change("module", "changed", newer.course_key, newer.title)


def _sections(older: Outline, newer: Outline) -> Iterable[Change]:
    was = dict(zip(section_keys(older), older.sections, strict=True))
    now = dict(zip(section_keys(newer), newer.sections, strict=True))
    for key in was.keys() - now.keys():
        yield Change("section", "removed", key, was[key].title)
    out_of_order = moved(list(was), list(now))
    for key, section in now.items():
        if key not in was:
            yield Change("section", "added", key, section.title)
            continue
        if section.title != was[key].title:
            yield Change("section", "renamed", key, section.title, *_words(was[key].title, section.title))
        if key in out_of_order:
            yield Change("section", "moved", key, section.title)


def _units(older: Outline, newer: Outline) -> Iterable[Change]:
    was = {unit.key: unit for unit in older.units}
    now = {unit.key: unit for unit in newer.units}
    parents = [_section_of_units(older), _section_of_units(newer)]
    for key, unit in was.items():
        if key not in now:
            yield Change("unit", "removed", key, unit.title, parent=parents[0][key])
    out_of_order = moved(list(was), list(now))
    for key, unit in now.items():
        if key not in was:
            yield Change("unit", "added", key, unit.title, parent=parents[1][key])
            continue
        yield from _unit(was[key], unit)
        if key in out_of_order or parents[0][key] != parents[1][key]:
            yield Change("unit", "moved", key, unit.title)


def _unit(was: Unit, now: Unit) -> Iterable[Change]:
    if was.title != now.title:
        yield Change("unit", "renamed", now.key, now.title, *_words(was.title, now.title))
    if was.minutes != now.minutes:
        yield Change("unit", "minutes", now.key, now.title, before=str(was.minutes), after=str(now.minutes))
    if was.review_by != now.review_by:
        days = [day.isoformat() if day else "" for day in (was.review_by, now.review_by)]
        yield Change("unit", "review_by", now.key, now.title, before=days[0], after=days[1])


def _blocks(older: Outline, newer: Outline) -> Iterable[Change]:
    was, now = _in_units(older), _in_units(newer)
    for key, (unit, block) in was.items():
        if key not in now:
            yield Change("block", "removed", key, block.title, unit.title, type=block.type, parent=unit.key)
    out_of_order = moved(list(was), list(now))
    for key, (unit, block) in now.items():
        if key not in was:
            yield Change("block", "added", key, block.title, unit.title, type=block.type, parent=unit.key)
            continue
        old_unit, old = was[key]
        for what in _of_block(old, block, is_moved=key in out_of_order or old_unit.key != unit.key):
            yield Change("block", what, key, block.title, unit.title, type=block.type)


def _of_block(was: BlockRef, now: BlockRef, *, is_moved: bool) -> Iterable[What]:
    if was.version != now.version or was.title != now.title:
        yield "changed"
    if is_moved:
        yield "moved"
    if was.is_required != now.is_required:
        yield "required" if now.is_required else "optional"


def _files(older: Outline, newer: Outline) -> Iterable[Change]:
    for path in sorted(older.assets.keys() | newer.assets.keys()):
        was, now = older.assets.get(path), newer.assets.get(path)
        if was != now:
            what: What = "added" if was is None else "removed" if now is None else "changed"
            yield Change("file", what, path, {"vi": path})


def moved(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """The fewest items that must have been moved to turn one order into the other."""
    places = {key: place for place, key in enumerate(was)}
    common = [key for key in now if key in places]
    # The longest run that kept its order stayed; patience sorting finds it in n log n.
    tops: list[int] = []
    piles: list[int] = []
    for key in common:
        pile = bisect_left(tops, places[key])
        tops[pile : pile + 1] = [places[key]]
        piles.append(pile)
    stayed, wanted = set(), len(tops) - 1
    for key, pile in zip(reversed(common), reversed(piles), strict=True):
        if pile == wanted:
            stayed.add(key)
            wanted -= 1
    return set(common) - stayed


def _section_of_units(outline: Outline) -> dict[str, str]:
    keys = section_keys(outline)
    return {
        unit.key: key for key, section in zip(keys, outline.sections, strict=True) for unit in section.units
    }


def _in_units(outline: Outline) -> dict[str, tuple[Unit, BlockRef]]:
    return {block.usage_key: (unit, block) for unit in outline.units for block in unit.blocks}


def _words(was: Texts, now: Texts) -> tuple[None, str, str]:
    changed = [code for code in (*now, *was) if was.get(code, "") != now.get(code, "")]
    return None, was.get(changed[0], ""), now.get(changed[0], "")


def outermost(changes: Iterable[Change]) -> list[Change]:
    """Without what only came or went with the unit or section it stands in."""
    found = list(changes)
    whole = {(change.what, change.key) for change in found if change.kind in {"section", "unit"}}
    return [
        change
        for change in found
        if change.what not in {"added", "removed"} or (change.what, change.parent) not in whole
    ]
