"""What a file may hold. There is no column for the personal ID, and none can be asked for.

Files are passed on inside Viet Nam, so their headers and words are Vietnamese in every language of
the page and stand here, not in the catalogue.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certificates.codes import format_code
from certificates.queries.facts import LEVELS, day_of
from lms.hr.models import RecordStatus
from lms.hr.queries.records import Record
from lms.shared.languages import localised
from lms.shared.spreadsheet import Column, Value

STATUSES = {
    RecordStatus.VALID: "Còn hiệu lực",
    RecordStatus.EXPIRED: "Hết hạn",
    RecordStatus.REVOKED: "Đã thu hồi",
    RecordStatus.SUPERSEDED: "Đã thay thế",
    RecordStatus.NONE: "Chưa có",
}
EVIDENCE = {"platform": "Nền tảng", "external": "Ngoài, có hồ sơ"}


@dataclass(frozen=True)
class ExportColumn:
    """A column to choose: its name on the page, its Vietnamese header, and its value."""

    label: str | Promise
    column: Column
    value: Callable[[Record], Value]
    is_usual: bool = True


def columns_named(names: Sequence[str]) -> list[ExportColumn]:
    """The columns of these names, in the file's order."""
    return [column for name, column in COLUMNS.items() if name in names]


def _unit(record: Record) -> str:
    return record.unit.name if record.unit else ""


def _above(record: Record) -> str:
    return record.unit.parent.name if record.unit and record.unit.parent else ""


def _level(record: Record) -> str:
    return LEVELS[record.certificate.level]["vi"] if record.certificate else ""


def _issued(record: Record) -> date | None:
    return day_of(record.certificate.issued_at) if record.certificate else None


def _expires(record: Record) -> date | None:
    moment = record.certificate.expires_at if record.certificate else None
    return day_of(moment) if moment else None


def _revoked(record: Record) -> date | None:
    moment = record.certificate.revoked_at if record.certificate else None
    return day_of(moment) if moment else None


def _hours(record: Record) -> Value:
    """Whole hours without a decimal part."""
    if record.certificate is None:
        return None
    hours = Decimal(record.certificate.facts["hours"])
    return int(hours) if hours == int(hours) else hours


def _result(record: Record) -> Decimal | None:
    return Decimal(record.certificate.facts["result_percent"]) if record.certificate else None


COLUMNS: dict[str, ExportColumn] = {
    "name": ExportColumn(_("Full name"), Column("Họ và tên", 28), lambda r: r.full_name),
    "unit": ExportColumn(_("Work unit"), Column("Đơn vị", 30), _unit),
    "above": ExportColumn(_("Body above"), Column("Đơn vị cấp trên", 26), _above, is_usual=False),
    "track": ExportColumn(
        _("Programme"), Column("Chương trình", 26), lambda r: localised(r.track_title, "vi")
    ),
    "level": ExportColumn(_("Level"), Column("Mức", 18), _level, is_usual=False),
    "hours": ExportColumn(_("Hours"), Column("Số tiết", 9), _hours, is_usual=False),
    "issued": ExportColumn(_("Date of issue"), Column("Ngày cấp", 12), _issued),
    "expires": ExportColumn(_("Valid until"), Column("Có giá trị đến", 14), _expires),
    "serial": ExportColumn(
        _("Serial number"),
        Column("Số hiệu", 18),
        lambda r: r.certificate.serial if r.certificate else "",
    ),
    "status": ExportColumn(_("Status"), Column("Trạng thái", 18), lambda r: STATUSES[RecordStatus(r.status)]),
    "revoked": ExportColumn(_("Revoked on"), Column("Ngày thu hồi", 13), _revoked, is_usual=False),
    "evidence": ExportColumn(
        _("Evidence"),
        Column("Căn cứ", 18),
        lambda r: EVIDENCE[r.certificate.evidence] if r.certificate else "",
        is_usual=False,
    ),
    "result": ExportColumn(_("Exam result"), Column("Kết quả thi (%)", 12), _result, is_usual=False),
    "code": ExportColumn(
        _("Verification code"),
        Column("Mã xác minh", 20),
        lambda r: format_code(r.certificate.code) if r.certificate else "",
        is_usual=False,
    ),
}
