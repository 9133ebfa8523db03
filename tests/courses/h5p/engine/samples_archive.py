"""Archives and names: each with one lie, and the odd ones that are nevertheless right."""

import struct
import zlib

from tests.courses.h5p.engine.sample import Sample, sample
from tests.make_h5p import h5p_files, make_h5p, png
from tests.make_zip import DEFLATED, STORED, Member, zip_of

A, B = "content/images/a.png", "content/images/b.png"
NOISE = bytes(zlib.crc32(bytes([number % 256, number // 256])) & 0xFF for number in range(4096))


def _with(name: str | bytes, content: bytes | None = None, **lies: object) -> bytes:
    """A package with one file more."""
    return make_h5p(extra=[Member(name, png() if content is None else content, **lies)])  # type: ignore[arg-type]


def _patched(content: bytes, signature: bytes, at: int, new: bytes, last: bool = True) -> bytes:
    """Bytes overwritten behind a signature, the last or the first of its kind."""
    place = (content.rfind(signature) if last else content.find(signature)) + at
    return content[:place] + new + content[place + len(new) :]


def _without_end_of_stream() -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(png()) + deflater.flush(zlib.Z_SYNC_FLUSH)
    return _with(A, packed=packed)


def _deflated(content: bytes) -> bytes:
    return Member("", content).packed_bytes()


def _wide_sizes() -> bytes:
    """One member's sizes stand in its zip64 extra field."""
    content = png()
    extra = struct.pack("<2H2Q", 1, 16, len(content), len(_deflated(content)))
    return make_h5p(extra=[Member(A, content, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=extra)])


def _mac() -> bytes:
    """As the Finder packs it: folders, resource forks, names in decomposed letters."""
    names = [Member(f"{folder}/", mode=0o040755) for folder in ("content", "content/images")]
    forks = [Member("__MACOSX/._h5p.json", b"\0\5\x16\7"), Member(".DS_Store", b"Bud1")]
    decomposed = Member("content/images/ti\u0065\u0302\u0301ng Vi\u0065\u0323\u0302t.png", png())
    return make_h5p(extra=[*names, *forks, decomposed])


def _same_picture_twice() -> bytes:
    return make_h5p(extra=[Member(A, png(), STORED), Member(A, png(), STORED)])


def _shared_data() -> bytes:
    """Two members that claim the same bytes."""
    members = [Member(path, content) for path, content in h5p_files().items()]
    return zip_of([*members, Member(A, png(), offset=0)])


ARCHIVES: list[Sample] = [
    sample("whole package", "accepted", make_h5p),
    sample("a comment at the end", "accepted", lambda: make_h5p(comment=b"PK\5\6 said the fox" * 3)),
    sample("zip64 throughout", "accepted", lambda: make_h5p(zip64=True)),
    sample("zip64 sizes of one member", "accepted", _wide_sizes),
    sample("packed on a Mac", "accepted", _mac),
    sample("a picture stored twice", "accepted", _same_picture_twice),
    sample("too long", "package-too-large", make_h5p, limits={"package_bytes": 1000}),
    sample("empty", "not-a-zip", lambda: b""),
    sample("a text", "not-a-zip", lambda: "Xin chào".encode() * 100),
    sample("cut off", "not-a-zip", lambda: make_h5p()[:-30]),
    sample("end record without its comment", "not-a-zip", lambda: make_h5p(comment=b"abc")[:-1]),
    sample("many files", "too-many-files", make_h5p, limits={"entries": 10}),
    sample("a long list", "broken-archive", make_h5p, limits={"listing_bytes": 100}),
    sample("one disk of several", "broken-archive", lambda: make_h5p(disk=1)),
    sample("entries elsewhere", "broken-archive", lambda: _patched(make_h5p(), b"PK\5\6", 8, b"\1\0")),
    sample("no zip64 locator", "broken-archive", lambda: _patched(make_h5p(zip64=True), b"PK\6\7", 0, b"XX")),
    sample("no zip64 record", "broken-archive", lambda: _patched(make_h5p(zip64=True), b"PK\6\6", 0, b"XX")),
    sample("zip64 disks", "broken-archive", lambda: _patched(make_h5p(zip64=True), b"PK\6\7", 16, b"\2")),
    sample("zip64 elsewhere", "broken-archive", lambda: _patched(make_h5p(zip64=True), b"PK\6\6", 24, b"\1")),
    sample("zip64 length", "broken-archive", lambda: _patched(make_h5p(zip64=True), b"PK\6\6", 4, b"\x2d")),
    sample("list out of place", "broken-archive", lambda: make_h5p(after_list=b"hidden")),
    sample("list too short", "broken-archive", lambda: make_h5p(listed_after=b"PK\1\2", entries=21)),
    sample("list of junk", "broken-archive", lambda: make_h5p(listed_after=b"\0" * 46, entries=21)),
    sample("more behind the list", "broken-archive", lambda: make_h5p(listed_after=b"junk")),
    sample("zip64 size missing", "broken-archive", lambda: _with(A, size=0xFFFFFFFF)),
    sample("files too large together", "total-too-large", make_h5p, limits={"total_bytes": 500}),
    sample("one file too large", "file-too-large", make_h5p, limits={"file_bytes": 500}),
    sample("one bomb", "ratio", lambda: _with("content/a.txt", b" " * 2_000_000)),
    sample(
        "a bomb in pieces",
        "ratio",
        lambda: make_h5p(extra=[Member(f"content/{n}.txt", b" " * 90_000) for n in range(12)]),
        limits={"small_bytes": 100_000, "total_ratio": 20},
    ),
    sample("a link", "link", lambda: _with(A, b"/etc/passwd", mode=0o120777)),
    sample("a device", "not-a-file", lambda: _with(A, mode=0o020666)),
    sample("a folder called a file", "not-a-file", lambda: _with(A, mode=0o040755)),
    sample("a folder with bytes", "not-a-file", lambda: _with("content/a/", mode=0o040755)),
    sample("encrypted", "encrypted", lambda: _with(A, flags=1)),
    sample("bzip2", "compression", lambda: _with(A, method=12)),
    sample("LZMA", "compression", lambda: _with(A, method=14)),
    sample("shared data", "overlapping-files", _shared_data),
    sample(
        "data runs into the next",
        "overlapping-files",
        lambda: _patched(make_h5p(), b"PK\3\4", 28, b"\xff\x0f", last=False),
    ),
    sample("size too small", "size-mismatch", lambda: _with(A, size=10)),
    sample("size too great", "size-mismatch", lambda: _with(A, size=len(png()) + 1)),
    sample("stream without an end", "size-mismatch", _without_end_of_stream),
    sample("more than the stream", "size-mismatch", lambda: _with(A, packed=_deflated(png()) + b"hidden")),
    sample("no deflate", "broken-archive", lambda: _with(A, packed=b"\xff" * 20)),
    sample("wrong checksum", "checksum", lambda: _with(A, checksum=1)),
    sample("no header", "broken-archive", lambda: _patched(make_h5p(), b"PK\3\4", 0, b"XX", last=False)),
    sample("another name in the header", "broken-archive", lambda: _with(A, local_name=B.encode())),
    sample("a longer name in the header", "broken-archive", lambda: _with(A, local_name=A.encode() + b"g")),
    sample("another method in the header", "broken-archive", lambda: _with(A, local_method=STORED)),
    sample("stored noise", "accepted", lambda: _with("content/a.mp3", b"ID3" + NOISE, method=STORED)),
    sample("deflated", "accepted", lambda: _with("content/a.mp3", b"ID3" + NOISE, method=DEFLATED)),
]

NAMES: list[Sample] = [
    sample("Vietnamese name", "accepted", lambda: _with("content/images/Bài giảng số 1 (đã sửa).png")),
    sample("longest name", "accepted", lambda: _with("content/" + "ă" * 114 + ".png")),
    sample("Latin-1 name", "name-encoding", lambda: _with("content/é.png".encode("latin-1"))),
    sample("backslash", "name-backslash", lambda: _with("content\\images\\a.png")),
    sample("root", "name-absolute", lambda: _with("/etc/a.png")),
    sample("drive", "name-absolute", lambda: _with("C:/a.png")),
    sample("one up", "name-outside", lambda: _with("content/../../a.png")),
    sample("a dot", "name-outside", lambda: _with("content/./a.png")),
    sample("two slashes", "name-outside", lambda: _with("content//a.png")),
    sample("NUL", "name-characters", lambda: _with("content/a.png\0.php")),
    sample("right to left", "name-characters", lambda: _with("content/a\u202egnp.exe.png")),
    sample("quotation mark", "name-characters", lambda: _with('content/a"onload="x.png')),
    sample("long name", "name-too-long", lambda: _with("content/" + "a" * 300 + ".png")),
    sample("many folders", "name-too-long", lambda: _with("content/" + "a/" * 20 + "a.png")),
    sample("trailing dot", "name-ending", lambda: _with("content/a./a.png")),
    sample("trailing space", "name-ending", lambda: _with("content/a.png ")),
    sample("reserved", "name-reserved", lambda: _with("content/con.png")),
    sample("h5p.json twice", "name-twice", lambda: _with("h5p.json", b"{}")),
    sample("same name, other picture", "name-twice", lambda: _with("content/images/hình-một.png", png(3))),
    sample("case twins", "name-case", lambda: _with("content/images/Hình-Một.png", png(3))),
    sample("file and folder", "file-and-folder", lambda: _with("content/images/hình-một.png/a.png")),
    sample("beside h5p.json", "unexpected-file", lambda: _with("readme.txt", b"hello")),
]
