"""Bringing a course into the database, once however often it is run."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.h5p_packages import import_packages
from courses.actions.publish import NOT_ALLOWED, publish_module
from courses.actions.versions import WrittenVersion, write_version
from courses.models import Asset, Module, ModuleVersion
from courses.olx.assets import storage_name
from courses.olx.package import open_package
from courses.olx.parse import ParsedModule, parse_package
from courses.olx.problems import OlxRefused, Problem
from courses.permissions import may_author
from courses.queries.written import is_written_as
from lms.audit.actions import record
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused


@dataclass(frozen=True)
class ModuleImport:
    """What an import did. `refused` was left out; `notes` came in but wants an author's look."""

    module: Module
    version: ModuleVersion
    leaves: int
    imported: int  # blocks whose text is new
    unchanged: int
    is_new_version: bool
    is_published: bool
    refused: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    kept: tuple[Problem, ...]  # variants kept for the export
    keys: tuple[str, ...]  # every block of the course
    new_keys: frozenset[str]  # those whose text is new
    draft: "DraftImport | None" = None  # where the course file had drafts


@dataclass(frozen=True)
class DraftImport:
    """What came out of the `drafts/` of a course; its blocks are counted apart from the others."""

    units: int
    leaves: int
    refused: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    kept: tuple[Problem, ...]
    counted: frozenset[str]
    new_keys: frozenset[str]


def import_module(path: Path | str, *, by: Actor, publish: bool = True) -> ModuleImport:
    """Import the course at `path` (folder, .tar.gz or .zip); the system publishes what it changed.

    Refused are only whole courses: unreadable, unsafe, or under another key than before. Single
    leaves that cannot be read are in the result and stop nothing.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    try:
        # Reading and hashing stay outside the transaction: on SQLite it would lock out every learner.
        with open_package(Path(path), without=_own_storage()) as package:
            parsed = parse_package(package)
            # Before the module: what is published plays from the first moment.
            both = [parsed, parsed.draft] if parsed.draft else [parsed]
            found = (import_packages(outline=read.outline, files=read.files, by=by) for read in both)
            about_packages = dict.fromkeys(problem for problems in found for problem in problems)
            return _write(replace(parsed, notes=(*parsed.notes, *about_packages)), by, publish)
    except OlxRefused as refusal:
        problem = refusal.problem
        message = _("This course cannot be imported (%(code)s): %(path)s %(detail)s")
        facts = {"code": problem.code, "path": problem.path, "detail": problem.detail}
        raise Refused(problem.code, str(message) % facts) from refusal


def _own_storage() -> Path | None:
    """The platform's files may lie below the folder that is imported; they are no part of a course."""
    location = getattr(default_storage, "location", "")
    return Path(location) if location else None


@transaction.atomic
def _write(parsed: ParsedModule, by: Actor, publish: bool) -> ModuleImport:
    module = _module_for(parsed)
    _store_assets(module, parsed)
    written, is_published = _write_published(module, parsed, by, publish)
    new = {block.usage_key for block in written.new_blocks}
    drafted = _write_draft(module, parsed.draft, by) if parsed.draft else None
    last = drafted or written
    is_new = written.is_new or last.is_new
    if is_new:
        record(
            "module.imported",
            module,
            by=by,
            version=last.version.number,
            leaves=parsed.leaves,
            new_blocks=len(written.new_blocks) + (len(last.new_blocks) if drafted else 0),
            refused=len(parsed.refused),
        )
    return ModuleImport(
        module=module,
        version=last.version,
        leaves=parsed.leaves,
        imported=len(written.new_blocks),
        unchanged=len(parsed.bodies) - len(written.new_blocks),
        is_new_version=is_new,
        is_published=is_published,
        refused=parsed.refused,
        notes=parsed.notes,
        kept=parsed.kept,
        keys=tuple(parsed.bodies),
        new_keys=frozenset(new),
        draft=_draft_import(parsed, drafted) if drafted else None,
    )


def _write_published(
    module: Module, parsed: ParsedModule, by: Actor, publish: bool
) -> tuple[WrittenVersion, bool]:
    """What the course file has as published: a version of its own, also where a draft follows."""
    if parsed.draft and (version := _is_there(module, parsed)):
        return WrittenVersion(version, (), is_new=False), False
    written = write_version(module=module, outline=parsed.outline, bodies=parsed.bodies, by=by)
    module.refresh_from_db()
    # A version that somebody rolled back stays back until the folder really changes. What a person
    # imports is a draft like any other: it goes the way of review.
    due = publish and isinstance(by, System) and (written.is_new or module.published_id is None)
    if due:
        publish_module(module=module, by=by, note=written.version.note)
        module.refresh_from_db()
    return written, due


def _is_there(module: Module, parsed: ParsedModule) -> ModuleVersion | None:
    """The version with that content, if learners see it or the draft of the same file came after it."""
    draft = parsed.draft
    candidates = [module.published]
    if module.draft and draft and is_written_as(module.draft, draft.outline, draft.bodies):
        candidates.append(module.versions.filter(number=module.draft.number - 1).first())
    found = (version for version in candidates if is_written_as(version, parsed.outline, parsed.bodies))
    return next(found, None)


def _write_draft(module: Module, draft: ParsedModule, by: Actor) -> WrittenVersion:
    """The draft as its authors last had it; undo leads back to what is published."""
    _store_assets(module, draft)
    written = write_version(module=module, outline=draft.outline, bodies=draft.bodies, by=by)
    module.refresh_from_db()
    return written


def _draft_import(parsed: ParsedModule, written: WrittenVersion) -> DraftImport | None:
    draft = parsed.draft
    if draft is None:
        return None
    return DraftImport(
        units=parsed.draft_units,
        leaves=draft.leaves,
        refused=draft.refused,
        notes=draft.notes,
        kept=draft.kept,
        counted=draft.counted,
        new_keys=frozenset(block.usage_key for block in written.new_blocks) & draft.counted,
    )


def _module_for(parsed: ParsedModule) -> Module:
    """The module of that code; an announced one without content takes the course's key."""
    outline, code = parsed.outline, parsed.org_course_run[1]
    module, _created = Module.objects.get_or_create(
        code=code,
        defaults={
            "course_key": outline.course_key,
            "title": outline.title,
            "component": outline.component,
        },
    )
    if module.course_key != outline.course_key:
        if module.versions.exists():
            raise Refused(
                "other-key",
                _("This module was imported under another key; learners' progress hangs on that key."),
            )
        module.course_key = outline.course_key
        module.save(update_fields=["course_key"])
    return module


def _store_assets(module: Module, parsed: ParsedModule) -> None:
    """Files by content: what is there is not written again. A file left by a rollback harms nobody."""
    known = set(module.assets.values_list("path", "sha256"))
    rows = []
    for path, asset in parsed.outline.assets.items():
        if (path, asset.sha256) in known:
            continue
        name = storage_name(path, asset.sha256)
        _store(name, parsed.files[path])
        rows.append(
            Asset(
                module=module,
                path=path,
                sha256=asset.sha256,
                media_type=asset.media_type,
                size=asset.size,
                file=name,
            )
        )
    Asset.objects.bulk_create(rows, batch_size=500)
    for path, ref in parsed.outline.files.items():
        # No Asset row: these are for the export, nobody may load them from a page.
        _store(storage_name(path, ref.sha256), (parsed.other_files or {})[path])


def _store(name: str, file: Path) -> None:
    if not default_storage.exists(name):
        with file.open("rb") as opened:
            default_storage.save(name, File(opened))
