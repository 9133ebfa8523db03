"""Writing a package; the same parts always give the same bytes."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, BinaryIO

from courses.h5p.engine.libraries import LibraryFacts

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
# Packed already: packing them again costs time and wins nothing.
_PACKED = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".mp3",
    ".m4a",
    ".ogg",
    ".mp4",
    ".webm",
    ".woff",
    ".woff2",
)


def write_package(
    out: BinaryIO,
    *,
    manifest: dict[str, Any],
    params: Any,
    files: Iterable[tuple[str, BinaryIO]] = (),
    libraries: Iterable[tuple[LibraryFacts, Callable[[str], BinaryIO]]] = (),
) -> None:
    """An .h5p file. `files` go below content/; a library comes with a function that opens its files."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "h5p.json", BytesIO(_text(manifest)))
        _add(archive, "content/content.json", BytesIO(_text(params)))
        for path, content in sorted(files, key=lambda file: file[0]):
            with content:
                _add(archive, f"content/{path}", content)
        for facts, open_file in sorted(libraries, key=lambda library: library[0].name):
            for entry in sorted(facts.files, key=lambda file: file.path):
                with open_file(entry.path) as content:
                    _add(archive, f"{facts.name.folder}/{entry.path}", content)


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _add(archive: zipfile.ZipFile, path: str, content: BinaryIO) -> None:
    member = zipfile.ZipInfo(path, LONG_AGO)
    member.compress_type = zipfile.ZIP_STORED if path.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
    member.create_system, member.external_attr = 3, 0o100644 << 16
    with archive.open(member, "w", force_zip64=False) as place:
        shutil.copyfileobj(content, place, 1 << 18)
