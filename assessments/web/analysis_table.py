"""The table of analysed questions: its columns, its order, its numbers as the page prints them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.analysis import Advice
from assessments.queries.analysis_items import Item
from assessments.web.advice_words import ICONS, TITLES

GRAVITY = {"err": 0, "gold": 1, "ok": 2, "": 3}


@dataclass(frozen=True)
class Heading:
    """A heading that sorts: where its link leads and how the table is ordered by it now."""

    label: str | Promise
    is_number: bool
    sort: str  # what the link asks for
    order: str  # "ascending", "descending" or ""


COLUMNS: dict[str, tuple[str | Promise, Callable[[Item], Any]]] = {
    "name": (_("Question"), lambda item: item.name),
    "number": (_("Attempts"), lambda item: item.figures.number),
    "facility": (_("Facility"), lambda item: item.figures.facility),
    "discrimination": (_("Discrimination"), lambda item: item.figures.discrimination),
    "efficiency": (_("Efficiency"), lambda item: item.figures.efficiency),
    "seconds": (_("Time spent"), lambda item: item.figures.seconds),
    "advice": (_("Advice"), lambda item: GRAVITY[item.tone]),
}
TEXT = {"name", "advice"}
DEFAULT = "advice"


def checked_sort(value: str | None) -> str:
    """A column, "-" before it for descending; the gravest advice first for anything else."""
    return value if value and value.removeprefix("-") in COLUMNS else DEFAULT


def ordered(items: Sequence[Item], sort: str) -> list[Item]:
    """By a column, ties by name; what has no figure comes last."""
    _label, key = COLUMNS[sort.removeprefix("-")]
    by_name = sorted(items, key=lambda item: item.name)
    known = [item for item in by_name if key(item) is not None]
    return [
        *sorted(known, key=key, reverse=sort.startswith("-")),
        *(item for item in by_name if key(item) is None),
    ]


def headings(sort: str) -> list[Heading]:
    """The headings; each link sorts upwards first: the hardest, the least telling questions."""
    current, descending = sort.removeprefix("-"), sort.startswith("-")
    found = []
    for name, (label, _key) in COLUMNS.items():
        link = f"-{name}" if name == current and not descending else name
        order = ("descending" if descending else "ascending") if name == current else ""
        found.append(Heading(label, name not in TEXT, link, order))
    return found


def short(advice: Advice) -> tuple[str, str | Promise, str]:
    """Tone, title and icon, for a badge."""
    return advice.tone, TITLES[advice.code], ICONS[advice.tone]
