"""Taking a file apart and putting it into the storage. Nothing here touches the database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.media_files.boxes import blank_private_boxes
from courses.media_files.pictures import Picture, examine
from courses.media_files.private import without_private_data
from courses.media_files.problems import NotAccepted
from courses.media_files.sound import seconds_of
from courses.media_files.types import MediaType, media_type_of
from courses.models import MediaItem
from lms.shared.errors import Refused

CHUNK = 1 << 20
REASONS: dict[str, Promise] = {
    "empty-file": _("This file is empty."),
    "broken-file": _("This file is damaged. Open it on your device, save it again and upload that."),
    "type-not-taken": _(
        "The library does not take this type of file. Use JPEG, PNG, WebP or SVG, MP3, M4A or Ogg, MP4 or "
        "WebM, WebVTT, PDF or an office document."
    ),
    "picture-type": _("Save the picture as JPEG or PNG: many phones and browsers cannot show this type."),
    "macros": _("This document holds macros. Save it without them."),
    "unsafe-drawing": _(
        "This drawing holds scripts or links to other places. Save it as plain SVG or as PNG."
    ),
    "too-many-pixels": _("This picture has more than 50 million pixels. Make it smaller first."),
}
TOO_LARGE = _("This file is larger than the %(limit)s MB allowed for its kind.")


@dataclass(frozen=True)
class Examined:
    """What a file is, before anybody says what it is about."""

    type: MediaType
    original_sha256: str
    sha256: str
    size: int
    picture: Picture | None
    duration: float | None


def examine_file(file: IO[bytes]) -> tuple[Examined, IO[bytes]]:
    """Look at a file that may be changed, and give back the bytes to keep: without places and devices."""
    try:
        found = media_type_of(file)
        _check_size(file, found)
        original = sha256_of(file)
        kept, picture = _without_private_data(file, found)
        duration = seconds_of(kept, found.name)
    except NotAccepted as problem:
        raise Refused(problem.code, REASONS[problem.code]) from problem
    if found.name == "audio/mpeg" and duration is None:
        raise Refused("broken-file", REASONS["broken-file"])  # two bytes alone make no MP3
    size = kept.seek(0, 2)
    return Examined(found, original, sha256_of(kept), size, picture, duration), kept


def store(name: str, content: IO[bytes]) -> None:
    """Keep the bytes under a name that holds their hash; what is there is not written again."""
    if not default_storage.exists(name):
        content.seek(0)
        default_storage.save(name, File(content))


def store_thumbnail(picture: Picture) -> str:
    """The name of the small picture; empty when the picture needs none."""
    if not picture.thumbnail:
        return ""
    digest = hashlib.sha256(picture.thumbnail).hexdigest()
    name = f"thumbnails/{digest[:2]}/{digest}.webp"
    store(name, BytesIO(picture.thumbnail))
    return name


def storage_name_of(examined: Examined) -> str:
    return MediaItem.storage_name(examined.type.suffix, examined.sha256)


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks_of(file):
        digest.update(chunk)
    return digest.hexdigest()


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The file from its beginning."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _check_size(file: IO[bytes], found: MediaType) -> None:
    limit: int = settings.MEDIA_LIMITS[found.kind]
    if file.seek(0, 2) > limit:
        raise Refused("too-large", TOO_LARGE % {"limit": limit // 1_000_000})


def _without_private_data(file: IO[bytes], found: MediaType) -> tuple[IO[bytes], Picture | None]:
    if found.kind == "image":
        file.seek(0)
        content = without_private_data(file.read(), found.name)
        return BytesIO(content), examine(content, found.name)
    if found.name in {"video/mp4", "audio/mp4"}:
        blank_private_boxes(file)
    return file, None
