"""Files and items of the media library for tests. Every file is real: made here, byte by byte."""

import struct
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image

from courses.actions.media import add_item
from courses.actions.media_facts import ItemFacts
from courses.actions.media_files import Filed
from courses.models import MediaItem
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM, Actor
from tests import make

_numbers = count(1)
FACTS: dict[str, Any] = {
    "title": {"vi": "Cờ đỏ trên bản Mường"},
    "licence": "cc-by",
    "source": "https://example.org/anh",
    "consent": "nobody",
    "ai_label": "none",
}


def trainer() -> Person:
    person = make.person("Trần Thị Giảng Viên")
    make.grant(person, Role.TRAINER)
    return person


def facts(**said: Any) -> ItemFacts:
    return ItemFacts(**FACTS | said)


def png(seed: int = 0, size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture of its own for every seed."""
    return _written(drawing(seed, size), "PNG")


def drawing(seed: int = 0, size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Nine by nine patches whose grays are set by the seed: different seeds look different."""
    patches = Image.new("L", (9, 9))
    value = seed * 7919 + 17
    for place in range(81):
        value = (value * 1103515245 + 12345) % (1 << 31)
        patches.putpixel((place % 9, place // 9), value >> 16 & 255)
    return patches.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def jpeg(seed: int = 0, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    return _written(drawing(seed, size), "JPEG", **{"quality": 90} | options)


def _written(image: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def mp3(frames: int = 40, seed: int = 0) -> bytes:
    """Silent MPEG-1 layer III frames, 128 kbit/s, 44.1 kHz: 417 bytes and 26 ms each."""
    frame = b"\xff\xfb\x90\x00" + bytes([seed % 256]) * 413
    return frame * frames


def mp4(*, video: bool = True, udta: bytes = b"") -> bytes:
    """The boxes of an MP4 file, without pictures in it."""
    handler = b"vide" if video else b"soun"
    hdlr = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    trak = box(b"trak", box(b"mdia", hdlr))
    mvhd = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, 65_000) + b"\0" * 80)
    moov = box(b"moov", mvhd + trak + (box(b"udta", udta) if udta else b""))
    return box(b"ftyp", b"isom\0\0\2\0isommp42") + moov + box(b"mdat", b"\0" * 64)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def filed(content: bytes, *, by: Actor = SYSTEM, name: str = "anh.png", **said: Any) -> Filed:
    return add_item(
        file=BytesIO(content), file_name=name, facts=facts(**said), declares_no_secret=True, by=by
    )


def item(content: bytes | None = None, **options: Any) -> MediaItem:
    """An item with a content of its own."""
    return filed(content or png(next(_numbers) + 1000), **options).item
