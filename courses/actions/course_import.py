"""Bringing a course in through the studio: upload, read, look, confirm; a job does the work.

Each step changes the row only if it still is in the state the step begins from, so two jobs or a
click on "cancel" meanwhile never do a thing twice or undo one another.
"""

import logging
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.import_olx import ModuleImport, import_module
from courses.models import CourseImport, ImportState, Module
from courses.models.course_import import GIVEN_UP_AFTER, KEPT_FOR, OVER, WORKING
from courses.olx.package import open_package
from courses.olx.parse import ParsedModule, parse_package
from courses.olx.problems import OlxRefused, Problem
from courses.permissions import may_author
from courses.queries.import_preview import preview_import
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused
from lms.shared.fields import clean_line
from lms.shared.jobs import enqueue_on_commit

log = logging.getLogger(__name__)
LARGEST = 500_000_000  # bytes of an uploaded file
SUFFIXES = (".tar.gz", ".tgz", ".zip")
LISTED = 500  # problems of one kind in a report
NOT_ALLOWED = _("Only trainers import courses.")
GONE = _("This import is over or was cancelled. Upload the file again.")


@transaction.atomic
def request_import(*, file: IO[bytes], name: str, size: int, by: Person) -> CourseImport:
    """Keep an uploaded course and have it read in the background."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    name = clean_line(name)[:200]
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    if suffix is None:
        raise Refused("not-a-course", _("Choose a course file that ends in .tar.gz or .zip."))
    if size > LARGEST:
        raise Refused("too-large", _("This file is too large. A course may have up to 500 MB."))
    stored = default_storage.save(f"imports/{secrets.token_urlsafe(24)}{suffix}", File(file))
    now = clock.now()
    course = CourseImport.objects.create(
        person=by, name=name, file=stored, size=size, requested_at=now, changed_at=now
    )
    record("import.requested", course, by=by, name=name, size=size)
    enqueue_on_commit("courses.tasks.read_import", course.pk)
    return course


def read_course(*, course: CourseImport, by: Actor) -> CourseImport:
    """Read the file and keep what importing it would change. Nothing of the module is written."""
    _check_job(by)
    begun = _move(course, (ImportState.WAITING, ImportState.READING), ImportState.READING, percent=10)
    if not begun:
        return course
    with _guarded(course), _local_copy(course) as path, open_package(path) as package:
        _note_progress(course, 50)
        parsed = parse_package(package)
        _note_progress(course, 80)
        shown = parsed.draft or parsed  # what the module's draft would be
        preview = preview_import(shown)
        report = {"preview": preview.to_json(), "keys": list(shown.bodies)} | _facts(parsed)
        report["draft"] = _draft_of(preview.code)
        _move(course, (ImportState.READING,), ImportState.READY, percent=100, report=report)
    return course


@transaction.atomic
def confirm_import(*, course: CourseImport, by: Person) -> CourseImport:
    """Import what was shown, as a draft, in the background."""
    _check_owner(course, by)
    if not _move(course, (ImportState.READY,), ImportState.CONFIRMED, percent=0):
        raise Refused("gone", GONE)
    record("import.confirmed", course, by=by, name=course.name)
    enqueue_on_commit("courses.tasks.write_import", course.pk)
    return course


def write_course(*, course: CourseImport, by: Actor) -> CourseImport:
    """Make the course the draft of its module; learners see nothing of it before somebody publishes."""
    _check_job(by)
    begun = _move(course, (ImportState.CONFIRMED, ImportState.WRITING), ImportState.WRITING, percent=20)
    if not begun:
        return course
    with _guarded(course), _local_copy(course) as path:
        _check_unchanged(course)
        # The trainer imports: what she may not do is refused even if she lost the role meanwhile.
        result = import_module(path, by=course.person, publish=False)
        notes = [problem.to_json() for problem in result.notes[:LISTED]]
        report = course.report | {"result": _result(result), "notes": notes}
        _move(
            course, (ImportState.WRITING,), ImportState.DONE, percent=100, report=report, module=result.module
        )
    _forget_file(course)
    return course


@transaction.atomic
def cancel_import(*, course: CourseImport, by: Person) -> CourseImport:
    """Stop before anything is imported."""
    _check_owner(course, by)
    before = (ImportState.WAITING, ImportState.READING, ImportState.READY)
    if not _move(course, before, ImportState.CANCELLED):
        raise Refused("gone", GONE)
    record("import.cancelled", course, by=by, name=course.name)
    _forget_file(course)
    return course


def delete_old(*, by: Actor, at: datetime | None = None) -> int:
    """Delete reports after 30 days with their files; jobs that died are given up. Returns how many went."""
    _check_job(by)
    now = at or clock.now()
    died = CourseImport.objects.filter(state__in=WORKING, changed_at__lte=now - GIVEN_UP_AFTER)
    for course in died:
        _move(course, WORKING, ImportState.FAILED, error="interrupted")
    for course in CourseImport.objects.filter(state__in=OVER).exclude(file=""):
        _forget_file(course)
    number = 0
    for course in CourseImport.objects.filter(changed_at__lte=now - KEPT_FOR):
        _forget_file(course)
        course.delete()
        number += 1
    return number


def _check_job(by: Actor) -> None:
    if not isinstance(by, System):
        raise Refused("not-allowed", NOT_ALLOWED)


def _check_owner(course: CourseImport, by: Person) -> None:
    if not may_author(by) or course.person_id != by.pk:
        raise Refused("not-allowed", NOT_ALLOWED)


def _move(course: CourseImport, before: tuple[str, ...], state: str, **facts: Any) -> bool:
    """Change the state if it still is one of `before`."""
    rows = CourseImport.objects.filter(pk=course.pk, state__in=before)
    moved = rows.update(state=state, changed_at=clock.now(), **facts)
    course.refresh_from_db()
    return bool(moved)


def _note_progress(course: CourseImport, percent: int) -> None:
    rows = CourseImport.objects.filter(pk=course.pk, state__in=WORKING)
    rows.update(percent=percent, changed_at=clock.now())


@contextmanager
def _guarded(course: CourseImport) -> Iterator[None]:
    """What goes wrong ends up in the row, in words for the trainer; what nobody foresaw also in the log."""
    try:
        yield
    except OlxRefused as refusal:
        problem = refusal.problem
        _fail(course, problem.code, f"{problem.path} {problem.detail}".strip())
    except Refused as refusal:
        _fail(course, refusal.code, str(refusal.message))
    except Exception:
        log.exception("Import %s failed", course.pk)
        _fail(course, "unexpected", "")


def _fail(course: CourseImport, code: str, detail: str) -> None:
    _move(course, WORKING, ImportState.FAILED, error=code[:64], detail=detail[:600])
    _forget_file(course)


@contextmanager
def _local_copy(course: CourseImport) -> Iterator[Path]:
    """The uploaded file on this machine's disk: archives want to be read in any order."""
    try:
        stored = default_storage.open(course.file)
    except (OSError, ValueError) as error:
        raise OlxRefused("missing-file", course.name) from error
    with tempfile.TemporaryDirectory(prefix="import-") as scratch, stored:
        path = Path(scratch) / f"course{Path(course.file).suffix}"
        with path.open("wb") as out:
            shutil.copyfileobj(stored, out)
        yield path


