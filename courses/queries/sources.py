"""Which units are due for another look, and where a source is used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from courses.models import Module
from courses.olx.outline import Outline, Unit
from courses.queries.blocks import block_texts, sources
from courses.queries.outline import outlines_of
from courses.queries.studio import authored_modules
from courses.queries.version_cache import VersionCache

SOON = timedelta(days=60)
_CITED = re.compile(r'(?:data-)?source="([^"]+)"(?:\s+(?:data-)?lines="([^"]*)")?')

# By module version: unit key -> source id -> places in it.
Citations = dict[str, dict[str, list[str]]]
_citations: VersionCache[int, Citations] = VersionCache(100)


@dataclass(frozen=True)
class DueUnit:
    """A unit whose sources want checking; `days` below zero: the day has passed."""

    module: Module
    unit: Unit
    days: int
    sources: dict[str, list[str]]  # source id -> lines

    @property
    def is_past(self) -> bool:
        return self.days < 0


@dataclass(frozen=True)
class Use:
    """One place of a source: which unit cites which lines."""

    module: Module
    unit: Unit
    lines: tuple[str, ...]


def due_units(today: date, code: str = "") -> list[DueUnit]:
    """Units of the drafts whose review day has passed or comes soon, the oldest first."""
    found = []
    modules = _modules(code)
    outlines = outlines_of(module.draft_id for module in modules)
    for module in modules:
        outline = outlines[module.draft_id or 0]
        due = [unit for unit in outline.units if unit.review_by and unit.review_by <= today + SOON]
        cited = citations(module, outline) if due else {}
        for unit in due:
            assert unit.review_by is not None
            found.append(DueUnit(module, unit, (unit.review_by - today).days, cited.get(unit.key, {})))
    return sorted(found, key=lambda row: (row.days, row.module.code))


def number_due(today: date) -> int:
    """How many units are past their day or soon will be; no query once the outlines are known."""
    modules = list(authored_modules())
    outlines = outlines_of(module.draft_id for module in modules)
    last = today + SOON
    return sum(
        unit.review_by is not None and unit.review_by <= last
        for outline in outlines.values()
        for unit in outline.units
    )


def where_used(code: str = "") -> dict[str, list[Use]]:
    """By source id: the units of the drafts that cite it. Sources nobody cites have an empty list."""
    modules = _modules(code)
    outlines = outlines_of(module.draft_id for module in modules)
    found: dict[str, list[Use]] = {pk: [] for pk in sources()}
    for module in modules:
        outline = outlines[module.draft_id or 0]
        for unit_key, cited in citations(module, outline).items():
            unit = outline.unit(unit_key)
            assert unit is not None
            for source_id, lines in cited.items():
                found.setdefault(source_id, []).append(Use(module, unit, tuple(lines)))
    return found


def citations(module: Module, outline: Outline) -> Citations:
    """What each unit of the draft cites, worked out once per version."""
    version = module.draft_id or 0
    kept = _citations.get(version)
    if kept is not None:
        return kept
    texts = block_texts(block.version for unit in outline.units for block in unit.blocks)
    found: Citations = {}
    for unit in outline.units:
        cited: dict[str, list[str]] = {}
        for block in unit.blocks:
            for source_id, lines in _cites(texts[block.version].olx if block.version in texts else ""):
                places = cited.setdefault(source_id, [])
                if lines and lines not in places:
                    places.append(lines)
        if cited:
            found[unit.key] = cited
    return _citations.keep(version, found)


def _cites(olx: str) -> Iterable[tuple[str, str]]:
    return [(source_id, lines.strip()) for source_id, lines in _CITED.findall(olx)]


def _modules(code: str) -> list[Module]:
    rows = authored_modules()
    return list(rows.filter(code=code) if code else rows)
