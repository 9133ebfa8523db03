"""Values of picture, film, sound and file fields: an address and what is known of the file."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from courses.h5p.engine.fields import Field
from courses.h5p.engine.problems import Findings
from courses.h5p.engine.sanitise import plain, plain_values

_COPYRIGHT = frozenset(("title", "author", "year", "source", "license", "version"))
_OTHER_CONTENT = re.compile(r"(?:\.\./){1,2}(?:.*content/)?(?:\d+|editor)/(.+)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\<>\"'|?*]")
_KEYS = {
    "image": {"width", "height", "originalImage", "alt", "mime"},
    "video": {"width", "height", "codecs", "quality", "bitrate", "mime", "metadata"},
    "audio": {"mime", "metadata"},
    "file": {"mime"},
}
_INNER = frozenset(("level", "label", "title", "contentType", "license"))


@dataclass(frozen=True, slots=True)
class FileUse:
    """Where the parameters name a file: one of the package (`file`) or one elsewhere (`host`)."""

    path: str  # of the field: "media.type.file"
    file: str = ""
    host: str = ""


def cleaned_file(one: Field, value: Any, path: str, uses: list[FileUse], findings: Findings) -> Any:
    """The value with the keys its type knows; None for what names no file."""
    address = value.get("path") if isinstance(value, dict) else None
    if not isinstance(address, str) or not address:
        return None
    kept_address = _address(address, path, uses, findings)
    if kept_address is None:
        return None
    keys = _KEYS[one.type].union(one.extra_attributes)
    cleaned = {key: _known(key, value[key]) for key in value if key in keys}
    cleaned = {key: inner for key, inner in cleaned.items() if inner is not None}
    if isinstance(value.get("copyright"), dict):
        cleaned["copyright"] = plain_values(value["copyright"], _COPYRIGHT)
    return {"path": kept_address, **cleaned}


def _known(key: str, value: Any) -> Any:
    if key in ("width", "height", "bitrate"):
        return _pixels(value)
    if key == "originalImage":
        return _inside(value) if isinstance(value, str) else None
    return plain_values(value, _INNER)


def _address(address: str, path: str, uses: list[FileUse], findings: Findings) -> str | None:
    if _SCHEME.match(address):
        return _elsewhere(address, path, uses, findings)
    file = _inside(address)
    if file is None:
        findings.add("file-address", path, address)
        return None
    uses.append(FileUse(path, file=file))
    return file


def _inside(address: str) -> str | None:
    """A path below content/; what an editor left behind it or before it is cut off."""
    address = unicodedata.normalize("NFC", address.removesuffix("#tmp"))
    if other := _OTHER_CONTENT.fullmatch(address):
        address = other[1]
    parts = address.split("/")
    if _UNSAFE.search(address) or ".." in parts or "" in parts or "." in parts:
        return None
    return address


def _elsewhere(address: str, path: str, uses: list[FileUse], findings: Findings) -> str | None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.username or _UNSAFE_IN_URL.search(address):
        findings.add("file-address", path, address)
        return None
    uses.append(FileUse(path, host=host))
    return plain(address)


_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\\<>\"'`]")


def _pixels(value: Any) -> int | None:
    """Whole numbers; editors write some as texts and some with a fraction."""
    try:
        number = int(float(value)) if isinstance(value, str | int | float) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and 0 <= number < 1 << 31 else None