def _draft_of(code: str) -> int | None:
    return Module.objects.filter(code=code).values_list("draft", flat=True).first()


def _check_unchanged(course: CourseImport) -> None:
    """What was shown for confirmation must still be what happens."""
    if _draft_of(course.report["preview"]["module"]) != course.report["draft"]:
        raise Refused("changed-meanwhile", _("Somebody changed the module after the preview was made."))


def _forget_file(course: CourseImport) -> None:
    if course.file:
        name = course.file
        CourseImport.objects.filter(pk=course.pk).update(file="")
        course.file = ""
        transaction.on_commit(lambda: default_storage.delete(name))


def _facts(parsed: ParsedModule) -> dict[str, Any]:
    draft = parsed.draft
    shown = draft or parsed
    both = [parsed, draft] if draft else [parsed]
    return {
        "leaves": parsed.leaves,
        "draft_units": parsed.draft_units,
        "draft_leaves": draft.leaves if draft else 0,
        "units": len(shown.outline.units),
        "assets": len(shown.outline.assets),
        "other_files": len(shown.outline.files),
        "refused": _listed(problem for read in both for problem in read.refused),
        "kept": _listed(problem for read in both for problem in read.kept),
        "notes": _listed(problem for read in both for problem in read.notes),
    }


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [problem.to_json() for problem in islice(problems, LISTED)]


def _result(result: ModuleImport) -> dict[str, Any]:
    return {
        "module": result.module.code,
        "version": result.version.number,
        "imported": result.imported,
        "unchanged": result.unchanged,
        "is_new_version": result.is_new_version,
    }
