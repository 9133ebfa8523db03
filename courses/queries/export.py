"""A version of a module as the files of an OLX course."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import default_storage

from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.assets import storage_name
from courses.olx.outline import AssetRef, Outline
from courses.olx.pack import Part
from courses.olx.write import CourseWriter, with_titles

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


def course_files(module: Module, version: ModuleVersion) -> CourseFiles:
    """The files of one version. Static files stay in the storage until somebody opens their part."""
    outline = Outline.from_json(version.outline)
    writer = CourseWriter(outline, _bodies(outline))
    parts = {path: Part.of(path, content) for path, content in writer.write().items()}
    lost = []
    for path, name, ref in _stored(module, outline):
        if path in parts:
            continue
        if not default_storage.exists(name):
            lost.append(path)
            continue
        parts[path] = Part(path, ref.size, partial(default_storage.open, name))
        if path.startswith("policies/") and path.endswith("/policy.json"):
            with default_storage.open(name) as file:
                parts[path] = Part.of(path, with_titles(file.read(), writer.titles))
    return CourseFiles(tuple(parts.values()), len(outline.blocks), tuple(lost))


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
