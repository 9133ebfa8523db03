"""Tables as XLSX and CSV files that open safely in Excel. Plain Python.

Excel runs a text that begins like a formula, turns "0042" into 42 and guesses at dates. So every
value has a type: text stays text, days are real days, and CSV text that could run is quoted.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any

Value = str | date | int | Decimal | None

# What Excel or LibreOffice takes for the begin of a formula, also as full-width forms.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575  # of one XLSX sheet, without the header
DAY = "dd/mm/yyyy"


@dataclass(frozen=True)
class Column:
    """A column: its header and how wide it is, in characters."""

    header: str
    width: int = 16


@dataclass(frozen=True)
class Source:
    """Where a file comes from, printed in the file itself: pairs of label and text."""

    title: str
    lines: Sequence[tuple[str, str]]

    @property
    def sentence(self) -> str:
        return "; ".join(f"{label}: {text}" for label, text in self.lines)


def clean(text: str) -> str:
    """NFC, and nothing that neither XML nor UTF-8 can hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c in "\t\r\n" or _is_printed(c))[:LONGEST_CELL]


def guarded(text: str) -> str:
    """`text` as CSV holds it: with an apostrophe before what would run as a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def write_csv(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Value]], source: Source
) -> int:
    """Write UTF-8 with a byte order mark, commas and CRLF; the source is the last line.

    Returns the number of rows written. The file stays open.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_csv_cell(column.header) for column in columns])
    written = 0
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        written += 1
    writer.writerow([])
    writer.writerow([_csv_cell(source.sentence)])
    text.flush()
    text.detach()
    return written


def write_xlsx(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Value]], source: Source
) -> int:
    """Write one sheet with the rows and one that says where they come from.

    Returns the number of rows written. Memory stays the same for any number of rows.
    """
    import xlsxwriter  # noqa: PLC0415 — 13 MB that page workers need not hold

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        formats = _Formats(book)
        sheet = book.add_worksheet(source.title[:31])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, clean(column.header), formats.header)
        written = 0
        for row in rows:
            written += 1
            for place, value in enumerate(row):
                _write_cell(sheet, written, place, value, formats)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, written, len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.set_footer("&L" + _footer(source) + "&R&P/&N")
        _write_source(book, source, formats)
    return written


class _Formats:
    """The cell formats of one book."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": DAY, "align": "left"})
        self.share = book.add_format({"num_format": "0.00"})


def _write_cell(sheet: Any, row: int, place: int, value: Value, formats: _Formats) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, clean(value), formats.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats.day)
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), formats.share)
    elif value is not None:
        sheet.write_number(row, place, value)


def _write_source(book: Any, source: Source, formats: _Formats) -> None:
    sheet = book.add_worksheet("Nguồn trích xuất")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    for place, (label, text) in enumerate(source.lines):
        sheet.write_string(place, 0, clean(label), formats.header)
        sheet.write_string(place, 1, clean(text), formats.text)


def _footer(source: Source) -> str:
    """The source at the foot of printed pages: at most 255 characters, `&` has a meaning there."""
    return clean(source.sentence).replace("&", "&&")[:200].rstrip("&")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return guarded(clean(value)) if isinstance(value, str) else str(value)


def _is_printed(character: str) -> bool:
    """Neither a control character, half of a surrogate pair nor a noncharacter."""
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"
