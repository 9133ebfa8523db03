"""Hand-written statements for the one page everybody opens first.

Putting these joins together in the ORM took longer than everything else on the page; the rows come
back as the usual models, with only the columns that are named.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connection, models

from certificates.models import Certificate
from courses.models import Enrolment, Module, Programme, Track
from lms.people.models import Assignment, Organisation, Person, RosterSignOff

M = TypeVar("M", bound=models.Model)


class Part(Generic[M]):
    """Some columns of a table under an alias, and how a piece of a row becomes its model."""

    def __init__(self, model: type[M], alias: str, *names: str) -> None:
        # In the model's own order, as `from_db` expects them.
        fields = [field for field in model._meta.concrete_fields if field.name in {"id", *names}]
        assert len(fields) == len(names) + 1
        self.model, self.names = model, [field.attname for field in fields]
        self.columns = ", ".join(f"{alias}.{field.column}" for field in fields)
        self.readers = [(i, read) for i, field in enumerate(fields) if (read := _reader(field))]
        self.table = f"{model._meta.db_table} {alias}"

    def take(self, values: Iterator[Any]) -> M | None:
        """The next values as a model; None where an outer join found nothing."""
        piece = [next(values) for _name in self.names]
        if piece[0] is None:
            return None
        for i, read in self.readers:
            if piece[i] is not None:
                piece[i] = read(piece[i])
        return self.model.from_db(connection.alias, self.names, piece)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """SQLite hands out days, moments and yes/no as text and numbers; JSON is text everywhere."""
    readers: dict[type, Callable[[Any], Any]] = {
        models.DateTimeField: _moment,
        models.DateField: _day,
        models.BooleanField: bool,
        models.JSONField: json.loads,
    }
    return readers.get(type(field))


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


BODY = ("kind", "name", "name_en", "path", "parent", "valid_from", "valid_to", "counts_for_b70")
RECORD = Part(
    Assignment,
    "a",
    *("person", "organisation", "duty", "duty_type", "is_primary", "title"),
    *("valid_from", "valid_to", "end_reason", "recorded_at", "retracted_at"),
)
PLACE, ABOVE, TOP = (Part(Organisation, alias, *BODY) for alias in ("o", "o2", "o3"))
RECORDS = f"""
SELECT {RECORD.columns}, {PLACE.columns}, {ABOVE.columns}, {TOP.columns},
  (SELECT MAX(s.signed_on) FROM {RosterSignOff._meta.db_table} s
    WHERE s.organisation_id IN (o.id, o2.id, o3.id))
FROM {RECORD.table}
JOIN {PLACE.table} ON o.id = a.organisation_id
LEFT JOIN {ABOVE.table} ON o2.id = o.parent_id
LEFT JOIN {TOP.table} ON o3.id = o2.parent_id
WHERE a.person_id = %s AND a.retracted_at IS NULL
ORDER BY a.is_primary DESC, a.valid_from DESC, a.id"""

ENROLMENT = Part(Enrolment, "e", "person", "programme", "rule", "enrolled_at", "due_on")
PROGRAMME = Part(Programme, "p", "track", "version", "title", "level", "exam_module")
TRACK = Part(Track, "t", "code", "title", "duty")
EXAM = Part(Module, "m", "code", "title", "published")
ENROLMENTS = f"""
SELECT {ENROLMENT.columns}, {PROGRAMME.columns}, {TRACK.columns}, {EXAM.columns}
FROM {ENROLMENT.table}
JOIN {PROGRAMME.table} ON p.id = e.programme_id
JOIN {TRACK.table} ON t.id = p.track_id
LEFT JOIN {EXAM.table} ON m.id = p.exam_module_id
WHERE e.person_id = %s AND e.ended_at IS NULL
ORDER BY e.id"""

CERTIFICATE = Part(
    Certificate,
    "c",
    *("person", "programme", "serial", "code", "level", "covers_st", "covers_dc", "evidence"),
    *("identity_level", "issued_at", "expires_at", "recorded_at", "revoked_at", "superseded_at", "pdf_size"),
)
CERTIFICATES = f"""
SELECT {CERTIFICATE.columns}, {PROGRAMME.columns}, {TRACK.columns}
FROM {CERTIFICATE.table}
JOIN {PROGRAMME.table} ON p.id = c.programme_id
JOIN {TRACK.table} ON t.id = p.track_id
WHERE c.person_id = %s
ORDER BY c.issued_at DESC, c.id DESC"""


def records_of(person: Person) -> list[Assignment]:
    """Every duty on a person's record, past ones too, the main one first.

    Each organisation comes with the two above it. `list_signed_on` says when the newest staff list
    that covers it was signed.
    """
    records = []
    for row in _rows(RECORDS, person):
        values = iter(row)
        record, place = RECORD.take(values), PLACE.take(values)
        above, top = ABOVE.take(values), TOP.take(values)
        assert record is not None
        assert place is not None
        record.organisation, place.parent = place, above
        if above is not None:
            above.parent = top
        signed_on = next(values)
        record.list_signed_on = _day(signed_on) if signed_on else None  # type: ignore[attr-defined]
        records.append(record)
    return records


def enrolments_of(person: Person) -> list[Enrolment]:
    """The programmes a person is on, each with its track and exam."""
    enrolments = []
    for row in _rows(ENROLMENTS, person):
        values = iter(row)
        enrolment = ENROLMENT.take(values)
        assert enrolment is not None
        enrolment.programme = _programme(values)
        enrolment.programme.exam_module = EXAM.take(values)
        enrolments.append(enrolment)
    return enrolments


def certificates_of(person: Person) -> list[Certificate]:
    """A person's certificates, the newest first, each with programme and track."""
    certificates = []
    for row in _rows(CERTIFICATES, person):
        values = iter(row)
        certificate = CERTIFICATE.take(values)
        assert certificate is not None
        certificate.programme = _programme(values)
        certificates.append(certificate)
    return certificates


def _programme(values: Iterator[Any]) -> Programme:
    programme, track = PROGRAMME.take(values), TRACK.take(values)
    assert programme is not None
    assert track is not None
    programme.track = track
    return programme


def _rows(sql: str, person: Person) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk])
        return list(cursor.fetchall())
