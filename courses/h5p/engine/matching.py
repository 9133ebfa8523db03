"""Which item of a list became which: by content, by the id contents have, by likeness of their words."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

ALIKE = 0.5  # of the words; less is another item
MOST_COMPARED = 60  # longer remainders are told as gone and come


@dataclass(frozen=True)
class Matching:
    """Places before and after: `pairs` by place after, `moved` those of them that changed their order."""

    pairs: dict[int, int]  # after → before
    moved: frozenset[int]  # places after
    added: tuple[int, ...]
    removed: tuple[int, ...]


def matching(before: Sequence[Any], after: Sequence[Any], words: Callable[[Any], str]) -> Matching:
    """Match two lists; `words` tells what an item says."""
    pairs: dict[int, int] = {}
    for key in (_content, _id):
        _pair_by(key, before, after, pairs)
    _pair_alike(before, after, pairs, words)
    added = tuple(place for place in range(len(after)) if place not in pairs)
    removed = tuple(place for place in range(len(before)) if place not in pairs.values())
    return Matching(pairs, _moved(pairs), added, removed)


def _content(item: Any) -> str:
    kept = {k: v for k, v in item.items() if k != "subContentId"} if isinstance(item, dict) else item
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _id(item: Any) -> str:
    return str(item.get("subContentId", "")) if isinstance(item, dict) else ""


def _pair_by(
    key: Callable[[Any], str], before: Sequence[Any], after: Sequence[Any], pairs: dict[int, int]
) -> None:
    waiting: dict[str, list[int]] = {}
    for place, item in enumerate(before):
        if place not in pairs.values() and key(item):
            waiting.setdefault(key(item), []).append(place)
    for place, item in enumerate(after):
        if place not in pairs and (places := waiting.get(key(item))):
            pairs[place] = places.pop(0)


def _pair_alike(
    before: Sequence[Any], after: Sequence[Any], pairs: dict[int, int], words: Callable[[Any], str]
) -> None:
    old = [place for place in range(len(before)) if place not in pairs.values()][:MOST_COMPARED]
    new = [place for place in range(len(after)) if place not in pairs][:MOST_COMPARED]
    likeness = [
        (SequenceMatcher(a=words(before[o]), b=words(after[n]), autojunk=False).ratio(), o == n, -n, o)
        for o in old
        for n in new
    ]
    for ratio, _same_place, minus_n, o in sorted(likeness, reverse=True):
        if ratio >= ALIKE and -minus_n not in pairs and o not in pairs.values():
            pairs[-minus_n] = o


def _moved(pairs: dict[int, int]) -> frozenset[int]:
    """The fewest items whose moving explains the new order: all outside the longest rising run."""
    order = [(place, pairs[place]) for place in sorted(pairs)]
    tails: list[int] = []
    holders: list[int] = []
    links: dict[int, int | None] = {}
    for place, was in order:
        at = bisect_left(tails, was)
        links[place] = holders[at - 1] if at else None
        tails[at : at + 1], holders[at : at + 1] = [was], [place]
    staying, place_or_none = set(), holders[-1] if holders else None
    while place_or_none is not None:
        staying.add(place_or_none)
        place_or_none = links[place_or_none]
    return frozenset(set(pairs) - staying)
