"""The words of the players, which H5P keeps in each content: put in the reader's language when it is made."""

from typing import Any

from courses.h5p.engine.wording import Wording


def spoken_defaults(semantics: list[Any], words: Wording) -> list[Any]:
    """The fields with their default texts in the language of `words`: the library's own, else ours."""
    parts = words.each("fields", len(semantics))
    return [_field(field, said) for field, said in zip(semantics, parts, strict=True)]


def _field(field: Any, words: Wording) -> Any:
    if not isinstance(field, dict):
        return field
    changed = dict(field)
    if field.get("type") == "text" and isinstance(field.get("default"), str):
        changed["default"] = words.of(field, "default")
    if isinstance(field.get("fields"), list):
        changed["fields"] = spoken_defaults(field["fields"], words)
    if isinstance(field.get("field"), dict):
        changed["field"] = _field(field["field"], words.inside("field"))
    return changed
