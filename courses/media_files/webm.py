"""How long a WebM film lasts, as its Segment Info says (EBML, RFC 8794; Matroska, RFC 9559)."""

import struct
from collections.abc import Iterator
from typing import IO

SEGMENT, INFO, CLUSTER = b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66", b"\x1f\x43\xb6\x75"
SCALE, DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
USUAL_SCALE = 1_000_000  # nanoseconds
MOST_ELEMENTS = 500


def seconds_of_webm(file: IO[bytes]) -> float | None:
    """Seconds; None where the file does not say: recorders in browsers mostly write no duration."""
    end = file.seek(0, 2)
    for kind, start, stop in _elements(file, 0, end):
        if kind == SEGMENT:
            return _in_segment(file, start, stop)
    return None


def _in_segment(file: IO[bytes], start: int, end: int) -> float | None:
    for kind, first, last in _elements(file, start, end):
        if kind == INFO:
            said = {name: _content(file, a, b) for name, a, b in _elements(file, first, last)}
            duration = said.get(DURATION, b"")
            scale = int.from_bytes(said.get(SCALE, b""), "big") or USUAL_SCALE
            form = {4: ">f", 8: ">d"}.get(len(duration))
            return struct.unpack(form, duration)[0] * scale / 1e9 if form else None
    return None


def _elements(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first and last byte of each element between two places, at most so many."""
    for _number in range(MOST_ELEMENTS):
        file.seek(start)
        head = file.read(12)
        length = _width(head[:1])
        size_length = _width(head[length : length + 1])
        if not 0 < length <= 4 or not size_length or len(head) < length + size_length:
            return
        kind, coded = head[:length], head[length : length + size_length]
        size = int.from_bytes(coded, "big") & ((1 << 7 * size_length) - 1)
        first = start + length + size_length
        is_unknown = size == (1 << 7 * size_length) - 1  # it lasts as long as what holds it
        last = end if is_unknown else first + size
        if last > end or (is_unknown and kind == CLUSTER):
            return
        yield kind, first, last
        start = last


def _width(first: bytes) -> int:
    """How many bytes a number has, by its first one; 0 for none."""
    return 9 - first[0].bit_length() if first and first[0] else 0


def _content(file: IO[bytes], first: int, last: int) -> bytes:
    file.seek(first)
    return file.read(min(last - first, 8))
