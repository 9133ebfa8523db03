"""Opening a course: a folder, a .tar.gz or a .zip from somebody we do not know."""

import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from courses.olx.problems import OlxRefused

CHUNK = 1 << 16
JUNK = {"__MACOSX", ".DS_Store", ".git", ".github", ".gitattributes", ".gitignore"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a course may hold before we stop reading."""

    entries: int = 20_000
    file_bytes: int = 500_000_000
    total_bytes: int = 2_000_000_000
    ratio: int = 200  # unpacked to packed bytes; real archives stay below 30
    path_length: int = 300


class Package:
    """The files of one course below `root`. Nothing outside it can be named."""

    def __init__(self, root: Path, without: Path | None = None) -> None:
        self.root = root
        # A folder inside that is not the course's.
        self.without = _inside(root, without) if without else None
        self.digests: dict[Path, str] = {}  # sha256 of the files that were hashed already

    def read(self, path: str, limit: int = 50_000_000) -> bytes | None:
        """The file's bytes, or None when there is no such file in the course."""
        file = self.file(path)
        if file is None:
            return None
        if file.stat().st_size > limit:
            raise OlxRefused("file-too-large", path)
        return file.read_bytes()

    def file(self, path: str) -> Path | None:
        """Where the file is on disk; None for what is missing, linked or outside."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            return None
        for form in ("NFC", "NFD"):  # archives made on a Mac spell ế as three characters
            file = self.root.joinpath(*(unicodedata.normalize(form, part) for part in parts))
            if file.is_file() and not _is_linked(file, self.root):
                return file
        return None

    def files_under(self, folder: str) -> list[str]:
        """Paths below `folder`, relative to the course, links and hidden files left out, sorted."""
        top = self.root / folder if folder else self.root
        if not top.is_dir() or _is_linked(top, self.root):
            return []
        found = []
        for file in top.rglob("*"):
            relative = file.relative_to(self.root)
            if self.without is not None and file.is_relative_to(self.without):
                continue
            if file.is_file() and not _is_linked(file, self.root) and not _is_junk(relative.parts):
                found.append(relative.as_posix())
        return sorted(found)


@contextmanager
def open_package(path: Path, limits: Limits | None = None, without: Path | None = None) -> Iterator[Package]:
    """The course at `path`; archives are unpacked to a folder that goes away afterwards."""
    limits = limits or Limits()
    if path.is_dir():
        yield Package(_course_folder(path), without)
        return
    if not path.is_file():
        raise OlxRefused("missing-file", path.name)
    with open_archive(path, limits) as package:
        yield Package(_course_folder(package.root))


@contextmanager
def open_archive(path: Path, limits: Limits | None = None) -> Iterator[Package]:
    """The files of any .tar, .tar.gz or .zip, unpacked to a folder that goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="olx-") as scratch:
        _unpack(path, Path(scratch), limits or Limits())
        yield Package(Path(scratch))


def _course_folder(root: Path) -> Path:
    """Exports hold `course.xml` at the top or in one folder, mostly called `course`."""
    if (root / "course.xml").is_file():
        return root
    inner = [folder for folder in sorted(root.iterdir()) if (folder / "course.xml").is_file()]
    if len(inner) != 1 or inner[0].is_symlink():
        raise OlxRefused("no-course", root.name, "no course.xml at the top or in one folder")
    return inner[0]


def _unpack(archive: Path, target: Path, limits: Limits) -> None:
    budget = _Budget(limits, packed=archive.stat().st_size)
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                _unpack_zip(opened, target, budget)
        else:
            with tarfile.open(archive, "r:*") as opened_tar:
                _unpack_tar(opened_tar, target, budget)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise OlxRefused("broken-archive", archive.name, str(error)[:200]) from error


def _unpack_tar(archive: tarfile.TarFile, target: Path, budget: "_Budget") -> None:
    for member in archive:
        budget.count_entry(member.name)
        if member.isdir():
            continue
        if member.issym() or member.islnk():
            raise OlxRefused("link", member.name)
        if not member.isfile():
            raise OlxRefused("not-a-file", member.name)
        source = archive.extractfile(member)
        if source is not None:
            _write(source, target, member.name, budget)


def _unpack_zip(archive: zipfile.ZipFile, target: Path, budget: "_Budget") -> None:
    for member in archive.infolist():
        budget.count_entry(member.filename)
        if member.is_dir():
            continue
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise OlxRefused("link", member.filename)
        if member.flag_bits & 1:
            raise OlxRefused("encrypted", member.filename)
        with archive.open(member) as source:
            _write(source, target, member.filename, budget)


def _write(source: IO[bytes], target: Path, name: str, budget: "_Budget") -> None:
    parts = _safe_parts(name, budget.limits)
    if _is_junk(parts):
        return
    place = target.joinpath(*parts)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            written = 0
            while chunk := source.read(CHUNK):
                written += len(chunk)
                budget.count_bytes(len(chunk), written, name)
                file.write(chunk)
    except OSError as error:  # a file where a folder should be, a name this disk cannot hold
        raise OlxRefused("bad-path", name[:300], type(error).__name__) from error


def _safe_parts(name: str, limits: Limits) -> tuple[str, ...]:
    if "\x00" in name or "\\" in name or name.startswith("/") or len(name) > limits.path_length:
        raise OlxRefused("bad-path", name[:300])
    parts = tuple(unicodedata.normalize("NFC", part) for part in PurePosixPath(name).parts)
    if not parts or ".." in parts or ":" in parts[0] or any(len(p.encode()) > 255 for p in parts):
        raise OlxRefused("bad-path", name[:300])
    return parts


def _inside(root: Path, folder: Path) -> Path | None:
    """`folder` as a path that begins with `root`, None when it lies elsewhere."""
    top, folder = root.resolve(), folder.resolve()
    return root / folder.relative_to(top) if folder.is_relative_to(top) else None


def _is_junk(parts: tuple[str, ...]) -> bool:
    return any(part in JUNK or part.startswith("._") for part in parts)


def _is_linked(file: Path, root: Path) -> bool:
    """A link anywhere between `root` and `file` could show files that are not the course's."""
    current = file
    while current != root:
        if current.is_symlink():
            return True
        current = current.parent
    return False


class _Budget:
    """Counts what really comes out of an archive; its own header may lie."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self.entries = self.bytes = 0
        self.allowed = min(limits.total_bytes, max(packed, 100_000) * limits.ratio)

    def count_entry(self, name: str) -> None:
        self.entries += 1
        if self.entries > self.limits.entries:
            raise OlxRefused("too-many-files", name[:300])

    def count_bytes(self, more: int, of_this_file: int, name: str) -> None:
        self.bytes += more
        if self.bytes > self.allowed or of_this_file > self.limits.file_bytes:
            raise OlxRefused("too-large", name[:300], "unpacks to more than we accept")
