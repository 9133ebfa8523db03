"""The frozen tree of a module: sections, units, blocks. Its JSON is `ModuleVersion.outline`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

Texts = dict[str, str]  # {"vi": "…", "en": "…"}


@dataclass(frozen=True)
class BlockRef:
    """A block's place in a unit and the exact version shown there."""

    usage_key: str
    type: str  # the OLX tag: "text"
    title: Texts
    kind: str = ""  # quiz: practice, module, final; video: audio, video
    is_required: bool = False  # the unit is not finished without it
    version: int = 0  # BlockVersion.pk; 0 until written

    @property
    def key(self) -> str:
        """The url_name: "c1-u1-text"."""
        return self.usage_key.rpartition("@")[2]

    @property
    def is_graded(self) -> bool:
        """A quiz that the module needs passed."""
        return self.type == "quiz" and self.kind in {"module", "final"}

    def to_json(self) -> dict[str, Any]:
        return {
            "usage_key": self.usage_key,
            "type": self.type,
            "title": self.title,
            "kind": self.kind,
            "is_required": self.is_required,
            "version": self.version,
        }


@dataclass(frozen=True)
class Unit:
    """One page, a vertical in OLX. `key` is its url_name, stable for ever."""

    key: str
    title: Texts
    blocks: tuple[BlockRef, ...]
    minutes: int = 0
    review_by: date | None = None

    @cached_property
    def required_keys(self) -> frozenset[str]:
        """Usage keys of the blocks that must be complete."""
        return frozenset(block.usage_key for block in self.blocks if block.is_required)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "minutes": self.minutes,
            "review_by": self.review_by.isoformat() if self.review_by else None,
            "blocks": [block.to_json() for block in self.blocks],
        }


@dataclass(frozen=True)
class Section:
    """A sequential; `chapter` and `chapter_title` say which chapter it stands in."""

    key: str
    title: Texts
    units: tuple[Unit, ...]
    chapter: str = ""
    chapter_title: Texts = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "chapter": self.chapter,
            "chapter_title": self.chapter_title,
            "units": [unit.to_json() for unit in self.units],
        }


@dataclass(frozen=True)
class AssetRef:
    """A file of this version, by content: changing a picture is a new version too."""

    sha256: str
    size: int
    media_type: str

    def to_json(self) -> list[Any]:
        return [self.sha256, self.size, self.media_type]


@dataclass(frozen=True)
class Outline:
    """A whole module at one version."""

    course_key: str  # "course-v1:LanToa+C1+2026"
    title: Texts
    sections: tuple[Section, ...]
    component: str = "ST"
    language: str = "vi"
    summary: Texts = field(default_factory=dict)
    outcomes: tuple[dict[str, str], ...] = ()  # {"code": "C1.1", "vi": …, "en": …}
    banks: tuple[BlockRef, ...] = ()  # question banks: in no unit, never shown
    assets: dict[str, AssetRef] = field(default_factory=dict)  # path below static/ -> file

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units in reading order."""
        return tuple(unit for section in self.sections for unit in section.units)

    @cached_property
    def unit_keys(self) -> frozenset[str]:
        return frozenset(unit.key for unit in self.units)

    @cached_property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)

    @cached_property
    def blocks(self) -> dict[str, BlockRef]:
        """Every block by usage key, banks included."""
        in_units = [block for unit in self.units for block in unit.blocks]
        return {block.usage_key: block for block in (*in_units, *self.banks)}

    @cached_property
    def graded_keys(self) -> frozenset[str]:
        """Usage keys of the quizzes that must be passed."""
        return frozenset(block.usage_key for unit in self.units for block in unit.blocks if block.is_graded)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {unit.key: place for place, unit in enumerate(self.units)}

    @cached_property
    def _unit_of_block(self) -> dict[str, Unit]:
        return {block.usage_key: unit for unit in self.units for block in unit.blocks}

    def unit(self, key: str) -> Unit | None:
        place = self._positions.get(key)
        return None if place is None else self.units[place]

    def position(self, key: str) -> int:
        """1 for the first unit; 0 for a unit this version does not have."""
        return self._positions.get(key, -1) + 1

    def unit_of(self, usage_key: str) -> Unit | None:
        """The unit a block stands in."""
        return self._unit_of_block.get(usage_key)

    def neighbours(self, key: str) -> tuple[Unit | None, Unit | None]:
        """The unit before and the unit after."""
        place = self._positions[key]
        before = self.units[place - 1] if place else None
        after = self.units[place + 1] if place + 1 < len(self.units) else None
        return before, after

    def with_versions(self, versions: Mapping[str, int]) -> "Outline":
        """The same tree, each block pointing to its version (by usage key)."""

        def pin(block: BlockRef) -> BlockRef:
            return replace(block, version=versions.get(block.usage_key, block.version))

        def pin_unit(unit: Unit) -> Unit:
            return replace(unit, blocks=tuple(pin(block) for block in unit.blocks))

        sections = tuple(replace(s, units=tuple(pin_unit(u) for u in s.units)) for s in self.sections)
        return replace(self, sections=sections, banks=tuple(pin(bank) for bank in self.banks))

    def with_block(self, changed: BlockRef) -> "Outline":
        """The same tree with one block replaced (same usage key)."""

        def swap(block: BlockRef) -> BlockRef:
            return changed if block.usage_key == changed.usage_key else block

        def swap_in(unit: Unit) -> Unit:
            return replace(unit, blocks=tuple(swap(block) for block in unit.blocks))

        sections = tuple(replace(s, units=tuple(swap_in(u) for u in s.units)) for s in self.sections)
        return replace(self, sections=sections, banks=tuple(swap(bank) for bank in self.banks))

    def to_json(self) -> dict[str, Any]:
        return {
            "course_key": self.course_key,
            "title": self.title,
            "component": self.component,
            "language": self.language,
            "summary": self.summary,
            "outcomes": list(self.outcomes),
            "sections": [section.to_json() for section in self.sections],
            "banks": [bank.to_json() for bank in self.banks],
            "assets": {path: asset.to_json() for path, asset in sorted(self.assets.items())},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Outline":
        """The outline back from `to_json`; keys added later may be missing."""
        return cls(
            course_key=value["course_key"],
            title=value["title"],
            component=value.get("component", "ST"),
            language=value.get("language", "vi"),
            summary=value.get("summary", {}),
            outcomes=tuple(value.get("outcomes", ())),
            sections=tuple(_section(section) for section in value["sections"]),
            banks=tuple(BlockRef(**bank) for bank in value.get("banks", ())),
            assets={path: AssetRef(*asset) for path, asset in value.get("assets", {}).items()},
        )


def _section(value: Mapping[str, Any]) -> Section:
    return Section(**{**value, "units": tuple(_unit(unit) for unit in value["units"])})


def _unit(value: Mapping[str, Any]) -> Unit:
    day = value.get("review_by")
    return Unit(
        key=value["key"],
        title=value["title"],
        minutes=value.get("minutes", 0),
        review_by=date.fromisoformat(day) if day else None,
        blocks=tuple(BlockRef(**block) for block in value["blocks"]),
    )
