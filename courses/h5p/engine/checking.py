"""What an author still has to fill in or mend, field by field."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from courses.h5p.engine.cleaning import FieldsOf, no_fields
from courses.h5p.engine.fields import Field
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.engine.problems import Problem
from courses.h5p.engine.showing import shown

_TAGS = re.compile(r"<[^<>]*>")
_FILLING = re.compile(r"<(?:img|hr|table)\b", re.IGNORECASE)
# Patterns come with libraries. One that could take for ever on a short text is not tried.
_WILD = re.compile(r"\)[*+{]|\\[1-9]|\(\?")
_REPEATS = re.compile(r"[*+]|\{\d*,")
_MOST_REPEATS = 2
_LONGEST_PATTERN, _LONGEST_TRIED = 200, 200


def check(fields: tuple[Field, ...], params: Any, fields_of: FieldsOf = no_fields) -> list[Problem]:
    """All that is missing or wrong, with the place as "questions[2].answers[0].text"."""
    return list(_Checker(fields_of).group(fields, params if isinstance(params, dict) else {}, ""))


class _Checker:
    def __init__(self, fields_of: FieldsOf) -> None:
        self.fields_of = fields_of

    def group(self, fields: tuple[Field, ...], params: dict[str, Any], path: str) -> Iterator[Problem]:
        for one in fields:
            if shown(one, params):
                yield from self.value(one, params.get(one.name), f"{path}.{one.name}" if path else one.name)

    def value(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        if one.type == "group":
            yield from self._group(one, value, path)
        elif _is_empty(one, value):
            if not one.optional and one.type not in ("boolean", "list"):
                yield Problem("required", path)
            elif one.type == "list" and one.minimum and not one.optional:
                yield Problem("too-few", path, _spoken(one.minimum))
        elif one.type in _BY_TYPE:
            yield from _BY_TYPE[one.type](self, one, value, path)

    def _group(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        if one.is_flat:
            yield from self.value(one.fields[0], value, path)
        elif value is None and one.optional:
            return
        elif value is not None and not isinstance(value, dict):
            yield Problem("wrong-type", path)
        else:
            yield from self.group(one.fields, value or {}, path)

    def _text(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("wrong-type", path)
            return
        seen = html.unescape(value if one.tags is None else _TAGS.sub("", value))
        if one.max_length is not None and len(seen) > one.max_length:
            yield Problem("too-long", path, str(one.max_length))
        elif not _matches(one, seen):
            yield Problem("pattern", path)

    def _number(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem("wrong-type", path)
        elif one.minimum is not None and value < one.minimum:
            yield Problem("too-small", path, _spoken(one.minimum))
        elif one.maximum is not None and value > one.maximum:
            yield Problem("too-great", path, _spoken(one.maximum))

    def _boolean(self, _one: Field, value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem("wrong-type", path)

    def _select(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        known = {str(option.value) for option in one.options}
        for chosen in value if isinstance(value, list) else [value]:
            if known and str(chosen) not in known:
                yield Problem("not-an-option", path, str(chosen))

    def _list(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("wrong-type", path)
            return
        if one.minimum is not None and len(value) < one.minimum:
            yield Problem("too-few", path, _spoken(one.minimum))
        if one.maximum is not None and len(value) > one.maximum:
            yield Problem("too-many", path, _spoken(one.maximum))
        if one.field is not None:
            for number, entry in enumerate(value):
                yield from self.value(one.field, entry, f"{path}[{number}]")

    def _library(self, one: Field, value: Any, path: str) -> Iterator[Problem]:
        name = LibraryName.spoken(value.get("library")) if isinstance(value, dict) else None
        if name is None:
            yield Problem("wrong-type", path)
        elif str(name) not in {option.value for option in one.options}:
            yield Problem("library-not-allowed", path, str(name))
        elif (fields := self.fields_of(name)) is None:
            yield Problem("missing-library", str(name), path)
        else:
            params = value.get("params")
            yield from self.group(fields, params if isinstance(params, dict) else {}, path)

    def _file(self, _one: Field, value: Any, path: str) -> Iterator[Problem]:
        for entry in value if isinstance(value, list) else [value]:
            if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
                yield Problem("wrong-type", path)


_BY_TYPE: dict[str, Callable[[_Checker, Field, Any, str], Iterator[Problem]]] = {
    "text": _Checker._text,
    "number": _Checker._number,
    "boolean": _Checker._boolean,
    "select": _Checker._select,
    "list": _Checker._list,
    "library": _Checker._library,
    **dict.fromkeys(("image", "file", "video", "audio"), _Checker._file),
}


def _is_empty(one: Field, value: Any) -> bool:
    if isinstance(value, str) and one.tags is not None:
        return not _FILLING.search(value) and not html.unescape(_TAGS.sub("", value)).strip()
    if isinstance(value, dict) and one.type == "library":
        return not value.get("library")
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _matches(one: Field, seen: str) -> bool:
    if not one.pattern or len(one.pattern) > _LONGEST_PATTERN or len(seen) > _LONGEST_TRIED:
        return True
    if _WILD.search(one.pattern) or len(_REPEATS.findall(one.pattern)) > _MOST_REPEATS:
        return True
    try:
        return re.search(one.pattern, seen, re.IGNORECASE if "i" in one.pattern_flags else 0) is not None
    except re.error:
        return True


def _spoken(number: float) -> str:
    return f"{number:g}"
