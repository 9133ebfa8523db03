"""Files taken out: whose they are, and what they say of themselves."""

from typing import Any

from django.db.models import QuerySet

from lms.hr.models import RecordStatus, TrainingExport
from lms.hr.queries.columns import STATUSES
from lms.hr.queries.records import RecordFilters
from lms.hr.queries.scope import scope_of, units
from lms.people.models import Organisation, Person
from lms.shared import clock
from lms.shared.spreadsheet import Source

# Printed in the file, so Vietnamese whatever the reader's language.
TITLE = "Hồ sơ chứng nhận"
FILTER_WORDS = {
    "text": "họ tên hoặc số hiệu",
    "track": "chương trình",
    "issued_from": "cấp từ ngày",
    "issued_to": "đến ngày",
}


def exports_of(person: Person) -> QuerySet[TrainingExport]:
    """What a person took out, the newest first."""
    return TrainingExport.objects.filter(person=person).order_by("-requested_at", "-pk")


def scope_line(actor: Any, filters: RecordFilters) -> Organisation | None:
    """The body an export is of: the chosen one, else the exporter's only one; None: several or all."""
    scope = scope_of(actor)
    if filters.unit:
        return units(scope, filters.unit).chosen
    return scope.tops[0] if scope.tops and len(scope.tops) == 1 else None


def source_of(export: TrainingExport) -> Source:
    """Who took the file out, when, what for and what was left out of it."""
    asked = export.requested_at.astimezone(clock.HO_CHI_MINH)
    return Source(
        TITLE,
        [
            ("Trích xuất bởi", export.person.full_name),
            ("Ngày", f"{asked:%d/%m/%Y %H:%M}"),
            ("Mục đích", export.purpose),
            ("Phạm vi", export.scope.name if export.scope else "Các đơn vị được giao quyền xem"),
            ("Bộ lọc", _filters_line(RecordFilters.from_plain(export.filters))),
            ("Mã lần trích xuất", str(export.pk)),
        ],
    )


def _filters_line(filters: RecordFilters) -> str:
    plain = filters.to_plain()
    for name in ("issued_from", "issued_to"):
        day = getattr(filters, name)
        if day:
            plain[name] = f"{day:%d/%m/%Y}"
    parts = [f"{words} {plain[name]}" for name, words in FILTER_WORDS.items() if name in plain]
    if filters.status:
        parts.append(f"trạng thái {STATUSES[RecordStatus(filters.status)].lower()}")
    return "; ".join(parts) or "không"
