"""Files into a folder, a .tar.gz or a .zip; the same files always give the same bytes."""

import gzip
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from courses.olx.problems import OlxRefused

Format = Literal["folder", "tar.gz", "zip"]
FORMATS: tuple[Format, ...] = ("folder", "tar.gz", "zip")
ROOT = "course"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


@dataclass(frozen=True)
class Part:
    """One file of a course: where it goes, how long it is, and its bytes when they are needed."""

    path: str
    size: int
    open: Callable[[], IO[bytes]]

    @classmethod
    def of(cls, path: str, content: bytes) -> "Part":
        return cls(path, len(content), lambda: BytesIO(content))


def pack(parts: Iterable[Part], target: Path, format: Format) -> None:
    """Write a course to `target`; a folder must be new or empty."""
    if format == "folder":
        _write_folder(parts, target)
        return
    with target.open("wb") as out:
        pack_into(parts, out, format)


def pack_into(parts: Iterable[Part], out: IO[bytes], format: Format) -> None:
    """Write a course as an archive."""
    ordered = sorted(parts, key=lambda part: part.path)
    if format == "zip":
        _write_zip(ordered, out)
    else:
        _write_tar(ordered, out)


def _write_folder(parts: Iterable[Part], target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OlxRefused("not-empty", target.name, "the folder to write to is not empty")
    for part in parts:
        place = target / part.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with part.open() as source, place.open("wb") as out:
            shutil.copyfileobj(source, out)


def _write_tar(parts: Iterable[Part], out: IO[bytes]) -> None:
    packed = gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=6)
    with packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for part in parts:
            member = tarfile.TarInfo(f"{ROOT}/{part.path}")
            member.size, member.mode, member.mtime = part.size, 0o644, 0
            with part.open() as source:
                archive.addfile(member, source)


def _write_zip(parts: Iterable[Part], out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            member = zipfile.ZipInfo(f"{ROOT}/{part.path}", LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            with part.open() as source, archive.open(member, "w", force_zip64=part.size > 1 << 31) as place:
                shutil.copyfileobj(source, place)
