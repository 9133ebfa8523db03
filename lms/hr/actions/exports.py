"""Take certificate records out as a file: ask, write, hand over, delete."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.hr.models import KEPT_FOR, ExportFormat, TrainingExport
from lms.hr.permissions import may_read_records
from lms.hr.queries.columns import COLUMNS, columns_named
from lms.hr.queries.exports import scope_line, source_of
from lms.hr.queries.records import RecordFilters, as_records, record_rows
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line
from lms.shared.jobs import enqueue_on_commit
from lms.shared.spreadsheet import MOST_ROWS, write_csv, write_xlsx

WRITERS = {ExportFormat.XLSX: write_xlsx, ExportFormat.CSV: write_csv}
AT_ONCE = 2_000  # rows; writing more takes longer than somebody waits for a page
NOT_ALLOWED = _("Only HR, the programme office and auditors take records out.")


def export_training(
    *, by: Person, purpose: str, format: str, columns: Sequence[str], filters: RecordFilters
) -> TrainingExport:
    """Ask for a file. Up to 2,000 rows it is there on return, more are written by a job."""
    purpose = clean_line(purpose)
    _check_request(by, purpose, format, columns)
    number = record_rows(by, filters, at=clock.now()).order_by().count()
    if not number:
        raise Refused("nothing", _("There is nothing to export. Change the filters."))
    if format == ExportFormat.XLSX and number > MOST_ROWS:
        raise Refused("too-many", _("Excel holds at most 1,048,576 rows. Choose CSV, or narrow the filters."))
    export = _request(by, purpose, format, columns, filters, number)
    return write_file(export=export, by=by) if number <= AT_ONCE else export


@transaction.atomic
def _request(
    by: Person, purpose: str, format: str, columns: Sequence[str], filters: RecordFilters, number: int
) -> TrainingExport:
    """The row and its audit line stay, whatever becomes of the file."""
    export = TrainingExport.objects.create(
        person=by,
        scope=scope_line(by, filters),
        purpose=purpose,
        format=format,
        filters=filters.to_plain(),
        columns=[name for name in COLUMNS if name in columns],
        number_of_rows=number,
        requested_at=clock.now(),
    )
    record(
        "export.requested",
        export,
        by=by,
        purpose=purpose,
        filters=export.filters,
        columns=export.columns,
        number_of_rows=number,
    )
    if number > AT_ONCE:
        enqueue_on_commit("lms.hr.tasks.write_export", export.pk)
    return export


def write_file(*, export: TrainingExport, by: Actor) -> TrainingExport:
    """Write the file of an export. Safe to repeat: of two writers the first one's file counts.

    The row names the file only when it is complete. Who lost the role meanwhile gets none.
    """
    if export.finished_at:
        return export
    if not may_read_records(export.person):
        return _failed(export, "not-allowed")
    try:
        with TemporaryFile() as file:
            number = _write(export, file)
            sha256 = _sha256(file)
            file.seek(0)
            name = default_storage.save(_storage_name(export), File(file))
    except Exception:
        _failed(export, "not-written")
        raise
    return _finished(export, name, sha256, number, by)


@transaction.atomic
def _finished(export: TrainingExport, name: str, sha256: str, number: int, by: Actor) -> TrainingExport:
    facts = {
        "file": name,
        "sha256": sha256,
        "number_of_rows": number,
        "finished_at": clock.now(),
        "error": "",
    }
    if TrainingExport.objects.filter(pk=export.pk, finished_at=None).update(**facts):
        record("export.written", export, by=by, sha256=sha256, number_of_rows=number)
    else:
        default_storage.delete(name)
    export.refresh_from_db()
    return export


def _failed(export: TrainingExport, error: str) -> TrainingExport:
    TrainingExport.objects.filter(pk=export.pk, finished_at=None).update(error=error)
    export.refresh_from_db(fields=["error"])
    return export


def collect_file(*, export: TrainingExport, by: Person) -> IO[bytes]:
    """The open file, for the one who asked for it; noted each time."""
    if export.person_id != by.pk or not may_read_records(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if export.state_at(clock.now()) != "ready":
        raise Refused("gone", _("This file is no longer kept. Export again."))
    try:
        file: IO[bytes] = default_storage.open(export.file)
    except OSError as error:
        raise Refused("gone", _("This file is no longer kept. Export again.")) from error
    record("export.collected", export, by=by, sha256=export.sha256)
    return file


def delete_expired_files(*, by: Actor, at: datetime | None = None) -> int:
    """Delete the files of exports older than 24 hours; the rows stay. Returns how many."""
    old = TrainingExport.objects.filter(finished_at__lte=(at or clock.now()) - KEPT_FOR).exclude(file="")
    number = 0
    for export in old.order_by("pk"):
        default_storage.delete(export.file)
        with transaction.atomic():
            TrainingExport.objects.filter(pk=export.pk).update(file="")
            record("export.deleted", export, by=by)
        number += 1
    return number


def _check_request(by: Person, purpose: str, format: str, columns: Sequence[str]) -> None:
    if not may_read_records(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if not purpose:
        raise Refused("no-purpose", _("Choose what the file is for."))
    if format not in ExportFormat.values:
        raise Refused("unknown-format", _("Choose Excel or CSV."))
    if not columns or not set(columns) <= set(COLUMNS):
        raise Refused("unknown-column", _("Choose at least one of the columns offered."))


def _write(export: TrainingExport, file: IO[bytes]) -> int:
    at, columns = clock.now(), columns_named(export.columns)
    rows = record_rows(export.person, RecordFilters.from_plain(export.filters), at=at)
    lines = as_records(rows.iterator(chunk_size=1_000), at=at)
    values = ([column.value(line) for column in columns] for line in lines)
    writer = WRITERS[ExportFormat(export.format)]
    return writer(file, [column.column for column in columns], values, source_of(export))


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in File(file).chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _storage_name(export: TrainingExport) -> str:
    """Not to be guessed, should the storage ever be open to readers."""
    return f"exports/{export.requested_at:%Y}/{secrets.token_urlsafe(24)}.{export.format}"
