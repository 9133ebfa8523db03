"""Files that open safely in Excel: types, guard, encoding."""

import csv
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lms.shared.spreadsheet import RUNS, Column, Source, Value, clean, guarded, write_csv, write_xlsx

COLUMNS = [Column("Họ và tên", 28), Column("Số hiệu"), Column("Ngày cấp"), Column("Kết quả (%)")]
SOURCE = Source("Hồ sơ chứng nhận", [("Trích xuất bởi", "Hà Thị Nhân Sự"), ("Mục đích", "=1+1 & báo cáo")])
ROWS: list[list[Value]] = [
    ["Lò Thị Bình", "000042", date(2026, 7, 14), Decimal("92.5")],
    ["=HYPERLINK(1)", "https://vi.du", None, None],
]


def xlsx(rows: Sequence[Sequence[Value]] = ROWS) -> tuple[BytesIO, int]:
    file = BytesIO()
    return file, write_xlsx(file, COLUMNS, rows, SOURCE)


def csv_text(rows: Sequence[Sequence[Value]] = ROWS) -> str:
    file = BytesIO()
    write_csv(file, COLUMNS, rows, SOURCE)
    return file.getvalue().decode()


def test_xlsx_keeps_every_type() -> None:
    """Days come back as moments without a zone: Excel knows none."""
    file, written = xlsx()
    sheet = load_workbook(file)["Hồ sơ chứng nhận"]
    assert written == 2
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Họ và tên", "Số hiệu", "Ngày cấp", "Kết quả (%)"],
        ["Lò Thị Bình", "000042", datetime(2026, 7, 14), 92.5],  # noqa: DTZ001
        ["=HYPERLINK(1)", "https://vi.du", None, None],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "d", "n"]
    assert sheet["B2"].number_format == "@"
    assert sheet["C2"].number_format == "dd/mm/yyyy"


def test_xlsx_never_writes_a_formula_or_a_link() -> None:
    sheet = load_workbook(xlsx()[0]).worksheets[0]
    assert [cell.data_type for cell in sheet[3]][:2] == ["s", "s"]
    assert sheet["B3"].hyperlink is None


def test_xlsx_freezes_the_header_and_filters_below_it() -> None:
    sheet = load_workbook(xlsx()[0]).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:D3")
    assert sheet.column_dimensions["A"].width == pytest.approx(28, abs=1)


def test_xlsx_says_where_it_comes_from() -> None:
    book = load_workbook(xlsx()[0])
    assert [[cell.value for cell in row] for row in book["Nguồn trích xuất"].iter_rows()] == [
        ["Trích xuất bởi", "Hà Thị Nhân Sự"],
        ["Mục đích", "=1+1 & báo cáo"],
    ]
    assert "Hà Thị Nhân Sự" in book.worksheets[0].oddFooter.left.text


def test_xlsx_without_rows_has_its_header() -> None:
    file, written = xlsx([])
    assert written == 0
    assert load_workbook(file).worksheets[0].max_row == 1


def test_csv_is_what_excel_in_vietnam_opens() -> None:
    assert csv_text() == (
        "\ufeffHọ và tên,Số hiệu,Ngày cấp,Kết quả (%)\r\n"
        'Lò Thị Bình,000042,14/07/2026,"92,50"\r\n'
        "'=HYPERLINK(1),https://vi.du,,\r\n"
        "\r\n"
        "Trích xuất bởi: Hà Thị Nhân Sự; Mục đích: =1+1 & báo cáo\r\n"
    )


def test_text_is_composed() -> None:
    loose = unicodedata.normalize("NFD", "Nguyễn Thị Đào")
    assert loose != "Nguyễn Thị Đào"
    assert "Nguyễn Thị Đào" in csv_text([[loose]])
    assert load_workbook(xlsx([[loose]])[0]).worksheets[0]["A2"].value == "Nguyễn Thị Đào"


@pytest.mark.parametrize("start", RUNS)
def test_guard_puts_an_apostrophe_before_what_runs(start: str) -> None:
    assert guarded(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_guard_leaves_names_and_numbers_alone() -> None:
    assert [guarded(text) for text in ("", "Đỗ Văn C", "LT-2026-000042", "a=b")] == [
        "", "Đỗ Văn C", "LT-2026-000042", "a=b",
    ]  # fmt: skip


@given(st.text())
def test_guarded_text_never_runs_and_loses_nothing(text: str) -> None:
    safe = guarded(text)
    assert not safe.startswith(RUNS)
    assert safe in (text, f"'{text}")


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    file = BytesIO()
    write_csv(file, COLUMNS, [texts], SOURCE)
    rows = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert rows[1] == [guarded(clean(text)) for text in texts]
