"""What became of a module between two versions, as sentences."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from courses.models import ModuleVersion, Step
from courses.olx.outline_changes import Change, outermost
from courses.xblocks.catalogue import block_type
from lms.shared.languages import localised

# In the order an author cares: what learners meet first.
COUNTED: dict[tuple[str, str], Any] = {
    ("section", "added"): ngettext_lazy("%(n)s section added", "%(n)s sections added", "n"),
    ("section", "removed"): ngettext_lazy("%(n)s section removed", "%(n)s sections removed", "n"),
    ("section", "renamed"): ngettext_lazy("%(n)s section renamed", "%(n)s sections renamed", "n"),
    ("section", "moved"): ngettext_lazy("%(n)s section moved", "%(n)s sections moved", "n"),
    ("unit", "added"): ngettext_lazy("%(n)s unit added", "%(n)s units added", "n"),
    ("unit", "removed"): ngettext_lazy("%(n)s unit removed", "%(n)s units removed", "n"),
    ("unit", "renamed"): ngettext_lazy("%(n)s unit renamed", "%(n)s units renamed", "n"),
    ("unit", "moved"): ngettext_lazy("%(n)s unit moved", "%(n)s units moved", "n"),
    ("unit", "minutes"): ngettext_lazy("length of %(n)s unit changed", "length of %(n)s units changed", "n"),
    ("unit", "review_by"): ngettext_lazy(
        "review date of %(n)s unit changed", "review dates of %(n)s units changed", "n"
    ),
    ("block", "added"): ngettext_lazy("%(n)s block added", "%(n)s blocks added", "n"),
    ("block", "removed"): ngettext_lazy("%(n)s block removed", "%(n)s blocks removed", "n"),
    ("block", "changed"): ngettext_lazy("%(n)s block changed", "%(n)s blocks changed", "n"),
    ("block", "moved"): ngettext_lazy("%(n)s block moved", "%(n)s blocks moved", "n"),
    ("block", "required"): ngettext_lazy("%(n)s block now required", "%(n)s blocks now required", "n"),
    ("block", "optional"): ngettext_lazy("%(n)s block now optional", "%(n)s blocks now optional", "n"),
    ("file", "added"): ngettext_lazy("%(n)s file added", "%(n)s files added", "n"),
    ("file", "removed"): ngettext_lazy("%(n)s file removed", "%(n)s files removed", "n"),
    ("file", "changed"): ngettext_lazy("%(n)s file changed", "%(n)s files changed", "n"),
    ("module", "renamed"): gettext_lazy("module renamed"),
    ("module", "changed"): gettext_lazy("details of the module changed"),
}


@dataclass(frozen=True)
class VersionLine:
    """A row of the history."""

    version: ModuleVersion
    what: str
    is_draft: bool
    is_in_use: bool


def version_line(
    version: ModuleVersion, changes: Iterable[Change], draft_id: int | None, published_id: int | None
) -> VersionLine:
    """A version with what it did, in one line."""
    return VersionLine(
        version, what_line(version, changes), version.pk == draft_id, version.pk == published_id
    )


def what_line(version: ModuleVersion, changes: Iterable[Change]) -> str:
    """ "Undone, back to version 3: 1 unit added"."""
    counted = summary(changes)
    if not version.step or version.repeats is None:
        return counted or (_("the beginning") if version.number == 1 else _("no change"))
    said = {
        Step.UNDO: _("Undone, back to version %(number)s"),
        Step.REDO: _("Done again, as in version %(number)s"),
        Step.RESTORE: _("Version %(number)s brought back as the draft"),
    }[Step(version.step)] % {"number": version.repeats.number}
    return f"{said}: {counted}" if counted else said


def summary(changes: Iterable[Change]) -> str:
    """ "2 blocks changed, 1 unit added"; "" when nothing differs."""
    numbers: Counter[tuple[str, str]] = Counter((change.kind, change.what) for change in outermost(changes))
    return ", ".join(str(say % {"n": n}) for what, say in COUNTED.items() if (n := numbers[what]))


def sentences(changes: Iterable[Change]) -> list[str]:
    """Each change in the tree as a sentence. What changed inside a block is shown by its words."""
    said = (_sentence(change) for change in outermost(changes))
    return [sentence for sentence in said if sentence]


def _sentence(change: Change) -> str:
    names = {
        "title": localised(change.title) or _block_name(change),
        "unit": localised(change.unit) if change.unit else "",
        "before": change.before,
        "after": change.after,
    }
    if change.what == "review_by":
        names |= {when: _day(names[when]) for when in ("before", "after")}
    pattern = _PATTERNS.get((change.kind, change.what))
    return str(pattern) % names if pattern else ""


def _block_name(change: Change) -> str:
    entry = block_type(change.type)
    return str(entry.label) if entry else change.type


def _day(value: str) -> str:
    day = parse_date(value) if value else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else _("no date")


_PATTERNS: dict[tuple[str, str], str | Promise] = {
    ("module", "renamed"): gettext_lazy("The module “%(before)s” is now called “%(after)s”."),
    ("module", "changed"): gettext_lazy("Summary, outcomes or question banks of the module changed."),
    ("section", "added"): gettext_lazy("Section “%(title)s” added."),
    ("section", "removed"): gettext_lazy("Section “%(title)s” removed."),
    ("section", "renamed"): gettext_lazy("The section “%(before)s” is now called “%(after)s”."),
    ("section", "moved"): gettext_lazy("Section “%(title)s” moved."),
    ("unit", "added"): gettext_lazy("Unit “%(title)s” added."),
    ("unit", "removed"): gettext_lazy("Unit “%(title)s” removed."),
    ("unit", "renamed"): gettext_lazy("The unit “%(before)s” is now called “%(after)s”."),
    ("unit", "moved"): gettext_lazy("Unit “%(title)s” moved."),
    ("unit", "minutes"): gettext_lazy("Unit “%(title)s”: %(after)s minutes instead of %(before)s."),
    ("unit", "review_by"): gettext_lazy("Unit “%(title)s”: review by %(after)s instead of %(before)s."),
    ("block", "added"): gettext_lazy("Block “%(title)s” added to “%(unit)s”."),
    ("block", "removed"): gettext_lazy("Block “%(title)s” removed from “%(unit)s”."),
    ("block", "changed"): gettext_lazy("Block “%(title)s” in “%(unit)s” changed."),
    ("block", "moved"): gettext_lazy("Block “%(title)s” moved, now in “%(unit)s”."),
    ("block", "required"): gettext_lazy("Block “%(title)s” in “%(unit)s” is required now."),
    ("block", "optional"): gettext_lazy("Block “%(title)s” in “%(unit)s” is optional now."),
    ("file", "added"): gettext_lazy("File %(title)s added."),
    ("file", "removed"): gettext_lazy("File %(title)s removed."),
    ("file", "changed"): gettext_lazy("File %(title)s changed."),
}
