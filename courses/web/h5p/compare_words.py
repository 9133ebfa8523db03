"""Two versions of a content side by side, in words: which fields differ and what they say now."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.engine.differences import Comparer, Difference
from courses.h5p.engine.leaves import WORDS, words_of
from courses.olx.compare import Piece, changed_paragraphs

Fields = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class ChangedField:
    """One field or item. `paragraphs` are marked as in all our comparisons; `pictures` are paths."""

    label: str
    path: str
    note: str = ""
    paragraphs: list[list[Piece]] = field(default_factory=list)
    pictures: tuple[str, str] = ("", "")


def changed_fields(
    fields: Fields, before: Any, after: Any, fields_of: Callable[[str], Fields]
) -> list[ChangedField]:
    """Every difference as a row."""
    return [_row(found) for found in Comparer(fields_of).fields(fields, before, after)]


def _row(found: Difference) -> ChangedField:
    label = " › ".join(found.trail)
    if found.what == "moved":
        note = _("Moved from place %(before)s to place %(after)s.")
        return ChangedField(label, found.path, note % {"before": found.before, "after": found.after},
                            [[Piece("same", found.words)]] if found.words else [])  # fmt: skip
    if found.what in ("added", "removed"):
        change = "new" if found.what == "added" else "gone"
        note = _("Added.") if found.what == "added" else _("Removed.")
        return ChangedField(label, found.path, note, [[_piece(change, found.words)]] if found.words else [])
    if found.field["kind"] == "image":
        return ChangedField(label, found.path, pictures=(_path(found.before), _path(found.after)))
    return ChangedField(label, found.path, paragraphs=_paragraphs(found))


def _piece(change: Any, words: str) -> Piece:
    return Piece(change, words)


def _paragraphs(found: Difference) -> list[list[Piece]]:
    if found.field["kind"] in WORDS:
        before, after = (value if isinstance(value, str) else "" for value in (found.before, found.after))
        changed = changed_paragraphs(_lines(before), _lines(after))
        # Only the markup differs: bold where there was none.
        return changed or [[Piece("same", words_of(after))]]
    pairs = ("gone", said(found.field, found.before)), ("new", said(found.field, found.after))
    return [[_piece(change, words) for change, words in pairs if words]]


def _lines(text: str) -> str:
    """Plain texts with several lines are compared line by line, as paragraphs are."""
    return text if "</" in text else "<br>".join(text.splitlines())


def said(described: dict[str, Any] | Any, value: Any) -> str:
    """A value in words: "yes", the label of an option, the name of a type."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    for option in described.get("options", ()):
        if str(option["value"]) == str(value):
            return str(option["label"])
    if isinstance(value, dict | list):
        return _("(set in another editor)")
    unit = described.get("unit", "")
    return f"{html.unescape(str(value))}{unit}"


def _path(value: Any) -> str:
    return str(value.get("path", "")) if isinstance(value, dict) else ""
