"""The figures of a day, as known at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from django.core.cache import cache

from lms.indicator.formula import DEFINITION_VERSION, Figure, Moment, Reading, is_recent
from lms.indicator.queries import statement
from lms.indicator.queries.freshness import data_state, has_uncommitted_changes
from lms.people.models import Duty, OrganisationKind
from lms.shared import clock

DUTIES = {1: Duty.COMM, 2: Duty.GRASS, 3: Duty.FOREIGN}
SECONDS_KEPT = 600
CENTRAL_KINDS = (OrganisationKind.MINISTRY, OrganisationKind.MINISTERIAL)


@dataclass(frozen=True)
class Counts:
    """All the whole numbers of one cell; cells of different people add up."""

    vi_concerned: int = 0
    vi_trained: int = 0
    strict_concerned: int = 0
    strict_trained: int = 0
    wide_concerned: int = 0
    wide_trained: int = 0
    a70_concerned: int = 0
    a70_trained: int = 0
    ever_trained: int = 0
    external: int = 0
    new: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, n) + getattr(other, n) for n in COUNT_NAMES))

    def figure(self, reading: Reading = Reading.VI) -> Figure:
        """B70 under one of its readings."""
        if reading is Reading.STRICT:
            return Figure(self.strict_concerned, self.strict_trained)
        return Figure(self.vi_concerned, self.vi_trained)

    @property
    def with_propagandists(self) -> Figure:
        return Figure(self.wide_concerned, self.wide_trained)

    @property
    def a70(self) -> Figure:
        """The other target: communication staff, digital skills, any level. Never merged with B70."""
        return Figure(self.a70_concerned, self.a70_trained)

    @property
    def ever(self) -> Figure:
        return Figure(self.vi_concerned, self.ever_trained)


COUNT_NAMES = tuple(field.name for field in fields(Counts))


@dataclass(frozen=True)
class Row:
    """One organisation in a table: who it is, when its list was signed, its counts by duty."""

    pk: int
    code: str
    kind: str
    name: str
    name_en: str
    short_name: str
    label: str
    nso_code: str
    signed_on: date | None
    is_signed: bool
    by_duty: tuple[tuple[str, Counts], ...]

    @cached_property
    def counts(self) -> Counts:
        return sum((counts for _duty, counts in self.by_duty), Counts())


@dataclass(frozen=True)
class IndicatorReport:
    """Everything the pages, the CSV, the API and a snapshot print. Computed in one statement."""

    moment: Moment
    rows: tuple[Row, ...]
    definition_version: str = DEFINITION_VERSION

    @cached_property
    def counts(self) -> Counts:
        return sum((row.counts for row in self.rows), Counts())

    def figure(self, reading: Reading = Reading.VI) -> Figure:
        return self.counts.figure(reading)

    @cached_property
    def provinces(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind == OrganisationKind.PROVINCE)

    @cached_property
    def central_bodies(self) -> tuple[Row, ...]:
        """Ministries, ministerial-level agencies and government agencies."""
        return tuple(row for row in self.rows if row.kind != OrganisationKind.PROVINCE)

    @cached_property
    def unsigned(self) -> tuple[Row, ...]:
        """Bodies without a staff list signed in the last six months."""
        return tuple(row for row in self.rows if not row.is_signed)

    @property
    def is_provisional(self) -> bool:
        return bool(self.unsigned) or not self.rows

    def duty_counts(self) -> list[tuple[str, Counts]]:
        """The national figures by duty."""
        cells = [cell for row in self.rows for cell in row.by_duty]
        return [(d, sum((c for duty, c in cells if duty == d), Counts())) for d in DUTIES.values()]


def moment(day: date, known_on: date | None = None) -> Moment:
    """Both times of a figure. Without `known_on`, or on today, everything we know counts."""
    latest = clock.end_of(clock.today())
    known_at = latest if known_on is None else min(clock.end_of(known_on), latest)
    return Moment(day, clock.end_of(day), known_at)


def indicator_at(as_of: date, known_on: date | None = None) -> IndicatorReport:
    """The figures at the end of `as_of`, by what was known at the end of `known_on` (default: now).

    Kept in the cache under the state of the data, so that one new certificate shows at once.
    """
    at = moment(as_of, known_on)
    if has_uncommitted_changes():
        return compute(at)
    key = f"indicator:{DEFINITION_VERSION}:{at.day}:{known_on or clock.today()}:{data_state()}"
    report: IndicatorReport | None = cache.get(key)
    if report is None:
        report = compute(at)
        cache.set(key, report, SECONDS_KEPT)
    return report


def compute(at: Moment) -> IndicatorReport:
    """The report of a moment, straight from the tables."""
    return IndicatorReport(at, tuple(rows_from(statement.figures_by_body(at), at)))


def organisation_rows(at: Moment, top: int) -> list[Row]:
    """One organisation and each of its children, with the people who stand in them."""
    return list(rows_from(statement.figures_by_child(at, top), at))


def rows_from(records: Iterable[tuple[Any, ...]], at: Moment) -> Iterable[Row]:
    """Put the statement's lines, one per organisation and duty, together by organisation."""
    found: dict[int, tuple[tuple[Any, ...], list[tuple[str, Counts]]]] = {}
    for record in records:
        _facts, cells = found.setdefault(record[0], (record[:9], []))
        if record[9] is not None:
            cells.append((DUTIES[record[9]], Counts(*map(int, record[10:]))))
    for facts, cells in found.values():
        signed = _day(facts[8])
        pk, code, kind, name, name_en, short_name, label, nso_code = facts[:8]
        yield Row(
            pk,
            code,
            kind,
            name,
            name_en,
            short_name,
            label,
            nso_code,
            signed_on=signed,
            is_signed=is_recent(signed, at.day),
            by_duty=tuple(cells),
        )


def _day(value: Any) -> date | None:
    """SQLite hands out dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
