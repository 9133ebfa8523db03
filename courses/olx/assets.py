"""The static files of a course, by content."""

import hashlib
import mimetypes
import unicodedata
from collections.abc import Container
from pathlib import Path

from courses.olx.outline import AssetRef
from courses.olx.package import Package
from courses.olx.problems import Problem

MAX_PATH = 300
# The system's list differs between machines; what courses really use is fixed here.
TYPES = {
    ".vtt": "text/vtt",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".json": "application/json",
    ".h5p": "application/x-h5p",
}


def read_assets(package: Package, notes: list[Problem]) -> tuple[dict[str, AssetRef], dict[str, Path]]:
    """Each file below `static/` with its hash, and where it lies now."""
    assets: dict[str, AssetRef] = {}
    files: dict[str, Path] = {}
    for path in package.files_under("static"):
        file = package.file(path)
        name = unicodedata.normalize("NFC", path.removeprefix("static/"))
        if file is None:
            continue
        if len(name) > MAX_PATH:
            notes.append(Problem("name-too-long", f"static/{name[:60]}…"))
            continue
        assets[name], files[name] = asset_ref(file, name, package), file
    return assets, files


def read_other_files(package: Package, taken: Container[str]) -> tuple[dict[str, AssetRef], dict[str, Path]]:
    """Files that no element holds: policies, tabs, about, and whatever else lies there."""
    refs: dict[str, AssetRef] = {}
    paths: dict[str, Path] = {}
    for path in package.files_under(""):
        name = unicodedata.normalize("NFC", path)
        file = package.file(path)
        if file is None or name.startswith("static/") or name in taken:
            continue
        refs[name], paths[name] = asset_ref(file, name, package), file
    return refs, paths


def asset_ref(file: Path, name: str, package: Package) -> AssetRef:
    """The file by its content, read once however often the package is looked through."""
    if file not in package.digests:
        package.digests[file] = _sha256(file)
    return AssetRef(package.digests[file], file.stat().st_size, media_type(name))


def media_type(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def storage_name(path: str, sha256: str) -> str:
    """Where the bytes are kept: by content, so the same picture in two modules is one file."""
    return f"courses/{sha256[:2]}/{sha256}{Path(path).suffix.lower()[:10]}"
