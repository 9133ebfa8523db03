"""Which pictures of a module were made with artificial intelligence, as the media library knows it."""

from courses.models import AiLabel, MediaItem
from courses.olx.outline import Outline
from courses.queries.version_cache import VersionCache
from lms.shared import clock

KEPT = 60  # seconds: versions never change, but what the library says of a picture may be put right

# By module version and minute.
_labels: VersionCache[tuple[int, int], dict[str, tuple[str, str]]] = VersionCache(200)


def picture_labels(version_id: int, outline: Outline) -> dict[str, tuple[str, str]]:
    """Path of a picture → label and tool, for those that need a label. One query a minute and version."""
    pictures = {p: a.sha256 for p, a in outline.assets.items() if a.media_type.startswith("image/")}
    if not pictures:
        return {}
    key = (version_id, int(clock.now().timestamp()) // KEPT)
    kept = _labels.get(key)
    if kept is not None:
        return kept
    said = MediaItem.objects.filter(
        sha256__in=set(pictures.values()), ai_label__in=[AiLabel.ASSISTED, AiLabel.GENERATED]
    )
    facts = {
        sha256: (label, tool) for sha256, label, tool in said.values_list("sha256", "ai_label", "ai_tool")
    }
    return _labels.keep(key, {p: facts[sha256] for p, sha256 in pictures.items() if sha256 in facts})
