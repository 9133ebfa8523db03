"""The types that the library takes, recognised by content."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from courses.media_files.boxes import has_video_track
from courses.media_files.frames import begins_with_frames
from courses.media_files.problems import NotAccepted

HEAD = 8192
MOST_PARTS = 10_000  # of an office document, which is a zip archive
MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"%PDF-", "application/pdf"),
)
# type -> kind of item and the suffix its file is kept under
KINDS = {
    "image/png": ("image", ".png"),
    "image/jpeg": ("image", ".jpg"),
    "image/gif": ("image", ".gif"),
    "image/webp": ("image", ".webp"),
    "image/svg+xml": ("image", ".svg"),
    "audio/mpeg": ("audio", ".mp3"),
    "audio/mp4": ("audio", ".m4a"),
    "audio/ogg": ("audio", ".ogg"),
    "video/mp4": ("video", ".mp4"),
    "video/webm": ("video", ".webm"),
    "text/vtt": ("captions", ".vtt"),
    "text/plain": ("document", ".txt"),
    "application/pdf": ("document", ".pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("document", ".docx"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("document", ".pptx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("document", ".xlsx"),
    "application/vnd.oasis.opendocument.text": ("document", ".odt"),
    "application/vnd.oasis.opendocument.presentation": ("document", ".odp"),
    "application/vnd.oasis.opendocument.spreadsheet": ("document", ".ods"),
}
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PICTURE_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_SVG = re.compile(r"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(\w+:)?svg[\s/>]", re.DOTALL)


@dataclass(frozen=True)
class MediaType:
    """A type the library takes."""

    name: str  # "audio/mpeg"
    kind: str  # image, audio, video, document or captions
    suffix: str  # ".mp3"


def media_type_of(file: IO[bytes]) -> MediaType:
    """The type of a file, or `NotAccepted`. Reads its beginning, and of archives the list of parts."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise NotAccepted("empty-file")
    return named(_by_magic(head) or _by_structure(head, file) or _by_text(head, file))


def looks_acceptable(head: bytes) -> bool:
    """May a file with this beginning be one we take? Asked at the first part of a long upload."""
    try:
        if _by_magic(head):
            return True
        brand = _brand(head)
        if brand is not None:
            return brand not in _PICTURE_BRANDS and brand != b"qt  "
    except NotAccepted:
        return False
    if head.startswith((b"PK\x03\x04", b"\x1aE\xdf\xa3", b"OggS")) or begins_with_frames(head):
        return True
    # A character may be cut in two at the end of the part.
    return b"\x00" not in head and "\ufffd" not in head[:-4].decode("utf-8", errors="replace")[:-1]


def named(name: str) -> MediaType:
    return MediaType(name, *KINDS[name])


def _by_magic(head: bytes) -> str | None:
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def _by_structure(head: bytes, file: IO[bytes]) -> str | None:
    """Containers, whose first bytes do not say what they hold."""
    if (brand := _brand(head)) is not None:
        return _mp4(brand, file)
    if head.startswith(b"OggS"):
        if b"OpusHead" in head[:512] or b"\x01vorbis" in head[:512]:
            return "audio/ogg"
        raise NotAccepted("type-not-taken", "ogg")
    if head.startswith(b"\x1aE\xdf\xa3"):
        if b"webm" in head[:64]:
            return "video/webm"
        raise NotAccepted("type-not-taken", "matroska")
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    return "audio/mpeg" if begins_with_frames(head) else None


def _brand(head: bytes) -> bytes | None:
    return head[8:12] if head[4:8] == b"ftyp" else None


def _mp4(brand: bytes, file: IO[bytes]) -> str:
    if brand in _PICTURE_BRANDS:
        raise NotAccepted("picture-type", brand.decode("latin-1").strip())
    if brand == b"qt  ":
        raise NotAccepted("type-not-taken", "QuickTime")
    return "video/mp4" if has_video_track(file) else "audio/mp4"


def _office(file: IO[bytes]) -> str:
    """Only the list of parts and one short entry are read: a bomb inside never goes off here."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS:
                raise NotAccepted("type-not-taken", "zip")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise NotAccepted("macros")
            for part, name in OFFICE.items():
                if part in names:
                    return name
            if "mimetype" in names:
                with archive.open("mimetype") as opened:
                    said = opened.read(100).decode("ascii", errors="replace").strip()
                if said in KINDS:
                    return said
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise NotAccepted("broken-file", "zip") from error
    raise NotAccepted("type-not-taken", "zip")


def _by_text(head: bytes, file: IO[bytes]) -> str:
    file.seek(0)
    content = file.read(3_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAccepted("type-not-taken", head[:8].hex()) from error
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise NotAccepted("type-not-taken", head[:8].hex())
    if text.startswith("WEBVTT"):
        return "text/vtt"
    if _SVG.match(text):
        return "image/svg+xml"
    if text.lstrip().startswith("<"):
        raise NotAccepted("type-not-taken", "html")
    return "text/plain"
