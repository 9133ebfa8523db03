"""From bytes to text: sizes, encodings, and what makes no sense in a text."""

import codecs
import re
import unicodedata
from pathlib import Path
from typing import Any

from lxml import etree

from assessments.exchange.model import MEGA, MOST_BYTES, Unreadable
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml

_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}?\?>"""
)
# What old programs on Windows write; any other declared encoding is refused.
_OLD = {"iso-8859-1", "iso8859-1", "cp1252", "cp1258"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
MOST_LINES = 400_000  # a hundred for each question that a file may hold
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\x85")


def read_limited(path: Path, limit: int = MOST_BYTES) -> bytes:
    """The file's bytes; a larger file is refused before anything of it is read."""
    if path.stat().st_size > limit:
        raise Unreadable("too-large", str(limit // MEGA), path.name)
    return path.read_bytes()


def text_of(content: bytes) -> str:
    """A text in UTF-8, or UTF-16 with its mark, as NFC with plain line ends."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", str(MOST_BYTES // MEGA))
    mark, encoding = next(((m, e) for m, e in _MARKS if content.startswith(m)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable("not-utf-8", str(line)) from error
    if "\x00" in text:
        raise Unreadable("not-a-text")
    if text.count("\n") > MOST_LINES:
        raise Unreadable("too-many-questions", str(MOST_LINES))
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", text))


def xml_of(content: bytes, path: str = "") -> etree._Element:
    """The root of an XML file: no document type, no entities, no network."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", str(MOST_BYTES // MEGA), path)
    try:
        return parse_xml(_as_utf_8(content), path, limit=2 * MOST_BYTES)
    except OlxRefused as refusal:
        code = {"file-too-large": "too-large"}.get(refusal.problem.code, refusal.problem.code)
        raise Unreadable(code, refusal.problem.detail, path) from refusal


def row_of(element: Any) -> int:
    """The line of the file an element begins in; 0 where nobody knows."""
    return int(element.sourceline or 0)


def _as_utf_8(content: bytes) -> bytes:
    """UTF-16 and the old encodings that a file declares become UTF-8; what is wrong stays wrong."""
    for mark, encoding in _MARKS[1:]:
        if content.startswith(mark):
            return _said_as_utf_8(content[len(mark) :], encoding)
    declared = _DECLARED.match(content)
    if declared is None:
        return content
    try:
        encoding = codecs.lookup(declared[1].decode()).name
    except LookupError:
        return content
    return _said_as_utf_8(content, encoding) if encoding in _OLD else content


def _said_as_utf_8(content: bytes, encoding: str) -> bytes:
    try:
        changed = content.decode(encoding).encode()
    except UnicodeError as error:
        raise Unreadable("not-utf-8", encoding) from error
    return _DECLARED.sub(b'<?xml version="1.0" encoding="UTF-8"?>', changed, count=1)
