"""Content: parameters and files, each with one thing wrong, and the odd ones that are right."""

from typing import Any

from tests.courses.h5p.engine.sample import Sample, sample
from tests.make_h5p import PARAMS, make_h5p, png

HTML = b"<!doctype html><script>alert(1)</script>"
WEBP = b"RIFF\x24\0\0\0WEBP"


KEY_FRAME = b"\x18\0\0\0" + b"\x10\0\0\x9d\x01\x2a\2\0\1\0"


def _webp(side: bytes) -> bytes:
    """Of the extended form, as wide as high, without the picture itself."""
    return WEBP + b"VP8X" + b"\x0a\0\0\0" + b"\0" * 4 + side * 2


def _content(**changes: Any) -> bytes:
    return make_h5p(params={**PARAMS, **changes})


def _file(name: str, content: bytes) -> bytes:
    return make_h5p(files={f"content/{name}": content})


def _picture(path: str) -> bytes:
    return _content(picture={"path": path, "mime": "image/png"})


def _note(library: str) -> bytes:
    return _content(note={"library": library, "params": {}})


CONTENT: list[Sample] = [
    sample("no content.json", "no-content", lambda: make_h5p(without=["content/content.json"])),
    sample("content is a list", "content", lambda: make_h5p(params=[])),
    sample("content of nothing", "accepted", lambda: make_h5p(params={})),
    sample(
        "values of wrong kinds", "accepted", lambda: make_h5p(params={key: [[{"a": 1}]] for key in PARAMS})
    ),
    sample("script", "file-type", lambda: _file("a.js", b"alert(1)")),
    sample("drawing", "file-type", lambda: _file("images/a.svg", b"<svg/>")),
    sample("page", "file-type", lambda: _file("a.html", HTML)),
    sample("package in a package", "file-type", lambda: _file("a.zip", b"PK\3\4")),
    sample("no suffix", "file-type", lambda: _file("LICENSE", b"MIT")),
    sample("two suffixes", "accepted", lambda: _file("a.php.png", png())),
    sample("page called picture", "other-type", lambda: _file("images/a.png", HTML)),
    sample("page called film", "other-type", lambda: _file("a.mp4", HTML)),
    sample("program called text", "other-type", lambda: _file("a.txt", b"MZ\x90\0\3\0\0\0")),
    sample("text of UTF-16", "accepted", lambda: _file("a.txt", "Xin chào".encode("utf-16"))),
    sample("sound called picture", "other-type", lambda: _file("images/a.webp", b"RIFF\x24\0\0\0WAVEfmt ")),
    sample("no width", "broken-picture", lambda: _file("images/a.gif", b"GIF89a\0\0\1\0")),
    sample("broken picture", "broken-picture", lambda: _file("images/a.webp", WEBP + b"VP8 " + b"\0" * 20)),
    sample(
        "WebP",
        "accepted",
        lambda: _file("a.webp", _webp(b"\1\0\0")),
    ),
    sample("lossless WebP", "accepted", lambda: _file("a.webp", WEBP + b"VP8L\0\0\0\0\x2f" + b"\0" * 9)),
    sample("64 million pixels", "too-many-pixels", lambda: _file("images/a.png", png(8000, 8000))),
    sample("4 billion pixels", "too-many-pixels", lambda: _file("images/a.png", png(65_000, 65_000))),
    sample(
        "huge WebP",
        "too-many-pixels",
        lambda: _file("a.webp", _webp(b"\xff\xff\0")),
    ),
    sample("picture missing", "missing-file", lambda: _picture("images/other.png")),
    sample("picture of an editor", "accepted", lambda: _picture("images/hình-một.png#tmp")),
    sample("picture of another content", "accepted", lambda: _picture("../content/12/images/hình-một.png")),
    sample("picture in letters taken apart", "accepted", lambda: _picture("images/hi\u0300nh-mô\u0323t.png")),
    sample("picture outside", "file-address", lambda: _picture("../../../etc/passwd")),
    sample("picture that runs", "file-address", lambda: _picture("javascript:alert(1)")),
    sample("picture in its address", "file-address", lambda: _picture("data:image/svg+xml,<svg/>")),
    sample("WebP of one frame", "accepted", lambda: _file("a.webp", WEBP + b"VP8 " + KEY_FRAME)),
    sample("picture of nobody", "file-address", lambda: _picture("https:///a.png")),
    sample("picture by FTP", "file-address", lambda: _picture("ftp://example.org/a.png")),
    sample("picture with a password", "file-address", lambda: _picture("https://a:b@example.org/a.png")),
    sample("picture with a quotation mark", "file-address", lambda: _picture('https://example.org/"onload=')),
    sample("library that may not be there", "library-not-allowed", lambda: _note("LanToa.Base 1.0")),
    sample("library of another version", "library-not-allowed", lambda: _note("LanToa.Note 1.1")),
    sample("more entities than words", "json-large", lambda: _content(question="&" * 20_001)),
    sample("more tags than words", "json-large", lambda: _content(question="<b>" * 5001)),
]
