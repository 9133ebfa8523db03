"""Pictures by their first bytes: is it one, of which kind, how many pixels. Nothing is opened, nothing drawn.

A library for pictures reads comments, profiles and previews before it tells the size, and strangers can make
those cost megabytes and seconds. The size stands at known places, so it is read there.
"""

import struct
from collections.abc import Callable

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.problems import refuse

Size = tuple[int, int]
# Segments of a JPEG that begin a frame and so tell its size; C4, C8 and CC are tables.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS = 1_000


def check_picture(head: bytes, path: str, limits: Limits) -> Size:
    """Its pixels; `Rejected` for what is no picture and for pictures that would fill a phone's memory."""
    read = next((read for sign, read in _BY_SIGN if head.startswith(sign)), None)
    if read is None or (read is _webp and head[8:12] != b"WEBP"):
        refuse("other-type", path)
    try:
        size = read(head)
    except (struct.error, IndexError):
        size = None
    if size is None or min(size) <= 0:
        refuse("broken-picture", path)
    if size[0] * size[1] > limits.pixels:
        refuse("too-many-pixels", path, f"{size[0]} × {size[1]}")
    return size


def _png(head: bytes) -> Size | None:
    width, height = struct.unpack_from(">2L", head, 16)
    return (width, height) if head[12:16] == b"IHDR" else None


def _gif(head: bytes) -> Size | None:
    width, height = struct.unpack_from("<2H", head, 6)
    return width, height


def _bmp(head: bytes) -> Size | None:
    """A negative height counts the rows from above."""
    if int.from_bytes(head[14:18], "little") == 12:  # the oldest form
        width, height = struct.unpack_from("<2H", head, 18)
    else:
        width, height = struct.unpack_from("<2l", head, 18)
    return width, abs(height)


def _jpeg(head: bytes) -> Size | None:
    """From segment to segment until a frame begins."""
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while head[place] == 0xFF and head[place + 1] == 0xFF:  # filling
            place += 1
        if head[place] != 0xFF:
            return None
        if head[place + 1] in _FRAMES:
            height, width = struct.unpack_from(">2H", head, place + 5)
            return width, height
        place += 2 + int.from_bytes(head[place + 2 : place + 4], "big")
    return None


def _webp(head: bytes) -> Size | None:
    """From the first chunk: extended, lossless or simple form."""
    kind, body = head[12:16], head[20:30]
    if kind == b"VP8X" and len(body) == 10:
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L" and body[:1] == b"\x2f":
        (bits,) = struct.unpack_from("<L", body, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<2H", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    return None


_BY_SIGN: tuple[tuple[bytes, Callable[[bytes], Size | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF87a", _gif),
    (b"GIF89a", _gif),
    (b"BM", _bmp),
    (b"RIFF", _webp),
)
