"""Pictures, settings and other files that are not the same in the draft: `drafts/files.json`.

OLX has no word for them. `added` lie where others of their kind lie and belong only to the draft;
`changed` lie below `drafts/` under their own path; `removed` the draft does not have any more.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courses.olx.names import DRAFTS
from courses.olx.package import Package

MANIFEST = f"{DRAFTS}files.json"
LARGEST = 5_000_000


@dataclass(frozen=True)
class FileChanges:
    """Paths of files that the draft has otherwise."""

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def published(self, package: Package) -> Package:
        """The files that belong to the published course."""
        return PackageView(package, self._drafted | self.added, {}) if self else package

    def draft(self, package: Package) -> Package:
        """The files that belong to the draft."""
        instead = {path: DRAFTS + path for path in self.changed}
        return PackageView(package, self._drafted | self.removed, instead) if self else package

    @property
    def _drafted(self) -> frozenset[str]:
        return frozenset({MANIFEST, *(DRAFTS + path for path in self.changed)})

    def to_bytes(self) -> bytes:
        lists = {name: sorted(getattr(self, name)) for name in ("added", "changed", "removed")}
        return json.dumps({name: paths for name, paths in lists.items() if paths}, indent=1).encode() + b"\n"


def read_file_changes(package: Package) -> FileChanges:
    """What `drafts/files.json` says; nothing when it cannot be read."""
    try:
        content: Any = json.loads(package.read(MANIFEST, LARGEST) or b"{}")
    except (ValueError, RecursionError):
        return FileChanges()
    if not isinstance(content, dict):
        return FileChanges()
    changed = {path for path in _paths(content, "changed") if package.file(DRAFTS + path) is not None}
    return FileChanges(_paths(content, "added"), frozenset(changed), _paths(content, "removed"))


def _paths(content: Mapping[str, Any], name: str) -> frozenset[str]:
    found = content.get(name, [])
    paths = [path for path in found if isinstance(path, str)] if isinstance(found, list) else []
    return frozenset(unicodedata.normalize("NFC", path) for path in paths if not path.startswith(DRAFTS))


@dataclass
class PackageView(Package):
    """A package without some of its files, and with others in their place."""

    package: Package
    hidden: frozenset[str]
    instead: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root, self.without, self.digests = self.package.root, self.package.without, self.package.digests

    def file(self, path: str) -> Path | None:
        name = unicodedata.normalize("NFC", path)
        if name in self.instead:
            return self.package.file(self.instead[name])
        return None if name in self.hidden else self.package.file(path)

    def files_under(self, folder: str) -> list[str]:
        below = f"{folder}/" if folder else ""
        found = self.package.files_under(folder)
        shown = {path for path in found if unicodedata.normalize("NFC", path) not in self.hidden}
        return sorted(shown | {path for path in self.instead if path.startswith(below)})
