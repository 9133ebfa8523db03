"""Taking a course out of the platform as OLX."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from courses.models import Module, ModuleVersion
from courses.olx.pack import Format, pack, pack_into
from courses.olx.problems import OlxRefused
from courses.permissions import may_author
from courses.queries.export import CourseFiles, course_files, version_named
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@dataclass(frozen=True)
class ModuleExport:
    """What was written."""

    module: Module
    version: ModuleVersion
    blocks: int
    files: int
    lost: tuple[str, ...]  # files that the storage does not have any more


def export_module(
    *, module: Module, by: Actor, to: Path | IO[bytes], version: str = "draft", format: Format = "tar.gz"
) -> ModuleExport:
    """Write a version of the module as an OLX course to a path or an open file.

    `version` is "draft", "published" or a number. The draft of a published module comes as what is
    published and, in `drafts/`, what differs. The same version always gives the same bytes.
    """
    if not may_author(by):
        raise Refused("not-allowed", _("Only trainers take modules out."))
    found = version_named(module, version)
    if found is None:
        raise Refused("no-version", _("This module has no such version."))
    course = course_files(module, found, module.published if version == "draft" else None)
    _write(course, to, format)
    record("module.exported", module, by=by, version=found.number, format=format, blocks=course.blocks)
    return ModuleExport(module, found, course.blocks, len(course.parts), course.lost)


def _write(course: CourseFiles, to: Path | IO[bytes], format: Format) -> None:
    try:
        if isinstance(to, Path):
            pack(course.parts, to, format)
        else:
            pack_into(course.parts, to, format)
    except OlxRefused as refusal:
        raise Refused(refusal.problem.code, _("The folder to write to is not empty.")) from refusal
