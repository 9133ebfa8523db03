"""The boxes of an MP4 file: is there a picture track, and where is it said where it was recorded?"""

from collections.abc import Iterator
from typing import IO, NamedTuple

DEEPEST = 4
MOST_BOXES = 2_000
CONTAINERS = {b"moov", b"trak", b"mdia"}
# User data and metadata: place (©xyz), device, times, the maker's tags. Players need none of them.
PRIVATE = {b"udta", b"meta", b"uuid"}


class Box(NamedTuple):
    start: int
    header: int  # bytes before the content
    end: int
    type: bytes


def has_video_track(file: IO[bytes]) -> bool:
    """A handler box of the type "vide" says so."""
    for box in _boxes(file):
        if box.type == b"hdlr":
            file.seek(box.start + box.header + 8)
            if file.read(4) == b"vide":
                return True
    return False


def blank_private_boxes(file: IO[bytes]) -> int:
    """Overwrite places, devices and tags with nothing, in place: no offset moves. Returns how many."""
    found = [box for box in _boxes(file) if box.type in PRIVATE]
    for box in found:
        file.seek(box.start + 4)
        file.write(b"free")
        file.seek(box.start + box.header)
        left = box.end - box.start - box.header
        while left > 0:
            left -= file.write(b"\0" * min(left, 1 << 16))
    return len(found)


def _boxes(file: IO[bytes]) -> Iterator[Box]:
    size = file.seek(0, 2)
    seen = 0
    # (position, end, depth), the next one last
    waiting = [(0, size, 0)]
    while waiting and seen < MOST_BOXES:
        start, end, depth = waiting.pop()
        box = _read(file, start, end)
        if box is None:
            continue
        seen += 1
        yield box
        waiting.append((box.end, end, depth))
        if box.type in CONTAINERS and depth < DEEPEST:
            waiting.append((box.start + box.header, box.end, depth + 1))


def _read(file: IO[bytes], start: int, end: int) -> Box | None:
    file.seek(start)
    head = file.read(16)
    if len(head) < 8 or start + 8 > end:
        return None
    length, header = int.from_bytes(head[:4], "big"), 8
    if length == 1 and len(head) == 16:
        length, header = int.from_bytes(head[8:], "big"), 16
    elif length == 0:
        length = end - start
    if length < header or start + length > end:
        return None
    return Box(start, header, start + length, head[4:8])
