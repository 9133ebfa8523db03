"""Fields that came to a type after a content was made: they begin with their defaults, as in new content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courses.h5p.engine.leaves import Described, DescribedBy


def filled(fields: Sequence[Described], params: Any, described_by: DescribedBy) -> dict[str, Any]:
    """The params with a value wherever a field has a default and the content says nothing."""
    values = dict(params) if isinstance(params, dict) else {}
    for field in fields:
        name = field["name"]
        value = _filled(field, values.get(name), described_by)
        if value is not None:
            values[name] = value
    return values


def _filled(field: Described, value: Any, described_by: DescribedBy) -> Any:
    kind = field["kind"]
    if kind == "group":
        return _group(field, value, described_by)
    if kind == "list":
        item = field["item"]
        return [_filled(item, one, described_by) for one in value] if isinstance(value, list) else value
    if kind == "library":
        if not isinstance(value, dict) or "library" not in value:
            return value
        fields = described_by(str(value["library"]))
        return {**value, "params": filled(fields, value.get("params"), described_by)} if fields else value
    return field.get("default") if value is None else value


def _group(field: Described, value: Any, described_by: DescribedBy) -> Any:
    fields = field.get("fields", ())
    if field.get("flat") and fields:
        return _filled(fields[0], value, described_by)
    if value is not None and not isinstance(value, dict):
        return value  # not what its field says; the check will tell
    if value is None and field.get("optional"):
        return None
    return filled(fields, value, described_by) or value
