"""The picture of a question: at most one, checked by its bytes, kept under a name its content gives."""

import base64
import binascii
import re
from io import BytesIO
from typing import Any

from assessments.exchange.model import MEGA, Notes
from courses.media_files.examine import examine_file
from courses.media_files.names import static_path
from courses.media_files.problems import NotAccepted
from courses.media_files.types import media_type_of

MOST_PICTURE = 10 * MEGA
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,", re.IGNORECASE)


class Pictures:
    """The pictures of one question while it is read: the first one is kept, others are reported."""

    def __init__(self, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language
        self.kept: dict[str, Any] | None = None
        self.files: dict[str, bytes] = {}

    def take(self, name: str, content: bytes | None, alt: str = "") -> bool:
        """Keep the picture; False when it is missing, unsafe, or one too many."""
        if self.kept is not None:
            if content is None or checked_name(name, content) != self.kept["src"]:
                self.notes.add("picture-left-out", name)
            return False
        if content is None:
            self.notes.add("picture-missing", name)
            return False
        try:
            src, kept, size = checked(name, content)
        except NotAccepted as problem:
            self.notes.add("picture-not-accepted", f"{name} ({problem.code})")
            return False
        self.files = {src: kept}
        alts = {self.language: " ".join(alt.split())} if alt.strip() else {}
        self.kept = {"src": src, "alt": alts, "width": size[0], "height": size[1]}
        return True


def checked(name: str, content: bytes) -> tuple[str, bytes, tuple[int, int]]:
    """The path, the bytes without private data and the size in pixels; `NotAccepted` for what is none."""
    if media_type_of(BytesIO(content)).kind != "image":
        raise NotAccepted("type-not-taken", name)
    found, kept = examine_file(BytesIO(content), {"image": MOST_PICTURE})
    kept.seek(0)
    path = "/static/" + static_path(_bare(name, found.sha256), found.type.suffix, found.sha256)
    width, height = (found.picture.width, found.picture.height) if found.picture else (0, 0)
    return path, kept.read(), (width, height)


def _bare(name: str, sha256: str) -> str:
    """The name without the mark of its content that an earlier import gave it."""
    stem, dot, suffix = (name or "picture").rpartition(".")
    return f"{stem.removesuffix(f'-{sha256[:8]}')}{dot}{suffix}"


def checked_name(name: str, content: bytes) -> str:
    """The path such a picture gets; "" when it is not accepted."""
    try:
        return checked(name, content)[0]
    except NotAccepted:
        return ""


def from_base64(text: str) -> bytes | None:
    """The bytes; None for what is not Base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def from_data_address(address: str) -> bytes | None:
    """The bytes of a "data:image/png;base64,…" address; None for any other."""
    begin = _DATA.match(address)
    return from_base64(address[begin.end() :]) if begin else None


def media_type_said(path: str) -> str:
    """ "image/png" by the suffix, for files that a writer names."""
    suffix = path.rpartition(".")[2].lower()
    return "image/" + {"jpg": "jpeg", "svg": "svg+xml"}.get(suffix, suffix)
