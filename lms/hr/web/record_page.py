"""What the page of records shows, also when an export could not be made."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certificates.models import Evidence
from certificates.queries.facts import day_of
from lms.hr.models import RecordStatus
from lms.hr.queries.records import Record, RecordFilters, as_printed, as_records, record_rows
from lms.hr.queries.scope import Scope, Units, scope_of, units
from lms.hr.web.forms import ExportForm, FilterForm
from lms.people.models import Person
from lms.people.queries import organisation_label
from lms.shared import clock
from lms.shared.templatetags.ui import badge

ON_A_PAGE = 50
FILTERS = {field.name for field in fields(RecordFilters)}


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Line:
    """A record in the reader's language: fifty of them make the page, so the template only prints."""

    name: str
    unit: str
    track: str
    issued: str
    until: str
    evidence: str
    badge: SafeString
    serial: str
    url: str


BADGES = {
    RecordStatus.VALID: ("ok", None),
    RecordStatus.EXPIRED: ("gold", None),
    RecordStatus.REVOKED: ("err", "ban"),
    RecordStatus.SUPERSEDED: ("gold", "redo"),
    RecordStatus.NONE: ("mute", None),
}


class RecordPage:
    """The records a reader asked for by the address of the page."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.request, self.person, self.at = request, person, clock.now()
        self.form = FilterForm(request.GET)
        self.filters: RecordFilters = self.form.filters()
        self.scope: Scope = scope_of(person)
        self.units: Units = units(self.scope, self.filters.unit)

    @cached_property
    def page(self) -> Page[Any]:
        rows = record_rows(self.person, self.filters, at=self.at, offered=self.units)
        return Paginator(as_printed(rows), ON_A_PAGE).get_page(self.request.GET.get("page", "1"))

    def context(self, export_form: ExportForm) -> dict[str, Any]:
        return {
            "form": self.form,
            "export_form": export_form,
            "page": self.page,
            "lines": self._lines(),
            "chosen_code": self.units.chosen.code if self.units.chosen else "",
            "options": self.form.options(self.units),
            "number": self.page.paginator.count,
            "place": self._place(),
            "chips": self._chips(),
            "query": self._query().urlencode(),
            "may_sign": bool(self.scope.tops),
        }

    def _lines(self) -> list[Line]:
        shows_above = self.scope.tops is None or len(self.scope.tops) > 1
        badges = {
            status: badge(tone, str(RecordStatus(status).label), icon)
            for status, (tone, icon) in BADGES.items()
        }
        records = as_records(self.page.object_list, at=self.at)
        return [_line(record, shows_above, badges[RecordStatus(record.status)]) for record in records]

    def _place(self) -> str:
        """Whose records these are: "tỉnh Sơn La"."""
        if self.units.chosen:
            return organisation_label(self.units.chosen)
        return ", ".join(organisation_label(top) for top in self.scope.tops or ())

    def _chips(self) -> list[Chip]:
        chips = []
        for name, value in asdict(self.filters).items():
            if value:
                query = self._query()
                del query[name]
                url = f"{reverse('hr:records')}?{query.urlencode()}"
                chips.append(Chip(str(self.form.fields[name].label), self._words(name, value), url))
        return chips

    def _words(self, name: str, value: Any) -> str:
        if name == "unit":
            return organisation_label(self.units.chosen) if self.units.chosen else _("not found")
        if name == "track":
            choices: Any = self.form.fields["track"]
            return str(dict(choices.choices)[value])
        if name == "status":
            return str(RecordStatus(value).label)
        return f"{value:%d/%m/%Y}" if name.startswith("issued") else str(value)

    def _query(self) -> QueryDict:
        """The filters in force as an address has them: no page number, nothing empty."""
        query = self.request.GET.copy()
        for name in list(query):
            if name not in FILTERS or not query[name]:
                del query[name]
        return query


def _line(record: Record, shows_above: bool, badge: SafeString) -> Line:
    row = record.certificate
    return Line(
        name=record.full_name,
        unit=record.unit_line if shows_above else record.unit_label,
        track=record.track_label,
        issued=_day(row.issued_at) if row else "",
        until=(_day(row.expires_at) if row.expires_at else _("no expiry")) if row else "",
        evidence=str(Evidence(row.evidence).label) if row else "",
        badge=badge,
        serial=row.serial if row else "",
        url=reverse("certificates:verify", args=[row.code]) if row else "",
    )


def _day(moment: datetime) -> str:
    return date_format(day_of(moment), "SHORT_DATE_FORMAT")
