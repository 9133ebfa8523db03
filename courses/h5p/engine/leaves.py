"""The words and settings of a content in the order in which its form shows them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Described = Mapping[str, Any]  # a field as form.py describes it
# The fields of a library by its name, "H5P.Image 1.1"; none when it is not here.
DescribedBy = Callable[[str], Sequence[Described]]
Trail = tuple[str, ...]
WORDS = ("text", "lines", "html")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Leaf:
    """A field without fields in it. `trail` names it from outside in: "Answers", "Answer 2", "Text"."""

    trail: Trail
    path: str  # "answers[1].text"
    field: Described
    value: Any

    @property
    def is_words(self) -> bool:
        return self.field["kind"] in WORDS


def leaves(
    fields: Sequence[Described], params: Any, described_by: DescribedBy, trail: Trail = (), path: str = ""
) -> Iterator[Leaf]:
    """All that stands in the params; the words of the player's buttons are left out."""
    values = params if isinstance(params, dict) else {}
    for field in fields:
        if field.get("common") is not True and field["name"] in values:
            here = f"{path}.{field['name']}".lstrip(".")
            yield from leaves_of(field, values[field["name"]], described_by, trail, here)


def leaves_of(
    field: Described, value: Any, described_by: DescribedBy, trail: Trail, path: str
) -> Iterator[Leaf]:
    """The same for one field."""
    kind = field["kind"]
    inner = trail + label_of(field)
    if kind == "group":
        fields = field.get("fields", ())
        if field.get("flat") and fields:
            only = fields[0] if fields[0].get("label") else {**fields[0], "label": field.get("label", "")}
            yield from leaves_of(only, value, described_by, trail, path)
        else:
            yield from leaves(fields, value, described_by, inner, path)
    elif kind == "list":
        for number, item in enumerate(value if isinstance(value, list) else []):
            yield from leaves_of(
                bare(field["item"]),
                item,
                described_by,
                (*inner, item_name(field, number)),
                f"{path}[{number}]",
            )
    elif kind == "library":
        library = value.get("library", "") if isinstance(value, dict) else ""
        params = value.get("params") if isinstance(value, dict) else None
        yield Leaf(inner, path, field, library)
        yield from leaves(described_by(str(library)), params, described_by, inner, path)
    else:
        yield Leaf(inner, path, field, value)


def label_of(field: Described) -> Trail:
    """What a field adds to the trail; a nameless one adds nothing."""
    label = str(field.get("label", ""))
    return (label,) if label else ()


def bare(item: Described) -> Described:
    """An item as it stands in its list: the list has said its name."""
    return {**item, "label": ""}


def item_name(field: Described, number: int) -> str:
    """ "Answer 2"."""
    entity = str(field.get("entity") or field["item"].get("label") or field.get("label") or "")
    return f"{entity[:1].upper()}{entity[1:]} {number + 1}".strip()


def words_of(value: Any) -> str:
    """HTML or escaped text as words in one line."""
    return " ".join(html.unescape(_TAG.sub(" ", value)).split()) if isinstance(value, str) else ""
