"""Which blocks of a course this platform can show."""

from collections.abc import Iterable

from courses.olx.names import SCRIPT_PROBLEM, type_of
from courses.xblocks.registry import is_supported

# They are shown by what uses them, not by a block class.
NO_BLOCK = {"question_bank"}


def shown_here(usage_keys: Iterable[str]) -> set[str]:
    """The blocks of types we have."""
    return {key for key in usage_keys if _is_shown(type_of(key))}


def kept_unsupported(usage_keys: Iterable[str]) -> list[dict[str, str]]:
    """The blocks that are kept whole and show a note, by type and name."""
    return [
        {"type": type_of(key), "name": key.rpartition("@")[2]}
        for key in usage_keys
        if type_of(key) != SCRIPT_PROBLEM and not _is_shown(type_of(key))
    ]


def _is_shown(tag: str) -> bool:
    return tag in NO_BLOCK or (tag != SCRIPT_PROBLEM and is_supported(tag))
