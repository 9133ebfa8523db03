"""The rows of the studio's outline, worked out in Python: a module has a hundred of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.olx.outline import BlockRef, Outline, Section, Texts, Unit
from courses.olx.tree import Kind, section_keys
from courses.xblocks.catalogue import block_type
from courses.xblocks.registry import is_supported
from lms.shared import clock
from lms.shared.languages import LANGUAGE_NAMES, localised

# Up to here every unit is shown with its blocks; a longer module opens one unit at a time.
SHOWN_AT_ONCE = 60
MODULE = "+module"  # stands for the module itself where a key is expected


@dataclass(frozen=True)
class Typed:
    """What somebody typed into an item's form that could not be saved, and why."""

    key: str
    values: Mapping[str, str]
    error: str

    def titles(self) -> list[str]:
        """The words worth copying, when the form they were typed into is gone."""
        typed = (value.strip() for name, value in self.values.items() if name.startswith("title_"))
        return [value for value in typed if value]


@dataclass(frozen=True)
class TitleField:
    """One language's title in a form."""

    code: str
    language: str
    value: str


@dataclass
class Item:
    """A section, unit or block as a row. `error` is set when its form was refused."""

    kind: Kind
    key: str
    anchor: str
    title: str
    fields: list[TitleField]
    is_first: bool
    is_last: bool
    error: str = ""
    label: str = ""  # what a block without a title is called

    @property
    def name(self) -> str:
        return self.title or self.label or self.key


@dataclass
class BlockRow(Item):
    icon: str = "document"
    note: str = ""
    is_required: bool = False
    is_supported: bool = True


@dataclass
class UnitRow(Item):
    number: int = 0
    facts: str = ""
    minutes: str = ""
    review_by: str = ""
    review_note: str = ""  # "sources to be checked since 30/06/2026"
    is_open: bool = True
    blocks: list[BlockRow] = field(default_factory=list)


@dataclass
class SectionRow(Item):
    chapter: str = ""  # said where a new chapter begins, if there are several
    facts: str = ""
    units: list[UnitRow] = field(default_factory=list)


def module_fields(outline: Outline, typed: Typed | None) -> list[TitleField]:
    """The module's own titles as a form shows them."""
    values = typed.values if typed and typed.key == MODULE else {}
    return [
        TitleField(code, str(LANGUAGE_NAMES[code]), values.get(f"title_{code}", outline.title.get(code, "")))
        for code in LANGUAGE_NAMES
    ]


def outline_page(outline: Outline, open_unit: str = "", typed: Typed | None = None) -> list[SectionRow]:
    """The rows of the page; long modules open only `open_unit` (or the first unit)."""
    return _Rows(outline, open_unit, typed).sections()


