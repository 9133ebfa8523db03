"""Reading the library folders of a package: every file once, hashed on the way."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from courses.h5p.engine.archive import Archive
from courses.h5p.engine.drawings import check_drawing
from courses.h5p.engine.fields import Field, parse_counted
from courses.h5p.engine.file_types import IN_LIBRARIES, suffix_of
from courses.h5p.engine.json_text import check_depth, parsed, read_small, values_in
from courses.h5p.engine.libraries import FileEntry, LibraryFacts, LibraryName, sha256_of_files
from courses.h5p.engine.library_json import name_and_patch, parse_library
from courses.h5p.engine.limits import Limits
from courses.h5p.engine.problems import Findings, refuse

KEPT = 1 << 16  # bytes of a file that are held until it is clear whether its library is known
_KEPT_TOTAL = 1 << 22
_KINDS = ("json", "svg", "xml")


class Known(Protocol):
    """What a host knows already, so that it need not be looked into again."""

    def facts(self, name: LibraryName, patch: int, sha256: str) -> LibraryFacts | None:
        """Of a library that is here with these very bytes."""

    def is_trusted(self, name: LibraryName, patch: int, sha256: str) -> bool:
        """Somebody looked at these very bytes before they came onto a list."""


class NothingKnown:
    """Every library is checked in full."""

    def facts(self, _name: LibraryName, _patch: int, _sha256: str) -> None:
        return None

    def is_trusted(self, _name: LibraryName, _patch: int, _sha256: str) -> bool:
        return False


@dataclass(slots=True)
class LibraryReader:
    """Reads libraries one after the other; what they may cost together is counted."""

    archive: Archive
    limits: Limits
    known: Known = field(default_factory=NothingKnown)
    findings: Findings = field(default_factory=Findings)
    json_values: int = 0
    semantics_values: int = 0
    drawing_bytes: int = 0
    fields_read: int = 0
    fields: dict[str, tuple[Field, ...]] = field(default_factory=dict)  # by the library's checksum
    folders: dict[LibraryName, str] = field(default_factory=dict)  # where each lies in this package

    def read(self, folders: Iterable[str]) -> dict[LibraryName, LibraryFacts]:
        """By name; `Rejected` when one of them breaks a rule."""
        files: dict[str, list[str]] = {folder: [] for folder in folders}
        for path in self.archive.entries:
            folder, _, inner = path.partition("/")
            if folder in files:
                files[folder].append(inner)
        self._check_types(files)
        found: dict[LibraryName, LibraryFacts] = {}
        for folder, paths in files.items():
            facts = self._library(folder, paths)
            if facts is not None and facts.name in found:
                self.findings.add("library-twice", folder, facts.name)
            elif facts is not None:
                found[facts.name] = facts
                self.folders[facts.name] = folder
        self.findings.stop()
        return found

    def _check_types(self, files: dict[str, list[str]]) -> None:
        for folder, paths in files.items():
            for path in paths:
                if suffix_of(path) not in IN_LIBRARIES:
                    self.findings.add("file-type", f"{folder}/{path}")
            if "library.json" not in paths:
                self.findings.add("no-library-json", folder)
        self.findings.stop()

    def _library(self, folder: str, paths: list[str]) -> LibraryFacts | None:
        kept: dict[str, bytes | None] = {}
        entries = self._hashed(folder, paths, kept)
        sha256 = sha256_of_files(entries)
        manifest = self._json(folder, "library.json", kept["library.json"])
        name, patch = name_and_patch(manifest)
        if name is not None and patch is not None and folder in (name.machine_name, name.folder):
            facts = self.known.facts(name, patch, sha256)
            if facts is not None:
                return facts
        if name is None or patch is None or not self.known.is_trusted(name, patch, sha256):
            for path in kept:
                if path not in ("library.json", "semantics.json"):
                    self._check_file(folder, path, kept[path])
        semantics, self.fields[sha256] = self._semantics(folder, kept)
        return parse_library(manifest, folder, entries, semantics, sha256, self.findings)

    def _hashed(self, folder: str, paths: list[str], kept: dict[str, bytes | None]) -> list[FileEntry]:
        """Files that are looked into are kept while small; None means: read it again."""
        entries, room = [], _KEPT_TOTAL
        for path in paths:
            whole = f"{folder}/{path}"
            size = self.archive.entries[whole].size
            if suffix_of(path) in _KINDS and size <= min(KEPT, room):
                content = self.archive.read(whole)
                kept[path] = content
                room -= size
                digest = hashlib.sha256(content)
            else:
                digest = hashlib.sha256()
                for chunk in self.archive.chunks(whole):
                    digest.update(chunk)
                if suffix_of(path) in _KINDS:
                    kept[path] = None
            entries.append(FileEntry(path, size, digest.hexdigest()))
        return sorted(entries, key=lambda entry: entry.path)

    def _check_file(self, folder: str, path: str, content: bytes | None) -> None:
        if suffix_of(path) == "json":
            self._json(folder, path, content)
        else:
            whole = f"{folder}/{path}"
            self.drawing_bytes += self.archive.entries[whole].size
            if self.drawing_bytes > self.limits.drawing_total:
                refuse("file-too-large", whole, f"{self.drawing_bytes} > {self.limits.drawing_total}")
            chunks = [content] if content is not None else self.archive.chunks(whole)
            check_drawing(chunks, whole, self.limits)

    def _semantics(
        self, folder: str, kept: dict[str, bytes | None]
    ) -> tuple[list[Any] | None, tuple[Field, ...]]:
        if "semantics.json" not in kept:
            return None, ()
        path = f"{folder}/semantics.json"
        content = self._counted(folder, "semantics.json", kept["semantics.json"])
        self.semantics_values += values_in(content)
        if self.semantics_values > self.limits.semantics_total:
            refuse("json-large", path, f"{self.semantics_values} > {self.limits.semantics_total}")
        value = parsed(content, path, self.limits)
        check_depth(value, path, self.limits)
        fields, count = parse_counted(value, path, self.limits.fields - self.fields_read)
        self.fields_read += count
        return list(value), fields

    def _json(self, folder: str, path: str, content: bytes | None) -> Any:
        return parsed(self._counted(folder, path, content), f"{folder}/{path}", self.limits)

    def _counted(self, folder: str, path: str, content: bytes | None) -> bytes:
        """The text of a JSON file, as long as all of them together are not too much."""
        whole = f"{folder}/{path}"
        if content is None:
            content = read_small(self.archive, whole, self.limits)
        self.json_values += values_in(content)
        if self.json_values > self.limits.json_total:
            refuse("json-large", whole, f"{self.json_values} > {self.limits.json_total}")
        return content
