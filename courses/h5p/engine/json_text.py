"""JSON from strangers: what it may cost is counted before it is built."""

import json
import math
import re
from typing import Any, NoReturn

from courses.h5p.engine.archive import Archive
from courses.h5p.engine.limits import Limits
from courses.h5p.engine.problems import refuse

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def read_json(archive: Archive, path: str, limits: Limits) -> Any:
    """The value in a file of the package."""
    return parsed(read_small(archive, path, limits), path, limits)


def read_small(archive: Archive, path: str, limits: Limits) -> bytes:
    """The bytes of a JSON file, which is not even unpacked when it is too long."""
    size = archive.entries[path].size
    if size > limits.json_bytes:
        refuse("json-large", path, f"{size} > {limits.json_bytes}")
    return archive.read(path)


def parsed(raw: bytes, path: str, limits: Limits) -> Any:
    """The value; a byte order mark is no offence, everything that is not JSON is."""
    values = values_in(raw)
    if values > limits.json_values:
        refuse("json-large", path, f"{values} > {limits.json_values}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("json-encoding", path)
    if b"\\u0000" in raw and _NUL.search(raw):
        refuse("json-character", path, "\\u0000")  # PostgreSQL keeps no such text
    value = _value(text, path)
    if _HALF.search(raw):
        _check_halves(value, path)
    return value


def values_in(raw: bytes) -> int:
    """How many values there are at most. Commas inside texts count too: the exact number is the parse."""
    return raw.count(b",") + raw.count(b"[") + raw.count(b"{") + 1


def check_depth(value: Any, path: str, limits: Limits) -> None:
    """For values that recursive code is going to walk."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > limits.json_depth:
            refuse("json-deep", path)
        level = [inner for outer in level for inner in _inside(outer)]


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    return [inner for inner in value if isinstance(inner, dict | list)] if isinstance(value, list) else []


def _value(text: str, path: str) -> Any:
    def constant(name: str) -> NoReturn:
        refuse("json-number", path, name)

    def number(digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            refuse("json-number", path, digits)
        return value

    try:
        return json.loads(text, parse_constant=constant, parse_float=number)
    except RecursionError:
        refuse("json-deep", path)
    except ValueError as error:
        refuse("json-broken", path, error)


def _check_halves(value: Any, path: str) -> None:
    """Half a character can be written in JSON but neither stored nor sent."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        refuse("json-character", path, "\\ud800")
