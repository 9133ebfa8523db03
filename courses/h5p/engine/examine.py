"""The whole way from an uploaded file to something that may be kept: checks in the order of their cost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any, BinaryIO

from courses.h5p.engine.advice import advice_about
from courses.h5p.engine.archive import CHUNK, Archive
from courses.h5p.engine.cleaning import Cleaner, FieldsOf
from courses.h5p.engine.fields import Field, parse
from courses.h5p.engine.file_types import IN_CONTENT, check_type, suffix_of
from courses.h5p.engine.json_text import check_depth, read_json
from courses.h5p.engine.libraries import FileEntry, LibraryFacts, LibraryName, closure
from courses.h5p.engine.library_files import LibraryReader
from courses.h5p.engine.limits import LIMITS, Limits
from courses.h5p.engine.manifest import Manifest, parse_manifest
from courses.h5p.engine.policy import Choice, Installed, MemoryInstalled, Policy
from courses.h5p.engine.problems import Findings, Problem, refuse
from courses.h5p.engine.scores import max_score

__all__ = ["LIMITS", "Examined", "Installed", "Limits", "MemoryInstalled", "examine", "libraries_in"]

CONTENT = "content/"
PARAMS = "content/content.json"
MANIFEST = "h5p.json"
_NONE: Mapping[str, tuple[Field, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Examined:
    """A package that may be kept. `open` reads its members as long as the file it came from is open."""

    manifest: Manifest
    params: Any  # cleaned
    libraries: tuple[LibraryFacts, ...]  # in load order: exactly what plays it
    new_libraries: tuple[LibraryFacts, ...]  # those of them that are in the package and not installed
    content_files: tuple[FileEntry, ...]  # below content/, without content.json
    ignored: tuple[str, ...]
    warnings: tuple[Problem, ...]
    sha256: str
    max_score: float | None
    packaged: tuple[LibraryFacts, ...] = field(repr=False)  # every library in it, wanted or not
    _archive: Archive = field(repr=False)
    _folders: dict[str, str] = field(repr=False)

    def open(self, path: str) -> BinaryIO:
        """A bounded reader of a member: "content/images/x.png", "H5P.Foo-1.2/js/x.js".

        Libraries go by name and version, whatever their folder is called in this package.
        """
        folder, _, inner = path.partition("/")
        return self._archive.open(f"{self._folders.get(folder, folder)}/{inner}")


def examine(file: BinaryIO, *, installed: Installed, policy: Policy, limits: Limits = LIMITS) -> Examined:
    """Everything the package says and brings, checked; `Rejected` with the reasons otherwise."""
    archive = Archive(file, limits)
    folders = _folders(archive)
    manifest = _manifest(archive, limits)
    params = _params(archive, limits)
    reader = LibraryReader(archive, limits, _Known(installed, policy))
    packaged = reader.read(folders)
    choice = Choice(packaged, installed, policy)
    fields_of = fields_by(choice.find, reader.fields)
    cleaner, cleaned, libraries = _content(manifest, params, choice, fields_of)
    content_files = _content_files(archive, limits)
    _check_uses(cleaner, content_files)
    return Examined(
        manifest=manifest,
        params=cleaned,
        libraries=libraries,
        new_libraries=tuple(facts for facts in libraries if facts.name in choice.new),
        content_files=content_files,
        ignored=archive.ignored,
        warnings=(*choice.advice.problems, *advice_about(manifest.main, cleaned, cleaner, fields_of)),
        sha256=_sha256(file),
        max_score=max_score(manifest.main, cleaned),
        packaged=tuple(packaged.values()),
        _archive=archive,
        _folders={name.folder: folder for name, folder in reader.folders.items()},
    )


@dataclass(frozen=True, slots=True)
class _Known:
    installed: Installed
    policy: Policy

    def facts(self, name: LibraryName, patch: int, sha256: str) -> LibraryFacts | None:
        ours = self.installed.exact(name, patch)
        return ours if ours is not None and ours.sha256 == sha256 else None

    def is_trusted(self, name: LibraryName, patch: int, sha256: str) -> bool:
        return (str(name), patch, sha256) in self.policy.allow


def libraries_in(file: BinaryIO, limits: Limits = LIMITS) -> tuple[LibraryFacts, ...]:
    """Only the libraries of a package, all of them, by their own rules and without any judgement of trust."""
    archive = Archive(file, limits)
    return tuple(LibraryReader(archive, limits).read(_folders(archive)).values())


def fields_by(
    find: Callable[[LibraryName], LibraryFacts | None], parsed_before: Mapping[str, tuple[Field, ...]] = _NONE
) -> FieldsOf:
    """Fields of libraries, each parsed once; a library without semantics has none."""
    kept: dict[LibraryName, tuple[Field, ...] | None] = {}

    def fields_of(name: LibraryName) -> tuple[Field, ...] | None:
        if name not in kept:
            facts = find(name)
            if facts is None:
                kept[name] = None
            else:
                before = parsed_before.get(facts.sha256)
                kept[name] = parse(facts.semantics or [], str(name)) if before is None else before
        return kept[name]

    return fields_of


def _folders(archive: Archive) -> list[str]:
    findings = Findings()
    folders: dict[str, None] = {}
    for path in archive.entries:
        folder, slash, _ = path.partition("/")
        if slash and folder != "content":
            folders[folder] = None
        elif not slash and path != MANIFEST:
            findings.add("unexpected-file", path)
    findings.stop()
    return list(folders)


def _manifest(archive: Archive, limits: Limits) -> Manifest:
    if MANIFEST not in archive.entries:
        refuse("no-manifest")
    return parse_manifest(_json(archive, MANIFEST, limits))


def _params(archive: Archive, limits: Limits) -> dict[str, Any]:
    if PARAMS not in archive.entries:
        refuse("no-content")
    value = _json(archive, PARAMS, limits)
    if not isinstance(value, dict):
        refuse("content")
    return value


def _json(archive: Archive, path: str, limits: Limits) -> Any:
    value = read_json(archive, path, limits)
    check_depth(value, path, limits)
    return value


def _content(
    manifest: Manifest, params: dict[str, Any], choice: Choice, fields_of: FieldsOf
) -> tuple[Cleaner, dict[str, Any], tuple[LibraryFacts, ...]]:
    """Cleaning shows which libraries the content uses; these and all they need must be there."""
    cleaner = Cleaner(fields_of)
    fields = fields_of(manifest.main)
    used = _named_in(params) if fields is None else []
    cleaned = cleaner.group(fields or (), params, "") or {}
    listed = [name for name in manifest.preloaded if name != manifest.main]
    libraries, missing = closure([*listed, *used, *cleaner.libraries, manifest.main], choice.find)
    findings = Findings()
    for name in sorted({*missing, *_dynamic(libraries, choice)}):
        choice.tell_missing(name, findings)
    main = choice.find(manifest.main)
    if main is not None and not main.runnable:
        findings.add("not-runnable", str(main))
    findings.problems.extend(cleaner.findings.problems)
    findings.stop()
    return cleaner, cleaned, tuple(libraries)


def _dynamic(libraries: list[LibraryFacts], choice: Choice) -> Iterator[LibraryName]:
    """What a library fetches while it plays is not loaded with it, but must be there."""
    for facts in libraries:
        for name in facts.dynamic:
            if not name.is_for_editor and choice.find(name) is None:
                yield name


def _named_in(params: Any) -> list[LibraryName]:
    """Libraries that content names, found without knowing its fields: to tell all that is missing at once."""
    found, waiting = [], [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = LibraryName.spoken(value.get("library"))
            if name is not None and "params" in value:
                found.append(name)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


def _content_files(archive: Archive, limits: Limits) -> tuple[FileEntry, ...]:
    findings = Findings()
    paths = [path for path in archive.entries if path.startswith(CONTENT) and path != PARAMS]
    for path in paths:
        if suffix_of(path) not in IN_CONTENT:
            findings.add("file-type", path)
    findings.stop()
    files = [_content_file(archive, path, limits) for path in paths]
    return tuple(sorted(files, key=lambda entry: entry.path))


def _content_file(archive: Archive, path: str, limits: Limits) -> FileEntry:
    """Hashed in one pass; the beginning is held for a look at what it is."""
    digest, head = sha256(), bytearray()
    for chunk in archive.chunks(path):
        digest.update(chunk)
        if len(head) < limits.head_bytes:
            head += chunk
    check_type(bytes(head), path, limits)
    return FileEntry(path.removeprefix(CONTENT), archive.entries[path].size, digest.hexdigest())


def _check_uses(cleaner: Cleaner, content_files: tuple[FileEntry, ...]) -> None:
    there = {entry.path for entry in content_files}
    findings = Findings()
    for use in cleaner.files:
        if use.file and use.file not in there:
            findings.add("missing-file", use.path, use.file)
    findings.stop()


def _sha256(file: BinaryIO) -> str:
    digest = sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
