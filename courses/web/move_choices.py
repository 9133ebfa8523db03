"""Every place an item may be moved to, for a list that works without script."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.olx.outline import Outline
from courses.olx.tree import Kind, children_of, parent_of, section_keys
from courses.web.outline_page import outline_page
from lms.shared.languages import localised


@dataclass(frozen=True)
class Choice:
    value: str  # "parent before", as MoveForm reads it
    label: str
    is_here: bool


@dataclass(frozen=True)
class Choices:
    """The places inside one section or unit."""

    label: str
    choices: list[Choice]


def move_choices(outline: Outline, kind: Kind, key: str) -> list[Choices]:
    """Grouped by what they are in; for sections one group without a name."""
    names = _names(outline)
    here = parent_of(outline, kind, key)
    groups = []
    for parent, label in _parents(outline, kind):
        inside = children_of(outline, kind, parent)
        siblings = [child for child in inside if child != key]
        follows = inside[inside.index(key) + 1 :][:1] if parent == here else [None]
        choices = [
            Choice(f"{parent} {child}", _("Before “%(title)s”") % {"title": names[child]}, [child] == follows)
            for child in siblings
        ]
        at_end = Choice(f"{parent} ", _("At the end") if siblings else _("Here"), follows == [])
        groups.append(Choices(label, [*choices, at_end]))
    return groups


def _parents(outline: Outline, kind: Kind) -> list[tuple[str, str]]:
    if kind == "section":
        return [("", "")]
    if kind == "unit":
        keys = section_keys(outline)
        return [(key, localised(s.title)) for key, s in zip(keys, outline.sections, strict=True)]
    units = enumerate(outline.units, start=1)
    return [(unit.key, f"{number}. {localised(unit.title)}") for number, unit in units]


def _names(outline: Outline) -> dict[str, str]:
    names: dict[str, str] = {}
    for section in outline_page(outline):
        names[section.key] = section.name
        for unit in section.units:
            names[unit.key] = unit.name
            names |= {row.key: row.name for row in unit.blocks}
    return names
