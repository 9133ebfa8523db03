"""A version of a module as the files of an OLX course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import default_storage

from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.assets import storage_name
from courses.olx.draft_files import MANIFEST
from courses.olx.names import DRAFTS
from courses.olx.outline import AssetRef, Outline
from courses.olx.pack import Part
from courses.olx.write import CourseWriter, with_titles
from courses.olx.write_drafts import draft_xml, file_changes

AT_ONCE = 1_000  # block versions in one query


@dataclass(frozen=True)
class CourseFiles:
    """Everything an export holds. `lost` are files the storage does not have any more."""

    parts: tuple[Part, ...]
    blocks: int
    lost: tuple[str, ...]


def version_named(module: Module, name: str) -> ModuleVersion | None:
    """ "draft", "published" or a number; None when there is no such version."""
    if name == "draft":
        return module.draft
    if name == "published":
        return module.published
    return module.versions.filter(number=int(name)).first() if name.isdecimal() and len(name) < 9 else None


def course_files(
    module: Module, version: ModuleVersion, published: ModuleVersion | None = None
) -> CourseFiles:
    """The files of one version. Static files stay in the storage until somebody opens their part.

    With `published` they are those of that version, and in `drafts/` what differs in `version`, as
    Open edX writes the draft of a published course.
    """
    outline = Outline.from_json(version.outline)
    if published is None or published.pk == version.pk:
        return _Collected(module).course(outline).files(len(outline.blocks))
    base = Outline.from_json(published.outline)
    return _Collected(module).course(base).drafts(base, outline).files(len(outline.blocks))


class _Collected:
    """The parts of an export while they are gathered; what comes first at a path stays."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.parts: dict[str, Part] = {}
        self.lost: list[str] = []

    def course(self, outline: Outline) -> "_Collected":
        """A whole course."""
        self.writer = _written(outline)
        self._add(self.writer.files)
        for path, name, ref in _stored(self.module, outline):
            if (
                path.startswith("policies/")
                and path.endswith("/policy.json")
                and default_storage.exists(name)
            ):
                with default_storage.open(name) as file:
                    self._add({path: with_titles(file.read(), self.writer.titles)})
            self._add_stored(path, name, ref)
        return self

    def drafts(self, published: Outline, draft: Outline) -> "_Collected":
        """What differs in the draft."""
        changes = file_changes(published, draft)
        for path in changes.changed:  # a draft of that name that was only kept gives way
            self.parts.pop(DRAFTS + path, None)
        xml = draft_xml(self.writer, _written(draft))
        self.parts = {path: part for path, part in self.parts.items() if path not in xml}
        self._add(xml | ({MANIFEST: changes.to_bytes()} if changes else {}))
        for path, name, ref in _stored(self.module, draft):
            if path in changes.changed | changes.added:
                self._add_stored(DRAFTS + path if path in changes.changed else path, name, ref)
        return self

    def files(self, blocks: int) -> CourseFiles:
        return CourseFiles(tuple(self.parts.values()), blocks, tuple(self.lost))

    def _add(self, files: Mapping[str, bytes]) -> None:
        self.parts |= {path: Part.of(path, content) for path, content in files.items()}

    def _add_stored(self, path: str, name: str, ref: AssetRef) -> None:
        if path in self.parts:
            return
        if default_storage.exists(name):
            self.parts[path] = Part(path, ref.size, partial(default_storage.open, name))
        else:
            self.lost.append(path)


def _written(outline: Outline) -> CourseWriter:
    writer = CourseWriter(outline, _bodies(outline))
    writer.write()
    return writer


def _bodies(outline: Outline) -> dict[str, str]:
    versions = [block.version for block in outline.blocks.values()]
    bodies: dict[str, str] = {}
    for start in range(0, len(versions), AT_ONCE):
        rows = BlockVersion.objects.filter(pk__in=versions[start : start + AT_ONCE])
        bodies.update(rows.values_list("usage_key", "olx"))
    return bodies


def _stored(module: Module, outline: Outline) -> Iterable[tuple[str, str, AssetRef]]:
    """Path in the course, name in the storage, and what the outline says of each file."""
    rows = module.assets.values_list("path", "sha256", "file")
    names = {(path, sha256): file for path, sha256, file in rows}
    for path, ref in sorted(outline.assets.items()):
        yield f"static/{path}", names.get((path, ref.sha256)) or storage_name(path, ref.sha256), ref
    for path, ref in sorted(outline.files.items()):
        yield path, storage_name(path, ref.sha256), ref
