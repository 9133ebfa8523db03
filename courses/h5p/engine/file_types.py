"""Which files content and libraries may bring, and whether one is what its name says."""

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.pictures import check_picture
from courses.h5p.engine.problems import refuse

PICTURES = {"png", "jpg", "jpeg", "jfif", "gif", "bmp", "webp"}
# The first bytes of a type and where they stand; several forms for one suffix are alternatives.
_ZIP, _OLE = ((0, b"PK\3\4"),), ((0, b"\xd0\xcf\x11\xe0"),)
_FONT = ((0, b"\0\1\0\0"), (0, b"OTTO"), (0, b"true"), (0, b"ttcf"))
_MP4 = ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (4, b"free"), (4, b"wide"), (4, b"skip"))
SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "tif": ((0, b"II*\0"), (0, b"MM\0*")),
    "tiff": ((0, b"II*\0"), (0, b"MM\0*")),
    "woff": ((0, b"wOFF"),),
    "woff2": ((0, b"wOF2"),),
    "ttf": _FONT,
    "otf": _FONT,
    "eot": ((34, b"LP"),),
    "webm": ((0, b"\x1aE\xdf\xa3"),),
    "mp4": _MP4,
    "m4a": _MP4,
    "ogg": ((0, b"OggS"),),
    "oga": ((0, b"OggS"),),
    "ogv": ((0, b"OggS"),),
    "wav": ((0, b"RIFF"),),
    "mp3": ((0, b"ID3"), *((0, bytes((0xFF, second))) for second in range(0xE2, 0x100))),
    "pdf": ((0, b"%PDF-"),),
    "glb": ((0, b"glTF"),),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), _ZIP),
    **dict.fromkeys(("doc", "xls", "ppt"), _OLE),
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TEXTS = {"json", "txt", "csv", "vtt", "webvtt", "srt", "rtf", "md", "textile", "diff", "patch", "gltf"}
IN_CONTENT = frozenset(PICTURES | SIGNATURES.keys() | TEXTS)
# Code and drawings come with libraries only. Flash files lie in old ones; no browser runs them.
IN_LIBRARIES = IN_CONTENT | {"js", "css", "svg", "xml", "map", "swf"}


def suffix_of(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def check_type(head: bytes, path: str, limits: Limits) -> None:
    """Content is handed out under the type its name says, so it must be that: HTML is no PNG."""
    suffix = suffix_of(path)
    if suffix in PICTURES:
        check_picture(head, path, limits)
    elif suffix in SIGNATURES:
        if not any(head[at : at + len(sign)] == sign for at, sign in SIGNATURES[suffix]):
            refuse("other-type", path)
    elif b"\0" in head[:1024] and not head.startswith(_UTF_16):
        refuse("other-type", path)
