"""Names of files in a package: which are refused, which are nobody's business."""

import re
import unicodedata
from collections.abc import Iterable

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.problems import Findings

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.[^/]*)?(?:/|$)", re.IGNORECASE
)
_ENDING = re.compile(r"[. ](?:/|$)")
_JUNK = {"thumbs.db", "desktop.ini"}


def decoded(raw: bytes, findings: Findings) -> str:
    """The name as text. Old tools write UTF-8 without saying so; anything else cannot be told apart."""
    try:
        return unicodedata.normalize("NFC", raw.decode())
    except UnicodeDecodeError:
        shown = raw.decode("ascii", "replace")
        findings.add("name-encoding", shown)
        return shown


def check_name(name: str, raw: bytes, limits: Limits, findings: Findings) -> None:
    """Everything a name can be refused for by itself; the first reason is the one that is told."""
    parts = name.removesuffix("/").split("/")
    if "\\" in name:
        findings.add("name-backslash", name)
    elif name.startswith("/") or _DRIVE.match(name):
        findings.add("name-absolute", name)
    elif ".." in parts or "." in parts or "" in parts:
        findings.add("name-outside", name)
    elif _FORBIDDEN.search(name):
        findings.add("name-characters", name)
    elif max(len(raw), len(name.encode())) > limits.name_bytes or len(parts) > limits.name_parts:
        findings.add("name-too-long", name)
    elif _ENDING.search(name):
        findings.add("name-ending", name)
    elif _RESERVED.search(name):
        findings.add("name-reserved", name)


def check_together(names: Iterable[str], findings: Findings) -> None:
    """No two names that one disk or another would take for the same."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFC", name.casefold())
        if key not in seen:
            seen[key] = name
            _add_folders(key, folders)
        elif seen[key] == name:
            findings.add("name-twice", name)
        else:
            findings.add("name-case", name, seen[key])
    for key in sorted(folders & seen.keys()):
        findings.add("file-and-folder", seen[key])


def is_junk(name: str) -> bool:
    """What systems leave behind, and what H5P itself skips: names that begin with a dot or underscore."""
    if name.startswith((".", "_")) or "/." in name or "/_" in name:
        return True
    return name.rpartition("/")[2].lower() in _JUNK


def _add_folders(key: str, folders: set[str]) -> None:
    folder = key.rpartition("/")[0]
    while folder and folder not in folders:
        folders.add(folder)
        folder = folder.rpartition("/")[0]
