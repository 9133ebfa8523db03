"""Which fields our form can write: kinds of fields, and types that need an editor of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Place = Mapping[str, Any]  # one field of a semantics.json
TEXT_WIDGETS = {None: "text", "text": "text", "textarea": "lines", "html": "html"}
KINDS = {"text", "group", "list", "boolean", "number", "select", "library", "image"}
# Widgets that change nothing but how a field looks; any other may hide what the field means.
PLAIN_WIDGETS: dict[str, frozenset[str | None]] = {
    "text": frozenset(TEXT_WIDGETS),
    "group": frozenset({None}),
    "list": frozenset({None}),
    "boolean": frozenset({None}),
    "number": frozenset({None}),
    "select": frozenset({None, "radioGroup"}),
    "library": frozenset({None}),
    "image": frozenset({None}),
}


def kind_of(place: Place) -> str:
    """text, lines, html, group, list, boolean, number, select, radio, library, image, none or kept."""
    widget = place.get("widget")
    if widget == "none" or place.get("deprecated") is True:
        return "none"  # not shown; what stands there stays
    if widget == "showWhen":
        widget = inner_mapping(place, "showWhen").get("widget")
    if not is_plain(place, widget):
        return "kept"
    type_ = str(place["type"])
    if type_ == "text":
        return TEXT_WIDGETS[widget]
    return "radio" if type_ == "select" and widget == "radioGroup" else type_


def is_plain(place: Place, widget: Any) -> bool:
    """Can our form show this one, whatever is inside it?"""
    type_ = place.get("type")
    if not isinstance(type_, str) or type_ not in KINDS:
        return False
    return widget in PLAIN_WIDGETS[type_] if widget is None or isinstance(widget, str) else False


def is_flat(place: Place) -> bool:
    """A group of one field is no object in the content: its field stands in its place."""
    fields = inner_list(place, "fields")
    return len(fields) == 1 and place.get("isSubContent") is not True


def unwritable(semantics: Sequence[Any], path: str = "") -> list[str]:
    """The paths of fields without which the type makes no sense and which our form cannot write.

    A field that may be left out, or that has a default, is no reason to refuse the whole type.
    """
    found: list[str] = []
    for place in semantics:
        if not isinstance(place, Mapping) or not place.get("name"):
            continue
        here = f"{path}.{place['name']}".lstrip(".")
        found += _unwritable(place, here)
    return found


def _unwritable(place: Place, here: str) -> list[str]:
    kind = kind_of(place)
    may_be_left = place.get("optional") is True or "default" in place or place.get("deprecated") is True
    if kind == "kept":
        return [] if may_be_left and place.get("type") not in ("group", "list") else [here]
    if kind == "group":
        return [] if place.get("optional") is True else unwritable(inner_list(place, "fields"), here)
    if kind == "list":
        item = place.get("field")
        return _unwritable(item, f"{here}[]") if isinstance(item, Mapping) else [here]
    return []


def library_options(semantics: Iterable[Any]) -> list[str]:
    """Every library a content of this type may hold: "H5P.Image 1.1", each once."""
    found: dict[str, None] = {}
    for place in semantics:
        if not isinstance(place, Mapping):
            continue
        if place.get("type") == "library":
            found |= dict.fromkeys(o for o in inner_list(place, "options") if isinstance(o, str))
        inside = [*inner_list(place, "fields"), *([place["field"]] if "field" in place else [])]
        found |= dict.fromkeys(library_options(inside))
    return list(found)


def inner_list(place: Place, key: str) -> list[Any]:
    """What stands in a list there; nothing where something else stands."""
    value = place.get(key)
    return value if isinstance(value, list) else []


def inner_mapping(place: Place, key: str) -> Place:
    """The same for an object."""
    value = place.get(key)
    return value if isinstance(value, Mapping) else {}
