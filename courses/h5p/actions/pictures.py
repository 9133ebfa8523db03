"""Pictures that an author puts into a content."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from courses.h5p import host
from courses.h5p.engine.libraries import FileEntry
from courses.h5p.engine.limits import LIMITS
from courses.h5p.engine.pictures import check_picture
from courses.h5p.engine.problems import Problem, Rejected
from courses.h5p.errors import Refused
from courses.h5p.permissions import may_upload
from courses.h5p.storage import content_name, keep

LARGEST = 10_000_000  # bytes; a phone's photograph, not a poster
# What players show and what we can look into: the beginning says which it is, whatever the name says.
KINDS = {
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"GIF8": ("gif", "image/gif"),
    b"RIFF": ("webp", "image/webp"),
}


@dataclass(frozen=True)
class KeptPicture:
    """A picture as content names it."""

    entry: FileEntry
    mime: str
    width: int
    height: int

    def as_params(self) -> dict[str, Any]:
        return {"path": self.entry.path, "mime": self.mime, "width": self.width, "height": self.height}


def keep_picture(*, content: IO[bytes], by: Any) -> KeptPicture:
    """Store a picture by what it is, without place and device; `Rejected` for what is none. Safe to repeat.

    What no content names in the end is cleaned up with other files that nothing names.
    """
    if not may_upload(by):
        raise Refused("not-allowed", _("Only authors write H5P content."))
    content.seek(0, 2)
    size = content.tell()
    if size > LARGEST:
        raise Rejected(Problem("file-too-large", detail=f"{LARGEST // 1_000_000} MB"))
    content.seek(0)
    head = content.read(LIMITS.head_bytes)
    kind = next((found for sign, found in KINDS.items() if head.startswith(sign)), None)
    if kind is None:
        raise Rejected(Problem("broken-picture"))
    width, height = check_picture(head, f"images/new.{kind[0]}", LIMITS)
    content.seek(0)
    try:
        cleaned = host.cleaned_picture(content.read(), kind[1])
    except ValueError:
        raise Rejected(Problem("broken-picture")) from None
    digest = sha256(cleaned).hexdigest()
    entry = FileEntry(f"images/{digest}.{kind[0]}", len(cleaned), digest)
    keep(content_name(entry), BytesIO(cleaned))
    return KeptPicture(entry, kind[1], width, height)
