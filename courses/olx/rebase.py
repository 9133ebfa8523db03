"""May a change that was made looking at an older draft be applied to the newer one? Plain Python."""

from typing import Any, Literal

from courses.olx.outline import Outline
from courses.olx.outline_changes import moved
from courses.olx.tree import Kind, NotThere, block_of, children_of, parent_of, section_of, unit_of

# What a change is about: what the item says, where it stands, or all that is in it.
Aspect = Literal["words", "place", "whole"]


def is_untouched(older: Outline, newer: Outline, kind: Kind, key: str, aspect: Aspect) -> bool:
    """Is that aspect of the item the same in both? Gone from either counts as touched."""
    if older is newer:
        return True
    try:
        if aspect == "place":
            return _stayed(older, newer, kind, key)
        return bool(_seen(older, kind, key, aspect) == _seen(newer, kind, key, aspect))
    except NotThere:
        return False


def _stayed(older: Outline, newer: Outline, kind: Kind, key: str) -> bool:
    parent = parent_of(older, kind, key)
    if parent != parent_of(newer, kind, key):
        return False
    # What a colleague put beside it did not move it.
    return key not in moved(children_of(older, kind, parent), children_of(newer, kind, parent))


def _seen(outline: Outline, kind: Kind, key: str, aspect: Aspect) -> Any:
    if kind == "block":
        block = block_of(outline, key)
        # Whether it is required follows from its neighbours; it says nothing of its own.
        return block.title, block.version
    if kind == "unit":
        unit = unit_of(outline, key)
        words: tuple[Any, ...] = (unit.title, unit.minutes, unit.review_by)
    else:
        words = (section_of(outline, key).title,)
    if aspect == "words":
        return words
    inside: Kind = "block" if kind == "unit" else "unit"
    return words, [(k, _seen(outline, inside, k, "whole")) for k in children_of(outline, inside, key)]
