"""Which fields a form shows, and what a new form begins with."""

from typing import Any

from courses.h5p.engine.fields import Field, Rule
from courses.h5p.engine.sanitise import markup, plain


def shown(field: Field, siblings: Any) -> bool:
    """Does a field show beside these values? Rules about fields that are not there say nothing."""
    if field.widget == "none":
        return False
    if field.show_when is None or not isinstance(siblings, dict):
        return True
    met = [_is_met(rule, siblings) for rule in field.show_when.rules if ".." not in rule.field]
    if not met:
        return True
    return all(met) if field.show_when.all_of_them else any(met)


def defaults(fields: tuple[Field, ...]) -> dict[str, Any]:
    """What a new content of this type begins with."""
    begun = {one.name: _default(one) for one in fields}
    return {name: value for name, value in begun.items() if value is not None}


def _is_met(rule: Rule, siblings: dict[str, Any]) -> bool:
    value: Any = siblings
    for name in rule.field.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(rule.equals, bool):
        return bool(value) == rule.equals if value is None else value is rule.equals
    wanted = rule.equals if isinstance(rule.equals, list) else [rule.equals]
    if isinstance(value, dict):  # a library: its version does not matter
        machine_name = str(value.get("library", "")).partition(" ")[0]
        return bool(machine_name) and machine_name in {str(one).partition(" ")[0] for one in wanted}
    return value in wanted


def _default(one: Field) -> Any:
    if one.type == "group":
        if one.is_flat:
            return _default(one.fields[0])
        return defaults(one.fields)
    if one.type == "list":
        return _default_list(one)
    if one.type == "text":
        text = one.default if isinstance(one.default, str) else ""
        return plain(text) if one.tags is None else markup(text, one.tags, one.styles)
    if one.type == "boolean":
        return one.default is True
    if one.type in ("number", "select"):
        return one.default
    return None


def _default_list(one: Field) -> Any:
    if isinstance(one.default, list):
        return one.default
    if one.field is None:
        return None
    count = one.default_count if one.default_count is not None else int(one.minimum or 1)
    entries = [_default(one.field) for _ in range(min(count, 100))]
    return [entry for entry in entries if entry is not None] or None
