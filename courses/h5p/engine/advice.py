"""What an author should know of a package that is accepted all the same."""

import html
from collections.abc import Iterable, Iterator
from typing import Any

from courses.h5p.engine.cleaning import Cleaner, FieldsOf
from courses.h5p.engine.fields import Field
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.engine.problems import MOST, Problem

# Known to fail under a finger: what is dragged inside slides (h5p-course-presentation, issue 202).
DRAGGED = {"H5P.DragQuestion", "H5P.DragText"}
SLIDES = "H5P.CoursePresentation"
_ENOUGH = 3  # texts in English before anybody is bothered


def advice_about(main: LibraryName, params: Any, cleaner: Cleaner, fields_of: FieldsOf) -> list[Problem]:
    """In the order in which an author would mend them."""
    return [
        *_cleaned(cleaner),
        *_elsewhere(cleaner),
        *_untouchable(main, cleaner.libraries),
        *_in_english(main, params, fields_of),
    ]


def _cleaned(cleaner: Cleaner) -> Iterator[Problem]:
    for path, tags in cleaner.lost[:MOST]:
        yield Problem("html-cleaned", path, tags)


def _elsewhere(cleaner: Cleaner) -> Iterator[Problem]:
    """One warning for each other site, at the first place that names it."""
    hosts = {use.host: use.path for use in reversed(cleaner.files) if use.host}
    for host in sorted(hosts)[:MOST]:
        yield Problem("remote-media", hosts[host], host)


def _untouchable(main: LibraryName, inside: Iterable[LibraryName]) -> Iterator[Problem]:
    if main.machine_name == SLIDES:
        for name in dict.fromkeys(inside):
            if name.machine_name in DRAGGED:
                yield Problem("no-touch", str(name))


def _in_english(main: LibraryName, params: Any, fields_of: FieldsOf) -> Iterator[Problem]:
    """One warning for each library whose button texts are the defaults of its semantics."""
    texts: dict[LibraryName, list[str]] = {}
    for name, one, value in _texts(main, params, fields_of):
        if _is_default(one, value):
            texts.setdefault(name, []).append(value)
    for name, unchanged in sorted(texts.items()):
        if len(unchanged) >= _ENOUGH:
            yield Problem("no-vietnamese", str(name), html.unescape(unchanged[0]))


def _texts(main: LibraryName, params: Any, fields_of: FieldsOf) -> Iterator[tuple[LibraryName, Field, str]]:
    """Every text of the content with the library and the field it belongs to."""
    waiting: list[tuple[LibraryName, Field, Any]] = _pairs(main, fields_of(main) or (), params)
    while waiting:
        name, one, value = waiting.pop()
        if one.type == "text" and isinstance(value, str):
            yield name, one, value
        elif one.type == "group":
            waiting.extend([(name, one.fields[0], value)] if one.is_flat else _pairs(name, one.fields, value))
        elif one.type == "list" and one.field is not None and isinstance(value, list):
            waiting.extend((name, one.field, entry) for entry in value)
        elif one.type == "library" and isinstance(value, dict):
            inner = LibraryName.spoken(value.get("library"))
            if inner is not None:
                waiting.extend(_pairs(inner, fields_of(inner) or (), value.get("params")))


def _pairs(name: LibraryName, fields: tuple[Field, ...], values: Any) -> list[tuple[LibraryName, Field, Any]]:
    known = values if isinstance(values, dict) else {}
    return [(name, one, known[one.name]) for one in reversed(fields) if one.name in known]


def _is_default(one: Field, value: str) -> bool:
    if not isinstance(one.default, str):
        return False
    seen = html.unescape(value)
    return seen == html.unescape(one.default) and sum(c.isalpha() for c in seen) > 2 and seen.isascii()
