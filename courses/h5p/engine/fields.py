"""The fields of a content type, from its semantics.json: a tree of what authors fill in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courses.h5p.engine.limits import LIMITS
from courses.h5p.engine.problems import refuse

TYPES = {
    *("text", "number", "boolean", "select", "list", "group", "library"),
    *("image", "video", "audio", "file"),
}


@dataclass(frozen=True, slots=True)
class Option:
    value: Any
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A neighbour's value for which a field is shown."""

    field: str
    equals: Any


@dataclass(frozen=True, slots=True)
class ShowWhen:
    rules: tuple[Rule, ...]
    all_of_them: bool  # "and"; else one is enough
    null_when_hidden: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Only what its type knows is filled; the rest keeps its default."""

    name: str
    type: str
    label: str = ""
    description: str = ""
    placeholder: str = ""
    importance: str = ""
    widget: str = ""
    optional: bool = False
    common: bool = False  # a text of the player's buttons, the same for all contents
    expanded: bool = False
    deprecated: bool = False
    default: Any = None
    # text
    tags: frozenset[str] | None = None  # None: plain text
    styles: frozenset[str] = frozenset()  # which parts of `font` may be chosen: size, color, …
    max_length: int | None = None
    pattern: str = ""
    pattern_flags: str = ""
    # number, list
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    decimals: int | None = None
    unit: str = ""
    # list
    field: "Field | None" = None
    entity: str = ""
    default_count: int | None = None
    # group
    fields: tuple["Field", ...] = ()
    is_sub_content: bool = False
    # select, library
    options: tuple[Option, ...] = ()  # a library field's values: "H5P.Image 1.1"
    multiple: bool = False
    # files and libraries
    extra_attributes: tuple[str, ...] = ()
    show_when: ShowWhen | None = None

    @property
    def is_flat(self) -> bool:
        """A group of one field is written as that field's value, without a name around it."""
        return self.type == "group" and len(self.fields) == 1 and not self.is_sub_content


def parse(semantics: Any, path: str = "semantics.json") -> tuple[Field, ...]:
    """`Rejected` for what is no list of fields. Unknown types stay, so that a form can say what it lacks."""
    return parse_counted(semantics, path, LIMITS.fields)[0]


def parse_counted(semantics: Any, path: str, most: int) -> tuple[tuple[Field, ...], int]:
    """The fields, and how many there are with those inside lists and groups."""
    reader = _Reader(path, most)
    return reader.fields(semantics, ""), reader.count


class _Reader:
    def __init__(self, path: str, most: int) -> None:
        self.path, self.most = path, most
        self.count = 0

    def fields(self, value: Any, place: str) -> tuple[Field, ...]:
        if not isinstance(value, list):
            refuse("semantics", self.path, place or "[]")
        return tuple(self.one(entry, f"{place}[{number}]") for number, entry in enumerate(value))

    def one(self, value: Any, place: str) -> Field:
        self.count += 1
        if self.count > self.most or not isinstance(value, dict):
            refuse("semantics", self.path, place)
        name, kind = value.get("name", ""), value.get("type")
        if not isinstance(name, str) or not isinstance(kind, str):
            refuse("semantics", self.path, f"{place}.name, .type")
        found = {_NAMES[key]: _READ[key](inner) for key, inner in value.items() if key in _READ}
        if kind == "list":
            found["field"] = self.one(value.get("field"), f"{place}.field")
        elif kind == "group":
            found["fields"] = self.fields(value.get("fields"), f"{place}.fields")
        if "options" in value:
            found["options"] = self.options(value["options"], f"{place}.options")
        if "regexp" in value:
            found["pattern"] = _text(_inside(value["regexp"], "pattern"))
            found["pattern_flags"] = _text(_inside(value["regexp"], "modifiers"))
        return Field(name, kind, **found)

    def options(self, value: Any, place: str) -> tuple[Option, ...]:
        """Of selects and libraries; groups of options are flattened."""
        if not isinstance(value, list):
            refuse("semantics", self.path, place)
        found: list[Option] = []
        for entry in value:
            if isinstance(entry, str):
                found.append(Option(entry, entry))
            elif isinstance(entry, dict) and entry.get("type") == "optgroup":
                found.extend(self.options(entry.get("options", []), place))
            elif isinstance(entry, dict):
                chosen = entry.get("value", entry.get("name"))
                found.append(Option(chosen, _text(entry.get("label")) or str(chosen)))
        return tuple(found)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _flag(value: Any) -> bool:
    return value is True


def _inside(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _tags(value: Any) -> frozenset[str] | None:
    return frozenset(name.lower() for name in _names(value)) if isinstance(value, list) else None


def _styles(value: Any) -> frozenset[str]:
    return (
        frozenset(name for name, chosen in value.items() if chosen)
        if isinstance(value, dict)
        else frozenset()
    )


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31 else None


def _show_when(value: Any) -> ShowWhen | None:
    rules = _inside(value, "rules")
    if not isinstance(rules, list):
        return None
    return ShowWhen(
        tuple(Rule(_text(rule.get("field")), rule.get("equals")) for rule in rules if isinstance(rule, dict)),
        all_of_them=value.get("type") == "and",
        null_when_hidden=value.get("nullWhenHidden") is True,
    )


# Keys of semantics.json that go into a field as they are, and how each is read.
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("label", "description", "placeholder", "importance", "widget", "unit", "entity"), _text),
    **dict.fromkeys(("optional", "common", "expanded", "deprecated", "multiple", "isSubContent"), _flag),
    "default": lambda value: value,
    "tags": _tags,
    "font": _styles,
    "maxLength": _whole,
    "min": _number,
    "max": _number,
    "step": _number,
    "decimals": _whole,
    "defaultNum": _whole,
    "extraAttributes": _names,
    "showWhen": _show_when,
}
_NAMES: dict[str, str] = {key: key for key in _READ} | {
    "font": "styles",
    "maxLength": "max_length",
    "min": "minimum",
    "max": "maximum",
    "defaultNum": "default_count",
    "isSubContent": "is_sub_content",
    "extraAttributes": "extra_attributes",
    "showWhen": "show_when",
}
