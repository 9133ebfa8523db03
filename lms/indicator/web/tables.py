"""Rows as a page prints them: hidden where too few people stand behind a number, in a chosen order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.indicator.formula import Figure, Reading, rows_to_hide
from lms.indicator.queries.report import Row
from lms.people.names import search_key
from lms.shared.languages import current_language
from lms.shared.templatetags.ui import badge

DEFAULT_SORT = "-missing"


@dataclass(frozen=True)
class Entry:
    """One organisation's line. `figure` is None where it is hidden."""

    row: Row
    figure: Figure | None
    name: str

    @property
    def is_hidden(self) -> bool:
        return self.figure is None

    @property
    def bar(self) -> str:
        """The width of its bar."""
        return f"{self.figure.percent or 0:.1f}%" if self.figure else "0%"


def entries(rows: Sequence[Row], reading: Reading = Reading.VI, *, hide_small: bool = True) -> list[Entry]:
    """The rows with what may be shown of them."""
    figures = [row.counts.figure(reading) for row in rows]
    hidden = rows_to_hide([figure.number_concerned for figure in figures]) if hide_small else set()
    return [
        Entry(row, None if i in hidden else figure, name_of(row))
        for i, (row, figure) in enumerate(zip(rows, figures, strict=True))
    ]


def name_of(row: Row) -> str:
    """Short for provinces; in the reader's language for central bodies."""
    if row.kind == "province":
        return row.short_name or row.name
    return row.name_en if current_language() != "vi" and row.name_en else row.name


KEYS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda e: search_key(e.name),
    "concerned": lambda e: e.figure.number_concerned if e.figure else -1,
    "trained": lambda e: e.figure.number_trained if e.figure else -1,
    "rate": lambda e: -1 if e.figure is None or e.figure.tenths is None else e.figure.tenths,
    "missing": lambda e: e.figure.number_missing if e.figure else -1,
    "signed": lambda e: e.row.signed_on or date.min,
}


LABELS: dict[str, tuple[str | Promise, str]] = {
    "name": (_("Name"), ""),
    "concerned": (_("Concerned"), "n"),
    "trained": (_("Trained"), "n"),
    "rate": (_("Rate"), ""),
    "missing": (_("Missing"), "n"),
    "signed": (_("Signed off"), ""),
}


def words() -> dict[str, Any]:
    """What every row may have to say, worked out once a page."""
    return {
        "hidden": _("hidden, too few people"),
        "nobody": _("nobody concerned"),
        "missing": _("Missing"),
        "signed": _("Signed off"),
        "unsigned": badge("gold", str(_("not yet")), "alert"),
        "overdue": badge("gold", str(_("too long ago")), "alert"),
        "unsigned_plain": _("list not signed"),
    }


@dataclass(frozen=True)
class Column:
    """A heading that sorts: where its link leads and how the table is ordered by it now."""

    label: str | Promise
    css: str
    sort: str  # what the link asks for
    order: str  # "ascending", "descending" or ""


def ordered(found: Sequence[Entry], sort: str) -> list[Entry]:
    """By a column, "-" for descending; ties by name."""
    by_name = sorted(found, key=KEYS["name"])
    key = KEYS.get(sort.removeprefix("-"), KEYS["missing"])
    return sorted(by_name, key=key, reverse=sort.startswith("-"))


def headings(sort: str) -> list[Column]:
    """The headings; numbers sort downwards first, names upwards."""
    current, descending = sort.removeprefix("-"), sort.startswith("-")
    result = []
    for key, (label, css) in LABELS.items():
        if key == current:
            link, order = (key, "descending") if descending else (f"-{key}", "ascending")
        else:
            link, order = (key if key == "name" else f"-{key}"), ""
        result.append(Column(label, css, link, order))
    return result


def checked_sort(value: str | None) -> str:
    return value if value and value.removeprefix("-") in KEYS else DEFAULT_SORT
