"""All formats by name: telling which one a file has, reading it, writing it."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from assessments.exchange import (
    aiken,
    gift,
    gift_write,
    moodle_write,
    moodle_xml,
    olx_file,
    qti,
    qti_write,
    table,
    table_write,
)
from assessments.exchange.model import MEGA, MOST_BYTES, Export, Reading, Unreadable, Written
from assessments.exchange.own import settled

Read = Callable[..., Reading]
HEAD = 4_000


@dataclass(frozen=True)
class Format:
    """How one format is read. `is_text`: one question of it can be put right by hand, as text."""

    name: str
    read: Read
    is_text: bool = False


FORMATS = {
    one.name: one
    for one in (
        Format("gift", gift.read, is_text=True),
        Format("aiken", aiken.read, is_text=True),
        Format("moodle-xml", moodle_xml.read),
        Format("qti", qti.read),
        Format("csv", table.read_csv),
        Format("xlsx", table.read_xlsx),
        Format("olx", olx_file.read),
    )
}

WRITERS: dict[str, Callable[[Export], Written]] = {
    "moodle-xml": moodle_write.write,
    "gift": gift_write.write,
    "aiken": aiken.write,
    "qti-2.2": qti_write.write_2,
    "qti-3.0": qti_write.write_3,
    "csv": table_write.write_csv,
    "xlsx": table_write.write_xlsx,
    "olx": olx_file.write,
}


def read(content: bytes, *, name: str = "", format: str = "", language: str = "vi") -> Reading:
    """Every question of a file, each as our own OLX would keep it. `Unreadable` when nothing can be used.

    `name` helps to tell the format where it is not given; `language` is that of texts that do not say.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", str(MOST_BYTES // MEGA), name)
    if not content.strip():
        raise Unreadable("empty-file", path=name)
    chosen = FORMATS.get(format) or FORMATS[detect(content, name)]
    try:
        found = chosen.read(content, language=language)
    except RecursionError as error:
        raise Unreadable("too-deep", path=name) from error
    questions = tuple(settled(question) for question in found.questions)
    if not questions and not found.problems:
        raise Unreadable("no-items", path=name)
    return replace(found, format=chosen.name, questions=questions)


def detect(content: bytes, name: str = "") -> str:
    """The format by the content, the name where the content fits several. `Unreadable` when none fits."""
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(content)
    if content.startswith(b"\x1f\x8b") or content[257:262] == b"ustar":
        return "qti"
    head = content[:HEAD].replace(b"\x00", b"").decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    if head.startswith("<"):
        return _of_xml(head)
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"gift", "csv", "tsv"}:
        return "gift" if suffix == "gift" else "csv"
    if aiken.looks_so(head):
        return "aiken"
    if table.looks_so(head):
        return "csv"
    if "{" in head or head.startswith(("::", "//", "$CATEGORY")):
        return "gift"
    raise Unreadable("unknown-format", path=name)


def _of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "xlsx" if "xl/workbook.xml" in archive.namelist() else "qti"
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("broken-archive") from error


def _of_xml(head: str) -> str:
    if "<quiz" in head:
        return "moodle-xml" if "<question type=" in head or "url_name" not in head else "olx"
    if "<question_bank" in head:
        return "olx"
    if "assessmentItem" in head or "assessment-item" in head:
        return "qti"
    if "<questestinterop" in head:
        raise Unreadable("qti-1")
    raise Unreadable("unknown-format")