class _Rows:
    def __init__(self, outline: Outline, open_unit: str, typed: Typed | None) -> None:
        self.outline = outline
        self.typed = typed
        self.today = clock.today()
        self.is_long = len(outline.blocks) > SHOWN_AT_ONCE
        first = outline.units[0].key if outline.units else ""
        self.open_unit = open_unit if outline.unit(open_unit) else first
        self.languages = [code for code in LANGUAGE_NAMES if code != outline.language]
        self.languages.insert(0, outline.language)
        self.number = 0

    def sections(self) -> list[SectionRow]:
        sections = self.outline.sections
        chapters = {section.chapter for section in sections}
        rows: list[SectionRow] = []
        for place, key in enumerate(section_keys(self.outline)):
            section = sections[place]
            is_new = place == 0 or sections[place - 1].chapter != section.chapter
            row = SectionRow(
                **self._item("section", key, section.title, place, len(sections)),
                chapter=localised(section.chapter_title) if is_new and len(chapters) > 1 else "",
                facts=_section_facts(section),
            )
            row.units = [self._unit(unit, at, len(section.units)) for at, unit in enumerate(section.units)]
            rows.append(row)
        _mark_edges([row.units for row in rows])
        _mark_edges([unit.blocks for row in rows for unit in row.units])
        return rows

    def _unit(self, unit: Unit, place: int, siblings: int) -> UnitRow:
        self.number += 1
        typed = self._typed(unit.key)
        day = unit.review_by
        row = UnitRow(
            **self._item("unit", unit.key, unit.title, place, siblings, is_edge=False),
            number=self.number,
            facts=_unit_facts(unit),
            minutes=typed.get("minutes", str(unit.minutes)),
            review_by=typed.get("review_by", day.isoformat() if day else ""),
            review_note=_review_note(day, self.today),
            is_open=not self.is_long or unit.key == self.open_unit,
        )
        row.blocks = [self._block(block, at, len(unit.blocks)) for at, block in enumerate(unit.blocks)]
        return row

    def _block(self, block: BlockRef, place: int, siblings: int) -> BlockRow:
        entry = block_type(block.type)
        typed = self._typed(block.usage_key)
        return BlockRow(
            **self._item("block", block.usage_key, block.title, place, siblings, is_edge=False),
            icon=entry.icon if entry else "help",
            label=str(entry.label) if entry else block.type,
            note=str(QUIZ_KINDS[block.kind]()) if block.kind in QUIZ_KINDS else "",
            is_required="is_required" in typed if typed else block.is_required,
            is_supported=is_supported(block.type),
        )

    def _item(
        self, kind: Kind, key: str, title: Texts, place: int, siblings: int, *, is_edge: bool = True
    ) -> dict[str, Any]:
        typed = self._typed(key)
        return {
            "kind": kind,
            "key": key,
            "anchor": anchor(kind, key),
            "title": localised(title),
            "fields": [
                TitleField(code, str(LANGUAGE_NAMES[code]), typed.get(f"title_{code}", title.get(code, "")))
                for code in self.languages
                if code in LANGUAGE_NAMES
            ],
            # Units and blocks at an edge go on into the next section or unit.
            "is_first": is_edge and place == 0,
            "is_last": is_edge and place == siblings - 1,
            "error": self.typed.error if self.typed and typed else "",
        }

    def _typed(self, key: str) -> Mapping[str, str]:
        return self.typed.values if self.typed and self.typed.key == key else {}


def has_form(rows: Sequence[SectionRow], key: str) -> bool:
    """Is there a row on the page whose form shows what was typed?"""
    units = [unit for row in rows for unit in row.units]
    blocks = [block for unit in units if unit.is_open for block in unit.blocks]
    return key == MODULE or any(item.key == key for item in (*rows, *units, *blocks))


def _mark_edges(parents: Sequence[Sequence[Item]]) -> None:
    """Only the first item of the first parent cannot go up; others go on into the parent above."""
    if parents and parents[0]:
        parents[0][0].is_first = True
    if parents and parents[-1]:
        parents[-1][-1].is_last = True


QUIZ_KINDS = {
    "practice": lambda: _("for practice"),
    "module": lambda: _("test of the module"),
    "final": lambda: _("final test"),
}


def anchor(kind: str, key: str) -> str:
    """The row's id on the page."""
    return f"{kind}-{key.rpartition('@')[2]}".replace("#", "n")


def _section_facts(section: Section) -> str:
    minutes = sum(unit.minutes for unit in section.units)
    units = ngettext("%(n)s unit", "%(n)s units", len(section.units)) % {"n": len(section.units)}
    return f"{units} · {_minutes(minutes)}" if minutes else units


def _unit_facts(unit: Unit) -> str:
    parts = [_minutes(unit.minutes)] if unit.minutes else []
    parts.append(ngettext("%(n)s block", "%(n)s blocks", len(unit.blocks)) % {"n": len(unit.blocks)})
    return " · ".join(parts)


def _minutes(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _review_note(day: date | None, today: date) -> str:
    if day is None or day > today:
        return ""
    return _("Sources due for review since %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
