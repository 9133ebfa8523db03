"""The cells of the first sheet of an XLSX file as texts: values only, no formulas, links or macros."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from assessments.exchange.model import MEGA, Unreadable

MOST_PART = 60 * MEGA  # unpacked
MOST_ROWS = 10_000
MOST_COLUMNS = 200
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    """(number of the row, its cells) of every row that has any."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.namelist()) > 2_000:
                raise Unreadable("too-many-files")
            shared = _shared(archive)
            return list(_rows(_part(archive, _first_sheet(archive)), shared))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("broken-archive", str(error)[:200]) from error


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The path of the sheet that stands first in the book."""
    book = _part(archive, "xl/workbook.xml")
    sheet = next((e for e in book.iter() if _local(e) == "sheet"), None)
    wanted = sheet.get(_RELATION) if sheet is not None else None
    relations = _part(archive, "xl/_rels/workbook.xml.rels")
    for relation in relations:
        if relation.get("Id") == wanted:
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise Unreadable("no-sheet")


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _part(archive, "xl/sharedStrings.xml") if _local(item) == "si"]


def _rows(sheet: etree._Element, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate((e for e in sheet.iter() if _local(e) == "row"), start=1):
        said = row.get("r", "")
        number = int(said) if said.isdecimal() and len(said) < 8 else count
        if count > MOST_ROWS:
            raise Unreadable("too-many-questions", str(MOST_ROWS))
        cells: list[str] = []
        for cell in row:
            place = _column(cell.get("r", ""), len(cells))
            if place < MOST_COLUMNS:
                cells += [""] * (place + 1 - len(cells))
                cells[place] = _value(cell, shared)
        if any(cells):
            yield number, cells


def _column(reference: str, following: int) -> int:
    found = _PLACE.fullmatch(reference)
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: etree._Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    said = next((child.text or "" for child in cell if _local(child) == "v"), "").strip()
    if kind == "s":
        place = int(said) if said.isdecimal() else -1
        return shared[place] if 0 <= place < len(shared) else ""
    if kind == "b":
        return {"1": "true", "0": "false"}.get(said, said)
    return "" if kind == "e" else _plain_number(said) if kind == "n" else said


def _plain_number(said: str) -> str:
    """Excel keeps 9.81 as 9.8100000000000005; people wrote at most fifteen digits."""
    try:
        return f"{float(said):.15g}" if said and len(said) < 40 else said
    except ValueError:
        return said


def _text(element: etree._Element) -> str:
    """The runs of a text without the readings that are printed above Asian letters."""
    return "".join(
        e.text or "" for e in element.iter() if _local(e) == "t" and _local(e.getparent()) != "rPh"
    )


def _local(element: etree._Element | None) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _part(archive: zipfile.ZipFile, path: str) -> etree._Element:
    """One part, never more of it than we accept, without document type or entities."""
    with archive.open(path) as opened:
        content = opened.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise Unreadable("too-large", str(MOST_PART // MEGA), path)
    if b"<!DOCTYPE" in content[:2_000].upper():
        raise Unreadable("entities", path=path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken-xml", str(error)[:200], path) from error
