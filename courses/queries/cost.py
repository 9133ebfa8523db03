"""What units cost their learners, read once per version of their blocks."""

import json
from collections.abc import Mapping

from courses.olx.cost import UnitCost, cost_of
from courses.olx.edit_media import read_media
from courses.olx.outline import Outline, Unit
from courses.queries.blocks import BlockText, block_texts, transcript
from courses.queries.version_cache import VersionCache
from lms.shared.languages import current_language

COUNTED = ("text", "video", "quiz")
Key = tuple[str, str, str, int, tuple[int, ...]]
_costs: VersionCache[Key, UnitCost] = VersionCache(1000)


def unit_costs(outline: Outline, language: str | None = None) -> dict[str, UnitCost]:
    """Each unit's cost by unit key, in the reader's language. One query for a module not seen lately."""
    return _costs_of(outline, outline.units, language or current_language())


def unit_cost(outline: Outline, unit: Unit, language: str | None = None) -> UnitCost:
    """The cost of one unit. At most one query."""
    return _costs_of(outline, (unit,), language or current_language())[unit.key]


def _costs_of(outline: Outline, units: tuple[Unit, ...], language: str) -> dict[str, UnitCost]:
    keys = {unit.key: _key(outline, unit, language) for unit in units}
    found = {name: kept for name, key in keys.items() if (kept := _costs.get(key)) is not None}
    missing = [unit for unit in units if unit.key not in found]
    if not missing:
        return found
    texts = block_texts(b.version for unit in missing for b in unit.blocks if b.type in COUNTED)
    for unit in missing:
        bodies = {b.usage_key: texts[b.version].olx for b in unit.blocks if b.version in texts}
        seconds = {b.usage_key: _spoken(outline, texts[b.version]) for b in unit.blocks if b.type == "video"}
        cost = cost_of(unit, outline, bodies, seconds, language)
        found[unit.key] = _costs.keep(keys[unit.key], cost)
    return found


def _key(outline: Outline, unit: Unit, language: str) -> Key:
    """Changes whenever the cost may: the blocks' versions, the planned minutes, the module's files."""
    files = json.dumps([asset.sha256 for _path, asset in sorted(outline.assets.items())])
    versions = tuple(block.version for block in unit.blocks)
    return outline.course_key, unit.key, language, hash((files, unit.minutes)), versions


def _spoken(outline: Outline, text: BlockText) -> float:
    """How long a recording is by its captions: the end of the last one."""
    captions: Mapping[str, str] = read_media(text.olx, outline.language).captions
    for src in captions.values():
        path = src.removeprefix("/static/")
        asset = outline.assets.get(path)
        cues = transcript(path, asset) if asset else ()
        if cues:
            return max(max(cue.end, cue.start) for cue in cues)
    return 0.0
