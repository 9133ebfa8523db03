"""Files of other people's packages for browsers, and the unpacked packages authors upload to them."""

import hashlib
import re
import stat
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.shared.errors import Refused

# Folders that packages expect to be served although XBlock knows only `public/`.
MORE_FOLDERS = {"markdown": ("static/css/", "static/js/"), "problem": ("problem/public/",)}
ROOTS = ("h5pxblockmedia/", "scorm/")
OUTSIDE_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?(?:https?:)?//[^;]*;""")
MAX_FILES, MAX_UNPACKED, MAX_RATIO = 20_000, 600_000_000, 100


def package_file(cls: type[Any], block_type: str, uri: str) -> bytes:
    """The file's bytes; DisallowedFileError or OSError where there is none to give."""
    if uri.startswith(MORE_FOLDERS.get(block_type, ())) and ".." not in PurePosixPath(uri).parts:
        return files(cls.__module__.partition(".")[0]).joinpath(uri).read_bytes()
    with cls.open_local_resource(uri) as opened:
        content = opened.read()
        return content if isinstance(content, bytes) else content.encode()


class PackageStorage(Storage):
    """Where SCORM and H5P blocks unpack what is uploaded to them: the default storage, but nothing is
    ever deleted or written twice. A published version keeps its files when a draft gets new ones; each
    upload has a folder named after its content.
    """

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        return default_storage.open(name, mode)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        path = clean_path(name or "")
        return path if default_storage.exists(path) else default_storage.save(path, content)

    def delete(self, name: str) -> None:
        """Kept: older versions show it."""

    def exists(self, name: str) -> bool:
        return default_storage.exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return default_storage.listdir(path)

    def size(self, name: str) -> int:
        return default_storage.size(name)

    def url(self, name: str | None) -> str:
        return settings.PLAYER_URL + reverse(
            "unpacked", urlconf=settings.PLAYER_URLCONF, args=[clean_path(name or "")]
        )


def storage_of(_block: Any) -> Storage:
    """For the setting STORAGE_FUNC of the SCORM block."""
    return PackageStorage()


def clean_path(name: str) -> str:
    """A path below the folders of packages; ValueError for any other."""
    path = str(PurePosixPath(name))
    if not path.startswith(ROOTS) or ".." in PurePosixPath(path).parts or "\\" in path or "\x00" in path:
        raise ValueError(name)
    return path


def without_outside(css: str) -> str:
    """A style sheet without those it would fetch from other servers."""
    return OUTSIDE_IMPORT.sub("", css)


def is_outside(address: str) -> bool:
    """Does a script or style sheet lie on somebody else's server?"""
    return address.startswith(("//", "http://", "https://")) and not address.startswith(settings.PLAYER_URL)


def refuse_unsafe(uploaded: Any) -> None:
    """Refused for an uploaded file that is no zip, a bomb, or has names that lead out of its folder."""
    try:
        with ZipFile(uploaded) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError) as error:
        raise Refused("no-package", str(_("This file is no SCORM or H5P package."))) from error
    finally:
        uploaded.seek(0)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > min(MAX_UNPACKED, MAX_RATIO * max(uploaded.size, 100_000)):
        raise Refused("package-too-large", str(_("This package is too large when it is unpacked.")))
    if not all(_is_plain(entry) for entry in entries):
        raise Refused("unsafe-package", str(_("This package has file names that lead out of it.")))


def _is_plain(entry: ZipInfo) -> bool:
    """A file or folder inside the archive; no link, no path to elsewhere."""
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    path = PurePosixPath(entry.filename)
    return not is_link and not path.is_absolute() and ".." not in path.parts and "\\" not in entry.filename


def sha256_of(uploaded: Any) -> str:
    """The hash of an uploaded file, which is left at its start."""
    digest = hashlib.sha256()
    uploaded.seek(0)
    for chunk in iter(lambda: uploaded.read(1 << 20), b""):
        digest.update(chunk)
    uploaded.seek(0)
    return digest.hexdigest()
