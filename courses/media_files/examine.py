"""What a file is, and the bytes of it that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from courses.media_files import pictures
from courses.media_files.boxes import blank_private_boxes
from courses.media_files.digest import sha256_of
from courses.media_files.pictures import Picture
from courses.media_files.private import without_private_data
from courses.media_files.problems import NotAccepted
from courses.media_files.sound import seconds_of
from courses.media_files.types import MediaType, media_type_of


@dataclass(frozen=True)
class Examined:
    """What a file is, before anybody says what it is about."""

    type: MediaType
    original_sha256: str
    sha256: str
    size: int
    picture: Picture | None
    duration: float | None


def examine_file(file: IO[bytes], limits: Mapping[str, int]) -> tuple[Examined, IO[bytes]]:
    """Look at a file that may be changed, and give back the bytes to keep: without places and devices.

    `limits` are the most bytes by kind: "image", "audio", ….
    """
    found = media_type_of(file)
    if file.seek(0, 2) > limits[found.kind]:
        raise NotAccepted("too-large", found.kind)
    original = sha256_of(file)
    kept, picture = _without_private_data(file, found)
    duration = seconds_of(kept, found.name)
    if found.name == "audio/mpeg" and duration is None:
        raise NotAccepted("broken-file", found.name)  # two bytes alone make no MP3
    size = kept.seek(0, 2)
    return Examined(found, original, sha256_of(kept), size, picture, duration), kept


def _without_private_data(file: IO[bytes], found: MediaType) -> tuple[IO[bytes], Picture | None]:
    if found.kind == "image":
        file.seek(0)
        content = without_private_data(file.read(), found.name)
        return BytesIO(content), pictures.examine(content, found.name)
    if found.name in {"video/mp4", "audio/mp4"}:
        blank_private_boxes(file)
    return file, None
