"""What changes in a module besides the words of its blocks, as sentences."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.olx.outline import Outline, Unit
from courses.queries.studio import BlockChange
from lms.shared.languages import localised


def change_rows(
    changes: list[BlockChange], comments: dict[str, list[tuple[str, str]]]
) -> list[dict[str, Any]]:
    """Each change with what reviewers said about its block."""
    return [{"change": change, "comments": comments.get(change.block.usage_key, [])} for change in changes]


def outline_words(before: Outline | None, after: Outline | None) -> list[str]:
    """Titles, order, minutes, review dates, files, and units that came or went; one sentence each."""
    if before is None or after is None:
        return []
    return list(_sentences(before, after))


def _sentences(before: Outline, after: Outline) -> Iterator[str]:
    if before.title != after.title:
        yield _("The module is now called “%(title)s”.") % {"title": localised(after.title)}
    known = {unit.key: unit for unit in before.units}
    for unit in after.units:
        if unit.key not in known:
            yield _("New unit: “%(title)s”.") % {"title": localised(unit.title)}
        else:
            yield from _unit_sentences(known[unit.key], unit)
    for unit in before.units:
        if unit.key not in after.unit_keys:
            yield _("The unit “%(title)s” is taken out. Who finished it keeps the module finished.") % {
                "title": localised(unit.title)
            }
    if _order(before, after.unit_keys) != _order(after, before.unit_keys):
        yield _("The units stand in another order.")
    files = {path for path in before.assets.keys() | after.assets.keys()
             if before.assets.get(path) != after.assets.get(path)}  # fmt: skip
    for path in sorted(files):
        yield _("File changed: %(path)s.") % {"path": path}


def _unit_sentences(before: Unit, after: Unit) -> Iterator[str]:
    title = localised(after.title)
    if before.title != after.title:
        yield _("“%(before)s” is now called “%(after)s”.") % {
            "before": localised(before.title),
            "after": title,
        }
    if before.minutes != after.minutes:
        yield _("“%(title)s” takes %(after)s minutes instead of %(before)s.") % {
            "title": title,
            "before": before.minutes,
            "after": after.minutes,
        }
    if before.review_by != after.review_by and after.review_by is not None:
        day = date_format(after.review_by, "SHORT_DATE_FORMAT")
        yield _("“%(title)s” is to be checked again by %(day)s.") % {"title": title, "day": day}
    kept = {block.usage_key for block in after.blocks}
    gone = [block for block in before.blocks if block.usage_key not in kept]
    for block in gone:
        yield _("A block of “%(title)s” is taken out: %(block)s.") % {
            "title": title,
            "block": localised(block.title) or block.key,
        }


def _order(outline: Outline, keys: frozenset[str]) -> list[str]:
    return [unit.key for unit in outline.units if unit.key in keys]
