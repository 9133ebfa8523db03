"""Files taken out: who may, what for, what they hold, how long they stay."""

import csv
import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.test import TestCase
from django.urls import reverse
from openpyxl import load_workbook

from lms.audit.models import AuditEvent
from lms.hr import tasks
from lms.hr.actions import exports
from lms.hr.actions.exports import collect_file, delete_expired_files, export_training, write_file
from lms.hr.models import TrainingExport
from lms.hr.queries.columns import COLUMNS
from lms.hr.queries.records import RecordFilters
from lms.people.models import Organisation, Person, Role, RoleGrant
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_hr
from tests.make_hr import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
USUAL = [name for name, column in COLUMNS.items() if column.is_usual]
PURPOSE = "Thanh tra, kiểm tra"
EXPORT, EXPORTS = reverse("hr:export"), reverse("hr:exports")
POSTED = {"purpose": "inspection", "format": "xlsx", "columns": USUAL}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def province() -> Organisation:
    """With two certificates: of Lò Thị Bình in the commune and of =Hà Văn An in the province."""
    province, programme = make_hr.province(), make_hr.programme()
    make_hr.certificate(make_hr.staff("Lò Thị Bình", make_hr.commune("Xã Mẫu", province)), programme)
    make_hr.certificate(make_hr.staff("=Hà Văn An", province), programme, expires_at=NOW - timedelta(days=1))
    return province


@pytest.fixture
def officer(province: Organisation) -> Person:
    return make_hr.officer(province)


