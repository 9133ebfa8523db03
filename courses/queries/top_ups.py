"""What a change of law leaves to read for those who finished the module before."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.models import Module, ModuleCompletion, TopUp, TopUpReading
from courses.olx.outline import Texts, Unit
from courses.queries.outline import outline_of, outlines_of
from courses.queries.studio import BlockChange, changes_between, differing_blocks
from lms.people.models import Person

WORDS_PER_MINUTE = 180  # Vietnamese syllables, read to understand and not to skim


@dataclass(frozen=True)
class OpenTopUp:
    """A line on the start page: something to read after a change of law."""

    module_code: str
    module_title: Texts
    summary: Texts
    units_left: int
    minutes: int  # for all its units


@dataclass(frozen=True)
class ChangedUnit:
    """One unit with what a new version changes in it."""

    unit: Unit
    changes: tuple[BlockChange, ...]


@dataclass(frozen=True)
class UnitToRead:
    unit: Unit
    changes: tuple[BlockChange, ...]
    is_read: bool
    is_there: bool  # a later version may have taken the unit out


@dataclass(frozen=True)
class TopUpToRead:
    top_up: TopUp
    units: tuple[UnitToRead, ...]

    @property
    def is_done(self) -> bool:
        return all(unit.is_read for unit in self.units)


# A top-up counts only while learners see its version or a later one: rolling back takes it away.
FINISHED = """
SELECT c.id, c.person_id, c.module_id, c.completed_at, t.id AS top_up_id, t.unit_keys, t.minutes, t.summary,
  m.code, m.title,
  (SELECT COUNT(*) FROM courses_topupreading r WHERE r.top_up_id = t.id AND r.person_id = c.person_id)
    AS units_read
FROM courses_modulecompletion c
JOIN courses_module m ON m.id = c.module_id
LEFT JOIN courses_topup t ON t.module_id = c.module_id AND t.created_at > c.completed_at
  AND t.version_id <= m.published_id
WHERE c.person_id = %s
ORDER BY t.created_at, c.id"""


def finished_modules(person: Person) -> tuple[dict[int, datetime], tuple[OpenTopUp, ...]]:
    """When the person finished which module (by id), and what is open to read since. One query.

    Together, because the start page asks both of everybody and nearly nobody has a top-up.
    """
    finished: dict[int, datetime] = {}
    found: list[OpenTopUp] = []
    rows: Any = ModuleCompletion.objects.raw(FINISHED, [person.pk])
    for row in rows:
        finished[row.module_id] = row.completed_at
        if row.top_up_id is None:
            continue
        keys = _plain(row.unit_keys)
        if left := len(keys) - row.units_read:
            found.append(OpenTopUp(row.code, _plain(row.title), _plain(row.summary), left, row.minutes))
    return finished, tuple(found)


def _plain(value: Any) -> Any:
    """JSON comes as text where no model field reads it."""
    return json.loads(value) if isinstance(value, str) else value


def changed_units(base_id: int, version_id: int) -> list[ChangedUnit]:
    """The units of a version that learners of `base` would see otherwise, in reading order."""
    before, after = outline_of(base_id), outline_of(version_id)
    by_unit: dict[str, list[BlockChange]] = {}
    for change in changes_between(before, after):
        if unit := after.unit_of(change.block.usage_key):
            by_unit.setdefault(unit.key, []).append(change)
    return [ChangedUnit(unit, tuple(by_unit[unit.key])) for unit in after.units if unit.key in by_unit]


def reading_minutes(units: Sequence[ChangedUnit]) -> int:
    """Time for the changed paragraphs with a minute to find them; never more than the units themselves."""
    return sum(min(_minutes(changed), max(changed.unit.minutes, 1)) for changed in units)


def _minutes(changed: ChangedUnit) -> int:
    words = 0
    for change in changed.changes:
        if not change.texts:  # new, or no text: nobody knows how much, so the unit counts whole
            return max(changed.unit.minutes, 1)
        paragraphs = change.texts.get("vi") or next(iter(change.texts.values()))
        words += sum(len(piece.words.split()) for pieces in paragraphs for piece in pieces)
    return 1 + math.ceil(words / WORDS_PER_MINUTE)


def would_top_up(before_id: int | None, after_id: int) -> int:
    """How many units a change of law would put into a top-up."""
    if before_id is None:
        return 0
    outlines = outlines_of([before_id, after_id])
    after = outlines[after_id]
    blocks = differing_blocks(outlines[before_id], after)
    return len({unit.key for block in blocks if (unit := after.unit_of(block.usage_key))})


def is_meant_for(top_up: TopUp, person: Person) -> bool:
    """Did the person finish the module before the law changed in it?"""
    rows = ModuleCompletion.objects.filter(person=person, module=top_up.module_id)
    return rows.filter(completed_at__lt=top_up.created_at).exists()


def top_ups_of(person: Person, module: Module) -> list[TopUpToRead]:
    """All changes of law in the module since the person finished it, the newest first."""
    finished = ModuleCompletion.objects.filter(person=person, module=module).first()
    if finished is None or module.published_id is None:
        return []
    rows = TopUp.objects.filter(
        module=module, created_at__gt=finished.completed_at, version__lte=module.published_id
    )
    top_ups = list(rows.select_related("version").order_by("-created_at"))
    read = set(
        TopUpReading.objects.filter(person=person, top_up__in=top_ups).values_list("top_up", "unit_key")
    )
    there = outline_of(module.published_id).unit_keys
    return [
        TopUpToRead(
            top_up,
            tuple(
                UnitToRead(
                    changed.unit,
                    changed.changes,
                    (top_up.pk, changed.unit.key) in read,
                    changed.unit.key in there,
                )
                for changed in changed_units(top_up.base_id, top_up.version_id)
            ),
        )
        for top_up in top_ups
    ]
