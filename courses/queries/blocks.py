"""Authored text of blocks and the register of sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import default_storage

from courses.models import BlockVersion
from courses.olx.assets import storage_name
from courses.olx.outline import AssetRef
from courses.olx.sources import Source, parse_sources
from courses.olx.vtt import Cue, parse_sjson, parse_vtt
from courses.queries.version_cache import VersionCache


@dataclass(frozen=True, slots=True)
class BlockText:
    """One block version as its author wrote it."""

    usage_key: str
    block_type: str
    olx: str


_texts: VersionCache[int, BlockText] = VersionCache(300)
_transcripts: VersionCache[str, tuple[Cue, ...]] = VersionCache(200)


def block_texts(version_ids: Iterable[int]) -> dict[int, BlockText]:
    """By BlockVersion id; one query for those this process has not seen lately."""
    wanted = set(version_ids)
    found = {pk: kept for pk in wanted if (kept := _texts.get(pk)) is not None}
    if missing := wanted - found.keys():
        rows = BlockVersion.objects.filter(pk__in=missing)
        for pk, *facts in rows.values_list("pk", "usage_key", "block_type", "olx"):
            found[pk] = _texts.keep(pk, BlockText(*facts))
    return found


def transcript(path: str, asset: AssetRef) -> tuple[Cue, ...]:
    """The lines of a captions file; none when the file is gone from the storage."""
    kept = _transcripts.get(asset.sha256)
    if kept is not None:
        return kept
    parse = parse_sjson if path.endswith((".sjson", ".json")) else parse_vtt
    try:
        with default_storage.open(storage_name(path, asset.sha256)) as file:
            cues = tuple(parse(file.read(2_000_000).decode("utf-8", errors="replace")))
    except OSError:
        return ()
    return _transcripts.keep(asset.sha256, cues)


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """The register of sources, `content/sources.xml`, read once per process."""
    path = settings.BASE_DIR / "content" / "sources.xml"
    return parse_sources(path.read_bytes()) if path.exists() else {}
