"""The frozen tree of a module: sections, units, blocks. Its JSON is `ModuleVersion.outline`.

Nothing of a course is lost: what has no field here stays in `attributes` (as the author wrote it),
in a `Group`, in `extras` or in `files`. Empty ones are left out of the JSON.
"""

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
    kind: str = ""  # quiz: practice, module, final; video: audio, video; h5p: viewed, answered, score
    is_required: bool = False  # the unit is not finished without it
    version: int = 0  # BlockVersion.pk; 0 until written
    group: str = ""  # key of the Group of its unit that it stands in

    @property
    def key(self) -> str:
        """The url_name: "c1-u1-text"."""
        return self.usage_key.rpartition("@")[2]

    @property
    def is_graded(self) -> bool:
        """A quiz that the module needs passed."""
        return self.type == "quiz" and self.kind in {"module", "final"}

    @property
    def proves_itself(self) -> bool:
        """Complete by what the learner does in it, never because she says so."""
        return self.type == "quiz" or (self.type == "h5p" and self.kind in {"answered", "score"})

    def to_json(self) -> dict[str, Any]:
        return {
            "usage_key": self.usage_key,
            "type": self.type,
            "title": self.title,
            "kind": self.kind,
            "is_required": self.is_required,
            "version": self.version,
        } | _filled(group=self.group)


@dataclass(frozen=True)
class Group:
    """An element inside a unit that only holds others: a nested vertical, a `split_test`.

    Its blocks stand in the unit like all others and name it by `BlockRef.group`. `before` and `after`
    are what it holds besides them, as XML: conditions, and the variants that are not shown.
    """

    key: str
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    group: str = ""  # key of the group around it
    before: str = ""
    after: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "tag": self.tag} | _filled(
            attributes=self.attributes, group=self.group, before=self.before, after=self.after
        )


@dataclass(frozen=True)
class Unit:
    """One page, a vertical in OLX. `key` is its url_name, stable for ever."""

    key: str
    title: Texts
    blocks: tuple[BlockRef, ...]
    minutes: int = 0
    review_by: date | None = None
    tag: str = "vertical"  # "": no element of its own, its one block stands straight in the sequential
    attributes: dict[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()

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
        } | _filled(
            tag="" if self.tag == "vertical" else self.tag or "-",
            attributes=self.attributes,
            groups=[group.to_json() for group in self.groups],
        )


@dataclass(frozen=True)
class Section:
    """A sequential; `chapter` and `chapter_title` say which chapter it stands in."""

    key: str
    title: Texts
    units: tuple[Unit, ...]
    chapter: str = ""
    chapter_title: Texts = field(default_factory=dict)
    tag: str = "sequential"  # "": no element of its own, its units stand straight in the chapter
    attributes: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "chapter": self.chapter,
            "chapter_title": self.chapter_title,
            "units": [unit.to_json() for unit in self.units],
        } | _filled(
            tag="" if self.tag == "sequential" else self.tag or "-",
            attributes=self.attributes,
        )


@dataclass(frozen=True)
class Chapter:
    """A chapter: what its sections do not say of it. A chapter without sections stands only here."""

    key: str
    title: Texts
    tag: str = "chapter"  # "": no element of its own, its sections stand straight in the course
    attributes: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "title": self.title} | _filled(
            tag="" if self.tag == "chapter" else self.tag or "-", attributes=self.attributes
        )


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
    chapters: tuple[Chapter, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    extras: tuple[str, ...] = ()  # <wiki>, <textbook>, … of the course, as XML
    files: dict[str, AssetRef] = field(default_factory=dict)  # all other files by path, for the export

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

    @cached_property
    def _unit_of_name(self) -> dict[str, str]:
        """A unit's key by the url_name of anything in it or around it."""
        found: dict[str, str] = {}
        for section in self.sections:
            for unit in section.units:
                found |= {block.key: unit.key for block in unit.blocks if block.key not in found}
                found |= {group.key: unit.key for group in unit.groups if group.key not in found}
                found.setdefault(section.key, unit.key)
                found.setdefault(section.chapter, unit.key)
        return found | {unit.key: unit.key for unit in self.units}

    def unit_named(self, name: str) -> Unit | None:
        """The unit that a link to `name` leads to: itself, or the one a block of that name is in."""
        return self.unit(self._unit_of_name.get(name, ""))

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
        } | _filled(
            chapters=[chapter.to_json() for chapter in self.chapters],
            attributes=self.attributes,
            extras=list(self.extras),
            files={path: asset.to_json() for path, asset in sorted(self.files.items())},
        )

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
            chapters=tuple(Chapter(**_with_tag(c, "chapter")) for c in value.get("chapters", ())),
            attributes=value.get("attributes", {}),
            extras=tuple(value.get("extras", ())),
            files={path: AssetRef(*asset) for path, asset in value.get("files", {}).items()},
        )


def _filled(**fields: Any) -> dict[str, Any]:
    """What is not empty: an outline of old, without these fields, keeps its JSON."""
    return {name: value for name, value in fields.items() if value}


def _with_tag(value: Mapping[str, Any], usual: str) -> dict[str, Any]:
    """In JSON a missing tag is the usual one and "-" says that there is no element."""
    tag = value.get("tag", usual)
    return {**value, "tag": "" if tag == "-" else tag}


def _section(value: Mapping[str, Any]) -> Section:
    return Section(**_with_tag(value, "sequential") | {"units": tuple(_unit(u) for u in value["units"])})


def _unit(value: Mapping[str, Any]) -> Unit:
    day = value.get("review_by")
    return Unit(
        key=value["key"],
        title=value["title"],
        minutes=value.get("minutes", 0),
        review_by=date.fromisoformat(day) if day else None,
        blocks=tuple(BlockRef(**block) for block in value["blocks"]),
        tag=_with_tag(value, "vertical")["tag"],
        attributes=value.get("attributes", {}),
        groups=tuple(Group(**group) for group in value.get("groups", ())),
    )
