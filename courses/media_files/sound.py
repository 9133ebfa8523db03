"""How long a recording lasts."""

from io import BytesIO
from typing import IO, cast

from tinytag import TinyTag, TinyTagException

from courses.media_files.webm import seconds_of_webm

SUFFIXES = {"audio/mpeg": "x.mp3", "audio/mp4": "x.m4a", "audio/ogg": "x.ogg", "video/mp4": "x.mp4"}
LONGEST = 60 * 60 * 24


def seconds_of(file: IO[bytes], media_type: str) -> float | None:
    """Seconds, or None where the file does not say."""
    duration = seconds_of_webm(file) if media_type == "video/webm" else _tagged(file, media_type)
    # No comparison holds for what is not a number.
    return round(duration, 1) if duration and 0 < duration < LONGEST else None


def _tagged(file: IO[bytes], media_type: str) -> float | None:
    if media_type not in SUFFIXES:
        return None
    file.seek(0)
    try:
        # TinyTag only reads and seeks; its annotation asks for less than it takes.
        tag = TinyTag.get(SUFFIXES[media_type], file_obj=cast(BytesIO, file), tags=False)
    except (TinyTagException, ValueError, IndexError, KeyError, OverflowError, ArithmeticError, OSError):
        return None
    return tag.duration