@pytest.fixture
def all_are_big(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave every file to a job."""
    monkeypatch.setattr(exports, "AT_ONCE", 0)


def exported(by: Person, **fields: Any) -> TrainingExport:
    values: dict[str, Any] = {
        "purpose": PURPOSE,
        "format": "xlsx",
        "columns": USUAL,
        "filters": RecordFilters(),
    }
    return export_training(by=by, **{**values, **fields})


def content(export: TrainingExport) -> bytes:
    with default_storage.open(export.file) as file:
        return bytes(file.read())


def csv_rows(export: TrainingExport) -> list[list[str]]:
    return list(csv.reader(StringIO(content(export).decode("utf-8-sig"), newline="")))


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_xlsx_holds_the_records_with_vietnamese_headers(officer: Person) -> None:
    export = exported(officer)
    sheet = load_workbook(BytesIO(content(export))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    issued = datetime(2026, 11, 11)  # noqa: DTZ001
    first, second = (row.serial for row in _certificates("=Hà Văn An", "Lò Thị Bình"))
    assert rows == [
        ["Họ và tên", "Đơn vị", "Chương trình", "Ngày cấp", "Có giá trị đến", "Số hiệu", "Trạng thái"],
        ["=Hà Văn An", "Tỉnh Sơn La", "Thông tin cơ sở", issued, datetime(2026, 11, 20), first, "Hết hạn"],  # noqa: DTZ001
        ["Lò Thị Bình", "Xã Mẫu", "Thông tin cơ sở", issued, None, second, "Còn hiệu lực"],
    ]
    assert (export.number_of_rows, export.sha256) == (2, hashlib.sha256(content(export)).hexdigest())


def _certificates(*full_names: str) -> list[Any]:
    return [Person.objects.get(full_name=name).certificates.get() for name in full_names]


def test_csv_guards_names_and_ends_with_its_source(officer: Person) -> None:
    rows = csv_rows(exported(officer, format="csv", columns=["name", "issued", "result", "hours", "above"]))
    assert rows == [
        ["Họ và tên", "Đơn vị cấp trên", "Số tiết", "Ngày cấp", "Kết quả thi (%)"],
        ["'=Hà Văn An", "", "24", "11/11/2026", "92,50"],
        ["Lò Thị Bình", "Tỉnh Sơn La", "24", "11/11/2026", "92,50"],
        [],
        [
            f"Trích xuất bởi: Hà Thị Nhân Sự; Ngày: 21/11/2026 10:42; Mục đích: {PURPOSE}; "
            f"Phạm vi: Tỉnh Sơn La; Bộ lọc: không; Mã lần trích xuất: {TrainingExport.objects.get().pk}"
        ],
    ]


def test_file_holds_what_the_filters_leave(officer: Person) -> None:
    export = exported(officer, format="csv", columns=["name"], filters=RecordFilters(status="valid"))
    assert [row[0] for row in csv_rows(export)[1:2]] == ["Lò Thị Bình"]
    assert export.number_of_rows == 1
    assert "Bộ lọc: trạng thái còn hiệu lực" in csv_rows(export)[-1][0]


def test_every_column_can_be_exported_also_for_people_without_certificates(
    officer: Person, province: Organisation
) -> None:
    make_hr.staff("Vàng A Chính", province)
    export = exported(officer, format="csv", columns=list(COLUMNS), filters=RecordFilters(status="none"))
    assert csv_rows(export)[1] == ["Vàng A Chính", "Tỉnh Sơn La", *[""] * 7, "Chưa có", *[""] * 4]


def test_no_column_holds_the_personal_id(officer: Person) -> None:
    assert not any(hasattr(Person, name) or name.startswith("personal") for name in COLUMNS)
    with pytest.raises(Refused) as refusal:
        exported(officer, columns=["name", "personal_id_last4"])
    assert refusal.value.code == "unknown-column"


def test_other_provinces_are_never_in_a_file(officer: Person) -> None:
    other = make_hr.province("Tỉnh Lào Cai")
    make_hr.certificate(make_hr.staff("Vàng A Chính", other), make_hr.programme())
    assert exported(officer).number_of_rows == 2
    with pytest.raises(Refused) as refusal:
        exported(officer, filters=RecordFilters(unit=other.code))
    assert refusal.value.code == "nothing"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"purpose": " \t "}, "no-purpose"),
        ({"format": "pdf"}, "unknown-format"),
        ({"columns": []}, "unknown-column"),
        ({"filters": RecordFilters(text="khong co ai")}, "nothing"),
    ],
)
def test_export_refuses_what_it_cannot_make(officer: Person, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        exported(officer, **fields)
    assert (refusal.value.code, TrainingExport.objects.count()) == (code, 0)


def test_export_refuses_more_rows_than_a_sheet_holds(
    officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    with pytest.raises(Refused) as refusal:
        exported(officer)
    assert (refusal.value.code, exported(officer, format="csv").number_of_rows) == ("too-many", 2)


def test_export_refuses_people_without_the_role(officer: Person) -> None:
    with pytest.raises(Refused) as refusal:
        exported(make.person())
    assert refusal.value.code == "not-allowed"


def test_database_refuses_an_export_without_a_purpose(officer: Person) -> None:
    with pytest.raises(IntegrityError):
        TrainingExport.objects.create(person=officer, format="csv", requested_at=NOW)


def test_export_is_in_the_audit_trail_with_its_purpose(officer: Person) -> None:
    export = exported(officer, filters=RecordFilters(track="G"))
    asked, written = AuditEvent.objects.order_by("pk")
    assert (asked.kind, asked.actor_id, asked.thing_id) == ("export.requested", officer.pk, str(export.pk))
    assert asked.details == {
        "purpose": PURPOSE, "filters": {"track": "G"}, "columns": USUAL, "number_of_rows": 2,
    }  # fmt: skip
    assert (written.kind, written.details) == (
        "export.written",
        {"sha256": export.sha256, "number_of_rows": 2},
    )


def test_big_export_is_left_to_a_job(officer: Person, all_are_big: None) -> None:
    with TestCase.captureOnCommitCallbacks() as jobs:
        export = exported(officer)
    assert (export.state_at(NOW), len(jobs)) == ("working", 1)
    for job in jobs:
        job()
    export.refresh_from_db()
    assert (export.state_at(NOW), export.number_of_rows) == ("ready", 2)


def test_job_twice_writes_one_file(officer: Person, all_are_big: None) -> None:
    export = exported(officer)
    tasks.write_export.call(export.pk)
    export.refresh_from_db()
    before = (export.file, export.sha256)
    tasks.write_export.call(export.pk)
    export.refresh_from_db()
    assert (export.file, export.sha256) == before


def test_of_two_writers_the_first_counts(officer: Person, all_are_big: None) -> None:
    export = exported(officer)
    late = TrainingExport.objects.get(pk=export.pk)
    write_file(export=export, by=SYSTEM)
    assert write_file(export=late, by=SYSTEM).file == export.file
    assert default_storage.listdir(f"exports/{NOW:%Y}")[1] == [export.file.rsplit("/", 1)[1]]


def test_job_writes_nothing_for_who_lost_the_role(officer: Person, all_are_big: None) -> None:
    export = exported(officer)
    RoleGrant.objects.update(revoked_at=NOW)
    tasks.write_export.call(export.pk)
    export.refresh_from_db()
    assert (export.state_at(NOW), export.file) == ("failed", "")


def test_failed_job_says_so(officer: Person, all_are_big: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: Any) -> str:
        raise OSError("No space left")

    export = exported(officer)
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", full)
        with pytest.raises(OSError, match="No space left"):
            tasks.write_export.call(export.pk)
    page = signed_in(officer).get(EXPORTS).content.decode()
    assert ("Not written" in page, "/file/" in page) == (True, False)
    tasks.write_export.call(export.pk)
    export.refresh_from_db()
    assert export.state_at(NOW) == "ready"


def test_files_are_deleted_after_a_day_and_rows_stay(officer: Person) -> None:
    export = exported(officer)
    name = export.file
    assert delete_expired_files(by=SYSTEM, at=NOW + timedelta(hours=23)) == 0
    assert delete_expired_files(by=SYSTEM, at=NOW + timedelta(hours=24)) == 1
    export.refresh_from_db()
    assert (default_storage.exists(name), export.file, export.state_at(NOW)) == (False, "", "expired")
    assert AuditEvent.objects.filter(kind="export.deleted", actor_id=None).count() == 1


def test_deletion_task_deletes_nothing_new(officer: Person) -> None:
    export = exported(officer)
    tasks.delete_old_exports.call()
    assert default_storage.exists(export.file)


def test_collecting_refuses_other_people(officer: Person, province: Organisation) -> None:
    export = exported(officer)
    with pytest.raises(Refused) as refusal:
        collect_file(export=export, by=make_hr.officer(province, "Lê Văn Khác"))
    assert refusal.value.code == "not-allowed"


# Pages ------------------------------------------------------------------------------------------


def test_form_makes_a_file_and_shows_it(officer: Person) -> None:
    client = signed_in(officer)
    answer = client.post(f"{EXPORT}?status=valid", POSTED, follow=True)
    export = TrainingExport.objects.get()
    assert answer.redirect_chain == [(EXPORTS, 302)]
    assert (export.purpose, export.filters, export.number_of_rows) == (PURPOSE, {"status": "valid"}, 1)
    assert (export.sha256 in answer.content.decode(), answer.headers.get("Refresh")) == (True, None)
    file = client.get(reverse("hr:export_file", args=[export.pk]))
    assert hashlib.sha256(b"".join(file)).hexdigest() == export.sha256
    assert {name: file.headers[name] for name in ("Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Disposition": f'attachment; filename="ho-so-chung-nhan-2026-11-21-{export.pk}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in file.headers["Cache-Control"]
    assert AuditEvent.objects.filter(kind="export.collected", actor_id=officer.pk).count() == 1


def test_own_purpose_is_kept_as_typed(officer: Person) -> None:
    signed_in(officer).post(EXPORT, {**POSTED, "purpose": "other", "other": " Đánh giá   cuối năm "})
    assert TrainingExport.objects.get().purpose == "Đánh giá cuối năm"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "Choose what the file is for."),
        ({"purpose": "other", "other": "  "}, "Write what the file is for."),
        ({"columns": []}, "Choose at least one column."),
    ],
)
def test_form_says_what_is_missing(officer: Person, changes: dict[str, Any], sentence: str) -> None:
    page = signed_in(officer).post(f"{EXPORT}?status=valid", {**POSTED, **changes})
    assert (page.status_code, TrainingExport.objects.count()) == (422, 0)
    assert sentence in page.content.decode()
    assert [line.name for line in page.context["lines"]] == ["Lò Thị Bình"]


def test_form_opened_as_an_address_leads_to_the_records(officer: Person) -> None:
    answer = signed_in(officer).get(f"{EXPORT}?status=valid")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('hr:records')}?status=valid")


def test_pages_of_files_refuse_people_without_the_role(officer: Person) -> None:
    client = signed_in(make.person())
    assert [client.post(EXPORT, POSTED).status_code, client.get(EXPORTS).status_code] == [403, 403]


def test_page_of_a_big_file_looks_again_by_itself(officer: Person, all_are_big: None) -> None:
    client, export = signed_in(officer), exported(officer)
    page = client.get(EXPORTS)
    assert (page.headers["Refresh"], "File in preparation" in page.content.decode()) == ("5", True)
    file = client.get(reverse("hr:export_file", args=[export.pk]))
    assert (file.status_code, file.headers["Location"]) == (302, EXPORTS)


def test_file_of_somebody_else_does_not_exist(officer: Person, province: Organisation) -> None:
    address = reverse("hr:export_file", args=[exported(officer).pk])
    colleague, auditor = make_hr.officer(province, "Lê Văn Khác"), make.person()
    make.grant(auditor, Role.AUDITOR)
    assert [signed_in(person).get(address).status_code for person in (colleague, auditor)] == [404, 404]


def test_file_is_refused_after_the_role_was_revoked(officer: Person) -> None:
    export = exported(officer)
    RoleGrant.objects.update(revoked_at=NOW)
    assert signed_in(officer).get(reverse("hr:export_file", args=[export.pk])).status_code == 403


def test_file_is_gone_after_a_day(officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("hr:export_file", args=[exported(officer).pk])
    at(monkeypatch, NOW + timedelta(hours=23, minutes=59))
    file = signed_in(officer).get(address)
    assert (file.status_code, b"".join(file)[:2]) == (200, b"PK")
    at(monkeypatch, NOW + timedelta(hours=24))
    client = signed_in(officer)
    page = client.get(address)
    assert (page.status_code, "Export again" in page.content.decode()) == (410, True)
    assert "Deleted" in client.get(EXPORTS).content.decode()


def test_lost_file_is_gone(officer: Person) -> None:
    export = exported(officer)
    default_storage.delete(export.file)
    assert signed_in(officer).get(reverse("hr:export_file", args=[export.pk])).status_code == 410


def test_page_without_exports_says_what_to_do(officer: Person) -> None:
    assert "Nothing exported yet" in signed_in(officer).get(EXPORTS).content.decode()
