"""How large the pictures of a module's draft are. Files are kept by content, so each is measured once."""

from django.core.files.storage import default_storage

from courses.media_files.pictures import size_of
from courses.media_files.problems import NotAccepted
from courses.olx.assets import storage_name
from courses.queries.editing import EditedBlock
from courses.queries.version_cache import VersionCache

LARGEST = 20_000_000  # bytes
_sizes: VersionCache[str, tuple[int, int]] = VersionCache(500)


def picture_size(edited: EditedBlock, static: str) -> tuple[int, int]:
    """Width and height in pixels of "/static/map.png"; (0, 0) for what is not there or no picture."""
    path = static.removeprefix("/static/")
    asset = edited.outline.assets.get(path)
    if asset is None:
        return (0, 0)
    kept = _sizes.get(asset.sha256)
    if kept is not None:
        return kept
    try:
        with default_storage.open(storage_name(path, asset.sha256)) as file:
            return _sizes.keep(asset.sha256, size_of(file.read(LARGEST), asset.media_type))
    except (OSError, NotAccepted):
        return (0, 0)
