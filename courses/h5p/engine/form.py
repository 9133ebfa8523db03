"""What a form must show for a semantics: plain data, one dict per field, for whatever draws it.

Widgets, conditions and H5P's special cases are settled here once, so that the form itself knows eleven
kinds of field and nothing else. A field it cannot write is `kept`: what stands there stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.h5p.engine.wording import Wording
from courses.h5p.engine.writable import Place, inner_list, inner_mapping, is_flat, kind_of

Words = tuple[Wording, Wording]  # of labels, of content
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"</?(?:li|p|br|ul|ol|div)\b[^>]*>", re.IGNORECASE)
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&nbsp;": " ", "&amp;": "&"}


@dataclass(frozen=True)
class Hints:
    """What we know of a type beyond its semantics: paths such as "questions[].question"."""

    gaps: frozenset[str] = frozenset()  # texts in which *words* become gaps
    first_is_right: frozenset[str] = frozenset()  # lists whose first item is the right answer
    right: frozenset[str] = frozenset()  # boxes that say that an answer is right


@dataclass(frozen=True)
class Describer:
    """Describes one library's fields."""

    hints: Hints = field(default_factory=Hints)

    def fields(
        self, semantics: Sequence[Any], labels: Wording, content: Wording, path: str = ""
    ) -> list[dict[str, Any]]:
        """The fields in their order; those without a name cannot be stored and are left out.

        `labels` speaks to the author, `content` fills in what learners will read.
        """
        size = len(semantics)
        pairs = zip(labels.each("fields", size), content.each("fields", size), strict=True)
        return [
            self._field(place, words, f"{path}.{place['name']}".lstrip("."))
            for place, words in zip(semantics, pairs, strict=True)
            if isinstance(place, Mapping) and place.get("name")
        ]

    def _field(self, place: Place, words: Words, here: str) -> dict[str, Any]:
        labels, content = words
        kind = kind_of(place)
        made: dict[str, Any] = {"name": str(place.get("name", "")), "kind": kind}
        # Some fields have no label but a telling name: from … to …
        made["label"] = plain(labels.of(place, "label")) or labels.dictionary.get(f"name:{made['name']}", "")
        made |= _notes(place, labels)
        made |= {key: True for key in ("optional", "common") if place.get(key) is True}
        made |= {key: place[key] for key in ("importance", "unit") if isinstance(place.get(key), str)}
        made |= {key: value for key, value in _extras(place, content).items() if value is not None}
        made |= {key: True for key in ("gaps", "first_is_right", "right") if here in getattr(self.hints, key)}
        if kind == "group":
            return made | self._group(place, words, here)
        if kind == "list":
            return made | self._list(place, words, here)
        return made | (_BY_KIND[kind](place, labels) if kind in _BY_KIND else {})

    def _group(self, place: Place, words: Words, here: str) -> dict[str, Any]:
        made: dict[str, Any] = {"fields": self.fields(inner_list(place, "fields"), *words, here)}
        made |= {"flat": True} if is_flat(place) else {}
        return made | ({"sub": True} if place.get("isSubContent") is True else {})

    def _list(self, place: Place, words: Words, here: str) -> dict[str, Any]:
        item = place.get("field")
        item = {"name": "item"} | (item if isinstance(item, dict) else {"type": "text"})
        labels, content = words
        made: dict[str, Any] = {
            "item": self._field(item, (labels.inside("field"), content.inside("field")), f"{here}[]")
        }
        made |= {key: place[key] for key in ("min", "max") if _is_number(place.get(key))}
        made |= {"count": place["defaultNum"]} if _is_number(place.get("defaultNum")) else {}
        entity = labels.of(place, "entity")
        return made | ({"entity": entity} if entity else {})


def plain(text: str) -> str:
    """Words of a library without their markup: they are shown on our own pages."""
    broken = BREAK.sub("\n", text)
    bare = TAG.sub("", broken)
    for entity, letter in ENTITIES.items():
        bare = bare.replace(entity, letter)
    return "\n".join(line for part in bare.splitlines() if (line := " ".join(part.split())))


def _notes(place: Place, labels: Wording) -> dict[str, str]:
    important, words = inner_mapping(place, "important"), labels.inside("important")
    notes = {
        "help": plain(labels.of(place, "description")),
        "placeholder": labels.of(place, "placeholder"),
        "note": plain(words.of(important, "description")),
        "example": plain(words.of(important, "example")),
    }
    return {key: text for key, text in notes.items() if text}


def _extras(place: Place, content: Wording) -> dict[str, Any]:
    default = place.get("default")
    return {
        "default": content.of(place, "default") if place.get("type") == "text" else default,
        "when": _condition(place),
    }


def _number(place: Place, _labels: Wording) -> dict[str, Any]:
    return {key: place[key] for key in ("min", "max", "step") if _is_number(place.get(key))}


def _library(place: Place, _labels: Wording) -> dict[str, Any]:
    return {"libraries": [option for option in inner_list(place, "options") if isinstance(option, str)]}


def _text(place: Place, _labels: Wording) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "tags" in place:
        made["tags"] = [str(tag) for tag in inner_list(place, "tags")]
    if place.get("enterMode") == "div":
        made["enter"] = "div"
    if _is_number(place.get("maxLength")):
        made["longest"] = place["maxLength"]
    return made


def _select(place: Place, labels: Wording) -> dict[str, Any]:
    options = inner_list(place, "options")
    made = []
    for option, words in zip(options, labels.each("options", len(options)), strict=True):
        if isinstance(option, Mapping):
            value = option.get("value", "")
            made.append({"value": value, "label": plain(words.of(option, "label")) or str(value)})
        else:
            made.append({"value": option, "label": str(option)})
    return {"options": made}


def _condition(place: Place) -> dict[str, Any] | None:
    condition = inner_mapping(place, "showWhen")
    rules = [
        {"field": str(rule.get("field", "")), "equals": _several(rule.get("equals"))}
        for rule in inner_list(condition, "rules")
        # What lies above is not looked at, as when the params are checked.
        if isinstance(rule, Mapping) and ".." not in str(rule.get("field", ".."))
    ]
    if not rules:
        return None
    made: dict[str, Any] = {"rules": rules, "all": condition.get("type") == "and"}
    return made | ({"drops": True} if condition.get("nullWhenHidden") is True else {})


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _image(place: Place, _labels: Wording) -> dict[str, Any]:
    return {"without_rights": True} if place.get("disableCopyright") is True else {}


_BY_KIND: dict[str, Callable[[Place, Wording], dict[str, Any]]] = {
    **dict.fromkeys(("text", "lines", "html"), _text),
    **dict.fromkeys(("select", "radio"), _select),
    "number": _number,
    "library": _library,
    "image": _image,
}
