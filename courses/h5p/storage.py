"""Where files of libraries and packages lie in the default storage. Names hold hashes: nothing changes."""

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from courses.h5p.engine.libraries import FileEntry, LibraryFacts

LIBRARIES, FILES, PACKAGES, QUARANTINE = "h5p/libraries", "h5p/files", "h5p/packages", "h5p/quarantine"


def library_folder(facts: LibraryFacts) -> str:
    """ "h5p/libraries/H5P.MultiChoice-1.16/14-0123456789ab"."""
    name = facts.name
    folder = f"{name.machine_name}-{name.major}.{name.minor}/{facts.patch}-{facts.sha256[:12]}"
    return f"{LIBRARIES}/{folder}"


def content_name(entry: FileEntry) -> str:
    """ "h5p/files/01/0123….png": packages with the same picture share it."""
    suffix = PurePosixPath(entry.path).suffix.lower()
    return f"{FILES}/{entry.sha256[:2]}/{entry.sha256}{suffix}"


def package_name(sha256: str) -> str:
    """The .h5p file as it came: "h5p/packages/0123….h5p"."""
    return f"{PACKAGES}/{sha256}.h5p"


def quarantine_name() -> str:
    """Where a package waits for a library manager's yes; nobody can guess it."""
    return f"{QUARANTINE}/{secrets.token_urlsafe(24)}.h5p"


def keep(name: str, content: IO[bytes]) -> None:
    """Store a file under a name that holds its hash. What is there stays; a half-written file never is.

    Two imports may store the same file at the same moment, and one may die while it writes: on a disk
    the file is written beside its place and then linked into it, which fails where something lies.
    """
    if default_storage.exists(name):
        _used_again(name)
        return
    place = _on_disk(name)
    if place is None:  # elsewhere (S3) a file appears whole or not at all
        default_storage.save(name, File(content))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.parent / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as out:
            shutil.copyfileobj(content, out, 1 << 16)
        part.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        os.link(part, place)
    except FileExistsError:
        pass  # another import was faster with the same bytes
    finally:
        part.unlink(missing_ok=True)


def lying(folder: str) -> Iterator[str]:
    """Every file below a folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        yield f"{folder}/{file}"
    for inner in folders:
        yield from lying(f"{folder}/{inner}")


def wanted_last(name: str) -> datetime:
    """When a file was stored, or an import last found it there."""
    moment: datetime = default_storage.get_modified_time(name)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _used_again(name: str) -> None:
    """The clean-up must not take it from the import that counts on it."""
    place = _on_disk(name)
    if place is not None:
        os.utime(place)


def _on_disk(name: str) -> Path | None:
    storage: Any = default_storage
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None
