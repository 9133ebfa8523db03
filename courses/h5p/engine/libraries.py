"""Libraries: their names, what is known of one version, and which others one needs."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

MACHINE_NAME = re.compile(r"[\w0-9\-.]{1,255}", re.ASCII)
_SPOKEN = re.compile(r"([\w0-9\-.]{1,255}) (\d{1,5})\.(\d{1,5})", re.ASCII)
EDITOR = "H5PEditor."  # libraries for the official editor; they play nothing


@dataclass(frozen=True, order=True, slots=True)
class LibraryName:
    """A library in one version, as content asks for it; patches are interchangeable."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @classmethod
    def spoken(cls, text: object) -> "LibraryName | None":
        """From "H5P.MultiChoice 1.16", the form in which content names libraries."""
        match = _SPOKEN.fullmatch(text) if isinstance(text, str) else None
        return cls(match[1], int(match[2]), int(match[3])) if match else None

    @property
    def is_for_editor(self) -> bool:
        return self.machine_name.startswith(EDITOR)

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file by its content. `path` begins inside the library or the content folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class LibraryFacts:
    """One patch version: what its library.json says, its fields and its files."""

    name: LibraryName
    patch: int
    title: str
    runnable: bool
    core_api: tuple[int, int] | None
    author: str
    licence: str
    embed_types: tuple[str, ...]
    preloaded_js: tuple[str, ...]
    preloaded_css: tuple[str, ...]
    preloaded: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...]
    editor: tuple[LibraryName, ...]
    languages: tuple[str, ...]
    semantics: list[Any] | None
    sha256: str
    files: tuple[FileEntry, ...] = field(repr=False)

    @property
    def version(self) -> str:
        return f"{self.name.major}.{self.name.minor}.{self.patch}"

    def __str__(self) -> str:
        return f"{self.name.machine_name} {self.version}"

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dicts; `from_json` makes the same facts of them."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "LibraryFacts":
        names = {key: tuple(LibraryName(**name) for name in kept[key]) for key in _NAMES}
        texts = {key: tuple(kept[key]) for key in _TEXTS}
        return cls(
            **{
                **kept,
                **names,
                **texts,
                "name": LibraryName(**kept["name"]),
                "core_api": tuple(kept["core_api"]) if kept["core_api"] else None,
                "files": tuple(FileEntry(**file) for file in kept["files"]),
            }
        )


_NAMES = ("preloaded", "dynamic", "editor")
_TEXTS = ("embed_types", "preloaded_js", "preloaded_css", "languages")


def sha256_of_files(files: Iterable[FileEntry]) -> str:
    """One checksum for a file set, whatever the order and the time stamps of the archive."""
    digest = sha256()
    for line in sorted(f"{file.path}\0{file.sha256}\n" for file in files):
        digest.update(line.encode())
    return digest.hexdigest()


def closure(
    main: Iterable[LibraryName], find: Callable[[LibraryName], LibraryFacts | None]
) -> tuple[list[LibraryFacts], list[LibraryName]]:
    """All that `main` needs, each after what it builds on, and what was not found; none for the editor."""
    order: list[LibraryFacts] = []
    missing: list[LibraryName] = []
    seen: set[LibraryName] = set()
    # What waits, the next one last; a pair with facts means: all it needs has been placed.
    waiting: list[tuple[LibraryName, LibraryFacts | None]] = [(name, None) for name in reversed(list(main))]
    while waiting:
        name, done = waiting.pop()
        if done is not None:
            order.append(done)
        elif name not in seen and not name.is_for_editor:
            seen.add(name)
            facts = find(name)
            if facts is None:
                missing.append(name)
                continue
            waiting.append((name, facts))
            waiting.extend((needed, None) for needed in reversed(facts.preloaded))
    return order, missing
