"""Where the files of the library are used: module → unit → block, in drafts and for learners."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from courses.models import BlockVersion, MediaItem, Module
from courses.olx.outline import BlockRef, Outline, Unit
from courses.queries.outline import outlines_of
from courses.queries.version_cache import VersionCache

_STATIC = re.compile(r"/static/([^\"'\s<>&?#\\]+)")
# path -> usage keys that name it, per module version
_named: VersionCache[int, dict[str, tuple[str, ...]]] = VersionCache(100)


@dataclass(frozen=True)
class Use:
    """A block that shows the file; without a block the file only lies in the module."""

    module: Module
    path: str
    unit: Unit | None
    shown: BlockRef | None
    in_draft: bool
    in_published: bool


def used_contents() -> set[str]:
    """Hashes of all files that lie in a draft or a published module. One or two queries."""
    versions = [pk for pair in Module.objects.values_list("draft_id", "published_id") for pk in pair]
    outlines = outlines_of(versions).values()
    return {asset.sha256 for outline in outlines for asset in outline.assets.values()}


def where_used(item: MediaItem) -> list[Use]:
    """Every place, by module, in reading order. Bodies are read once per version and process."""
    modules = list(Module.objects.order_by("code"))
    outlines = outlines_of(pk for module in modules for pk in (module.draft_id, module.published_id))
    found: list[Use] = []
    for module in modules:
        found += _in_module(module, outlines, item.sha256)
    return found


def published_uses(item: MediaItem) -> list[Use]:
    """Only where learners see it."""
    return [use for use in where_used(item) if use.in_published and use.shown is not None]


def only_named_by(usage_key: str, outline: Outline, version_id: int) -> set[str]:
    """Files of a version that this block names and no other does."""
    return {path for path, keys in _named_in(version_id, outline).items() if set(keys) == {usage_key}}


def _in_module(module: Module, outlines: dict[int, Outline], sha256: str) -> list[Use]:
    drafted = _places(module.draft_id, outlines, sha256)
    published = _places(module.published_id, outlines, sha256)
    uses: list[Use] = []
    for path, usage_key in dict.fromkeys([*drafted, *published]):
        place = drafted.get((path, usage_key)) or published[path, usage_key]
        in_draft, in_published = (path, usage_key) in drafted, (path, usage_key) in published
        uses.append(Use(module, path, *place, in_draft, in_published))
    return uses


Place = tuple[Unit | None, BlockRef | None]


def _places(
    version_id: int | None, outlines: dict[int, Outline], sha256: str
) -> dict[tuple[str, str], Place]:
    """(path, usage key) → unit and block; an empty key for a file that no block names."""
    if version_id is None:
        return {}
    outline = outlines[version_id]
    paths = [path for path, asset in outline.assets.items() if asset.sha256 == sha256]
    if not paths:
        return {}
    named = _named_in(version_id, outline)
    found: dict[tuple[str, str], Place] = {}
    for path in paths:
        keys = named.get(path, ())
        for key in keys:
            found[path, key] = (outline.unit_of(key), outline.blocks[key])
        if not keys:
            found[path, ""] = (None, None)
    return found


def _named_in(version_id: int, outline: Outline) -> dict[str, tuple[str, ...]]:
    kept = _named.get(version_id)
    if kept is not None:
        return kept
    numbers = [block.version for block in outline.blocks.values()]
    bodies = dict(BlockVersion.objects.filter(pk__in=numbers).values_list("pk", "olx"))
    found: dict[str, list[str]] = {}
    for key, block in outline.blocks.items():
        for path in paths_named(bodies.get(block.version, ""), outline.assets):
            found.setdefault(path, []).append(key)
    return _named.keep(version_id, {path: tuple(keys) for path, keys in found.items()})


def paths_named(olx: str, paths: Iterable[str]) -> set[str]:
    """Which of `paths` a block's text names as /static/…, plainly, percent-encoded or as entities."""
    if "/static/" not in olx:
        return set()
    text = unescape(olx)
    there = {unquote(name).rstrip(".,;)") for name in _STATIC.findall(text)}
    # A name with a space ends too early in the pattern: look for it as a whole.
    odd = {path for path in paths if not _STATIC.fullmatch(f"/static/{path}") and f"/static/{path}" in text}
    return odd | {path for path in paths if path in there}
