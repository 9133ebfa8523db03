"""Drafts and published versions of a module, and what became of it between any two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from courses.models import Module, ModuleVersion
from courses.olx.compare_blocks import BlockDiff, Part, block_diff, plain_part
from courses.olx.outline import BlockRef, Outline, Texts
from courses.olx.outline_changes import Change, outline_changes
from courses.queries.blocks import block_texts
from courses.queries.outline import outlines_of

MOST_DIFFS = 60


@dataclass(frozen=True)
class DiffOfBlock:
    """A block whose words differ, with where it stands."""

    block: BlockRef
    unit_title: Texts
    diff: BlockDiff


def versions_of(module: Module) -> QuerySet[ModuleVersion]:
    """Every draft and published version, newest first."""
    rows = module.versions.select_related("created_by", "repeats").defer("outline", "repeats__outline")
    return rows.order_by("-number")


def changes_by_version(module: Module, versions: Sequence[ModuleVersion]) -> dict[int, list[Change]]:
    """What each version changed against the one before it, by number. At most two queries."""
    numbers = {version.number for version in versions}
    wanted = numbers | {number - 1 for number in numbers}
    ids = dict(module.versions.filter(number__in=wanted).values_list("number", "pk"))
    outlines = outlines_of(ids.values())
    found = {}
    for number in numbers:
        before, after = ids.get(number - 1), ids[number]
        found[number] = outline_changes(outlines[before], outlines[after]) if before else []
    return found


def changes_between(older: ModuleVersion, newer: ModuleVersion) -> list[Change]:
    """What differs in the tree. At most one query."""
    outlines = outlines_of([older.pk, newer.pk])
    return outline_changes(outlines[older.pk], outlines[newer.pk])


def block_diffs(
    older: ModuleVersion, newer: ModuleVersion, part_of: Callable[[str], Part] = lambda _type: plain_part
) -> list[DiffOfBlock]:
    """The words that differ, block by block in reading order. At most two queries.

    `part_of` says how the parts of a block of that type are told.
    """
    outlines = outlines_of([older.pk, newer.pk])
    before, after = outlines[older.pk], outlines[newer.pk]
    pairs = _differing(before, after)[:MOST_DIFFS]
    texts = block_texts({block.version for pair in pairs for block in pair if block})
    diffs = []
    for was, now in pairs:
        block = now or was
        if block is None:
            continue
        outline = after if now else before
        unit = outline.unit_of(block.usage_key)
        words = [texts[ref.version].olx if ref else "" for ref in (was, now)]
        diff = block_diff(block.type, words[0], words[1], outline.language, part_of(block.type))
        diffs.append(DiffOfBlock(block, unit.title if unit else outline.title, diff))
    return diffs


def _differing(before: Outline, after: Outline) -> list[tuple[BlockRef | None, BlockRef | None]]:
    was, now = before.blocks, after.blocks
    changed: list[tuple[BlockRef | None, BlockRef | None]] = [
        (was.get(key), block)
        for key, block in now.items()
        if key not in was or was[key].version != block.version
    ]
    return changed + [(block, None) for key, block in was.items() if key not in now]
