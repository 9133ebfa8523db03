"""Certificate records: who of a reader's staff holds what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from certificates.models import Certificate
from courses.models import Track
from lms.hr.models import RecordStatus
from lms.hr.queries.scope import Units, main_duties, scope_of, units
from lms.people.models import Assignment, Organisation, OrganisationKind, Person
from lms.people.queries import matching, organisation_label, organisation_line
from lms.shared import clock
from lms.shared.languages import localised

# The certificate's own columns that a page prints; files need the frozen facts, too.
PRINTED = (
    "serial", "code", "level", "evidence", "issued_at", "expires_at", "revoked_at", "superseded_at",
)  # fmt: skip


@dataclass(frozen=True)
class RecordFilters:
    """What a reader narrowed the records to; empty means all."""

    text: str = ""  # words of a name, or a part of a serial number
    unit: str = ""  # code of an organisation
    track: str = ""
    status: str = ""
    issued_from: date | None = None
    issued_to: date | None = None

    def to_plain(self) -> dict[str, str]:
        """For a JSON column: only what is set."""
        plain = {name: value for name, value in asdict(self).items() if value}
        return {name: str(value) for name, value in plain.items()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> Self:
        days = {
            name: date.fromisoformat(plain[name]) for name in ("issued_from", "issued_to") if name in plain
        }
        return cls(**{**plain, **days})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Record:
    """One line: a person where she serves now, and a certificate or none."""

    full_name: str
    unit: Organisation | None  # not from the database whole: names and kinds only
    certificate: Certificate | None
    track_title: Mapping[str, str]
    status: str

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language, as it begins a cell."""
        label = organisation_label(self.unit) if self.unit else ""
        return label[:1].upper() + label[1:]

    @property
    def unit_line(self) -> str:
        """The unit and the body above it."""
        line = organisation_line(self.unit) if self.unit else ""
        return line[:1].upper() + line[1:]

    @property
    def track_label(self) -> str:
        return localised(self.track_title)

    @property
    def status_label(self) -> str:
        return str(RecordStatus(self.status).label)


def record_rows(
    actor: Any, filters: RecordFilters, *, at: datetime, offered: Units | None = None
) -> QuerySet[Any]:
    """The rows behind the records, by given name; `as_records` reads them.

    Certificates, or with status "none" the people of the staff lists who never had one. A page that
    has fetched the units for its filter hands them in as `offered`.
    """
    scope = scope_of(actor)
    tops = scope.tops
    if filters.unit:
        chosen = (offered or units(scope, filters.unit)).chosen
        tops = (chosen,) if chosen else ()
    if filters.status == RecordStatus.NONE:
        return _people_without(main_duties(tops), filters)
    rows = _certificates(filters, at)
    return rows if tops is None else rows.filter(person__in=main_duties(tops).values("person"))


def as_printed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Only what a page prints of `record_rows`: the frozen facts of 50 certificates are much to read."""
    return rows if rows.model is Person else rows.only(*PRINTED)


def as_records(rows: Iterable[Any], *, at: datetime) -> Iterator[Record]:
    """Rows of `record_rows` as lines to print."""
    for row in rows:
        if isinstance(row, Person):
            yield Record(row.full_name, _unit(row), None, {}, RecordStatus.NONE)
        else:
            yield Record(row.full_name, _unit(row), row, row.track_title, row.status_at(at))


def _certificates(filters: RecordFilters, at: datetime) -> QuerySet[Any]:
    rows = _with_status(filters.status, at)
    if filters.text and any(character.isdigit() for character in filters.text):
        rows = rows.filter(serial__icontains=filters.text.strip())
    elif filters.text:
        rows = rows.filter(person__in=matching(Person.objects.all(), filters.text).values("pk"))
    if filters.track:
        rows = rows.filter(programme__track__code=filters.track)
    if filters.issued_from:
        begin = datetime.combine(filters.issued_from, time.min, tzinfo=clock.HO_CHI_MINH)
        rows = rows.filter(issued_at__gte=begin)
    if filters.issued_to:
        rows = rows.filter(issued_at__lte=clock.end_of(filters.issued_to))
    return rows.annotate(
        full_name=F("person__full_name"),
        track_title=F("programme__track__title"),
        unit=_unit_of(OuterRef("person")),
    ).order_by("person__sort_key", "person_id", "-issued_at", "-pk")


def _with_status(status: str, at: datetime) -> QuerySet[Certificate]:
    """The same cases as `Certificate.status_at`, as conditions."""
    rows = Certificate.objects.all()
    if status == RecordStatus.VALID:
        return rows.valid_at(at)
    if status == RecordStatus.EXPIRED:
        return rows.current().filter(expires_at__lte=at)
    if status == RecordStatus.REVOKED:
        return rows.filter(revoked_at__isnull=False)
    if status == RecordStatus.SUPERSEDED:
        return rows.filter(revoked_at=None, superseded_at__isnull=False)
    return rows


def _people_without(duties: QuerySet[Assignment], filters: RecordFilters) -> QuerySet[Any]:
    """With a track: those whose duty it is for and who never had one of that track."""
    held = Certificate.objects.filter(person=OuterRef("pk"))
    if filters.track:
        held = held.filter(programme__track__code=filters.track)
        duties = duties.filter(duty__in=Track.objects.filter(code=filters.track).values("duty"))
    people = Person.objects.filter(~Exists(held), pk__in=duties.values("person"))
    rows = matching(people, filters.text).annotate(unit=_unit_of(OuterRef("pk")))
    return rows.only("full_name")


def _unit_of(person: OuterRef) -> Subquery:
    """Where a person serves, as names: one column instead of three more models a row."""
    duties = Assignment.objects.in_force_on(clock.today()).filter(person=person)
    names = JSONObject(
        name="organisation__name",
        name_en="organisation__name_en",
        kind="organisation__kind",
        above="organisation__parent__name",
        above_en="organisation__parent__name_en",
        above_kind="organisation__parent__kind",
    )
    return Subquery(duties.order_by("-is_primary", "-valid_from", "pk").values(names=names)[:1])


def _unit(row: Any) -> Organisation | None:
    names = row.unit
    if not names:
        return None
    above = None
    if names["above"] and names["above_kind"] != OrganisationKind.STATE:
        above = Organisation(name=names["above"], name_en=names["above_en"], kind=names["above_kind"])
    return Organisation(name=names["name"], name_en=names["name_en"], kind=names["kind"], parent=above)
