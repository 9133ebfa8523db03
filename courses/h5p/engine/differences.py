"""What differs between two versions of a content, field by field. The words are compared by the caller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from courses.h5p.engine.leaves import (
    Described,
    DescribedBy,
    Trail,
    bare,
    item_name,
    label_of,
    leaves_of,
    words_of,
)
from courses.h5p.engine.matching import matching

What = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True)
class Difference:
    """One field that says something else, or one item that came, went or moved.

    An item's `before` and `after` are its place in the list, from 1; `words` is what it says.
    """

    what: What
    trail: Trail
    path: str  # where it stands now; where it stood, if it is gone
    field: Described
    before: Any = None
    after: Any = None
    words: str = ""


@dataclass(frozen=True)
class Comparer:
    """Compares the params of one content type, which may hold others."""

    described_by: DescribedBy

    def fields(
        self, fields: Sequence[Described], before: Any, after: Any, trail: Trail = (), path: str = ""
    ) -> Iterator[Difference]:
        """All differences in the order of the form."""
        was, now = _values(before), _values(after)
        for field in fields:
            name = field["name"]
            here = f"{path}.{name}".lstrip(".")
            yield from self._field(field, was.get(name), now.get(name), trail, here)

    def _field(
        self, field: Described, before: Any, after: Any, trail: Trail, path: str
    ) -> Iterator[Difference]:
        if before == after:
            return
        kind, inner = field["kind"], trail + label_of(field)
        if kind == "group":
            yield from self._group(field, before, after, trail, path)
        elif kind == "list":
            yield from self._list(field, _items(before), _items(after), inner, path)
        elif kind == "library":
            yield from self._library(field, before, after, inner, path)
        elif not _is_same(field, before, after):
            yield Difference("changed", inner, path, field, before, after)

    def _group(
        self, field: Described, before: Any, after: Any, trail: Trail, path: str
    ) -> Iterator[Difference]:
        fields = field.get("fields", ())
        if field.get("flat") and fields:
            only = fields[0] if fields[0].get("label") else {**fields[0], "label": field.get("label", "")}
            yield from self._field(only, before, after, trail, path)
        else:
            yield from self.fields(fields, before, after, trail + label_of(field), path)

    def _list(
        self, field: Described, before: list[Any], after: list[Any], trail: Trail, path: str
    ) -> Iterator[Difference]:
        item = bare(field["item"])
        found = matching(before, after, lambda value: self._words(item, value))
        for place in found.removed:
            gone = (*trail, item_name(field, place))
            words = self._words(item, before[place])
            yield Difference("removed", gone, f"{path}[{place}]", item, place + 1, None, words)
        for place, value in enumerate(after):
            here, there = (*trail, item_name(field, place)), f"{path}[{place}]"
            if place in found.added:
                words = self._words(item, value)
                yield Difference("added", here, there, item, None, place + 1, words)
                continue
            was = found.pairs[place]
            if place in found.moved:
                words = self._words(item, value)
                yield Difference("moved", here, there, item, was + 1, place + 1, words)
            yield from self._field(item, before[was], value, here, there)

    def _library(
        self, field: Described, before: Any, after: Any, trail: Trail, path: str
    ) -> Iterator[Difference]:
        was, now = _values(before), _values(after)
        if was.get("library") != now.get("library"):
            yield Difference("changed", trail, path, field, was.get("library"), now.get("library"))
            return
        title = {"name": "title", "kind": "text", "label": ""}
        named, renamed = (_values(value.get("metadata")).get("title") or "" for value in (was, now))
        yield from self._field(title, named, renamed, trail, f"{path}.metadata.title")
        fields = self.described_by(str(now.get("library", "")))
        yield from self.fields(fields, was.get("params"), now.get("params"), trail, path)

    def _words(self, item: Described, value: Any) -> str:
        found = leaves_of(item, value, self.described_by, (), "")
        return " ".join(words for leaf in found if leaf.is_words and (words := words_of(leaf.value)))


def _is_same(field: Described, before: Any, after: Any) -> bool:
    """Nothing, no and no words are the same to those who read."""
    if field["kind"] == "image":
        return bool(_values(before).get("path") == _values(after).get("path"))
    return (before or None) == (after or None)


def _values(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
