"""Packages made to cost: bombs, crowds, and JSON, markup and drawings that grow when they are read.

Each comes with what the engine says: codes of problems, or "accepted" for the largest that is still right.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.make_h5p import CARD, PARAMS, library_files, make_h5p, png
from tests.make_zip import STORED, Member, zip_of

BOMB = 1 << 28  # bytes of nothing in a quarter of a megabyte


@dataclass(frozen=True)
class Heavy:
    name: str
    says: str
    make: Callable[[], bytes]


def _content(text: str) -> bytes:
    """content.json, stored, so that its ratio gives nothing away."""
    return make_h5p(files={"content/content.json": text.encode()}, method=STORED)


def _params(**changes: Any) -> bytes:
    return make_h5p(params={**PARAMS, **changes}, method=STORED)


def _library(files: dict[str, bytes]) -> bytes:
    return make_h5p(files={f"{CARD}/{path}": content for path, content in files.items()}, method=STORED)


def _crowd(count: int, name: str = "content/{}.txt", **archive: Any) -> bytes:
    return zip_of([Member(name.format(number), b"x", STORED) for number in range(count)], **archive)


def _bomb(size: int) -> bytes:
    packed = zlib.compress(b"\0" * BOMB)[2:-4]
    return make_h5p(extra=[Member("content/a.txt", size=size, packed=packed)])


def _beside(members: list[Member]) -> bytes:
    return make_h5p(extra=members)


def _nested_formatting() -> str:
    return "<div>" + "".join(f"<strong id={n}>" for n in range(2000)) + "</div>" + "<p>x" * 2900


def _languages(count: int) -> bytes:
    values = b"[" + b'{"a":[{}]},' * 25_000 + b"0]"
    return _library({f"language/x{number}.json": values for number in range(count)})


def _drawings(count: int) -> bytes:
    drawing = b"<svg>" + b'<a href="x:y"/>' * 60_000 + b"</svg>"
    return _library({f"images/{number}.svg": drawing for number in range(count)})


def _kept_fields(libraries: int) -> bytes:
    """Libraries whose fields have large defaults: what is said in semantics.json is kept in memory."""
    large = [{"name": "x", "type": "text", "default": [{"a": 1}] * 45_000}]
    files = {}
    for number in range(libraries):
        name = f"LanToa.Large{number}"
        manifest = {"title": name, "machineName": name, "majorVersion": 1, "minorVersion": 0}
        files.update(library_files(f"{name}-1.0", {**manifest, "patchVersion": 0, "runnable": 0}, large))
    return make_h5p(files=files, method=STORED)


def _fields(count: int) -> bytes:
    return make_h5p(semantics=[{"name": "x", "type": "text"}] * count, method=STORED)


def _dependencies() -> list[dict[str, Any]]:
    return [{"machineName": f"L{n}", "majorVersion": 1, "minorVersion": 0} for n in range(500)]


HEAVY: list[Heavy] = [
    Heavy("100,000 files", "too-many-files", lambda: _crowd(100_000, zip64=True)),
    Heavy("100,000 files, says 10", "broken-archive", lambda: _crowd(100_000, entries=10)),
    Heavy(
        "4,900 files", "accepted", lambda: _beside([Member(f"content/{n}.txt", b"x") for n in range(4900)])
    ),
    Heavy(
        "4,900 files in folders of their own",
        "accepted",
        lambda: _beside([Member("content/" + f"{n}/" * 14 + "a.txt", b"x") for n in range(4900)]),
    ),
    Heavy("4,900 wrong names", "name-characters", lambda: _crowd(4900, "content/{}?" + "x" * 200)),
    Heavy("bomb", "file-too-large ratio", lambda: _bomb(BOMB)),
    Heavy("bomb that lies", "size-mismatch", lambda: _bomb(100)),
    Heavy("bomb in h5p.json", "json-large", lambda: make_h5p(files={"h5p.json": b" " * 4_000_000}, method=0)),
    Heavy("49,000 objects", "accepted", lambda: _content('{"a":[' + '{"a":1},' * 49_000 + "{}]}")),
    Heavy("200,000 objects", "json-large", lambda: _content('{"a":[' + '{"a":1},' * 200_000 + "{}]}")),
    Heavy("3 MB of wide letters", "accepted", lambda: _content('{"question":"😀' + "a" * 2_900_000 + '"}')),
    Heavy("90,000 levels", "json-deep", lambda: _content('{"a":' + "[" * 90_000 + "]" * 90_000 + "}")),
    Heavy("1,000,000 levels", "json-large", lambda: _content("[" * 1_000_000)),
    Heavy("49,000 texts", "accepted", lambda: _params(feedback=["<b>&\"'" * 3] * 49_000)),
    Heavy("2,800,000 ampersands", "json-large", lambda: _params(question="&" * 2_800_000)),
    Heavy("2,800,000 quotation marks", "accepted", lambda: _params(feedback=["'" * 2_800_000])),
    Heavy(
        "markup closed in the wrong order",
        "accepted html-cleaned",
        lambda: _params(question=_nested_formatting()),
    ),
    Heavy("600,000 attributes", "accepted", lambda: _params(question="<a " + "a=1 " * 600_000 + ">x</a>")),
    Heavy(
        "tables in tables", "accepted html-cleaned", lambda: _params(question="<table>" + "<tr><td>" * 2400)
    ),
    Heavy("attributes without an end", "accepted html-cleaned", lambda: _params(question='<a href="' * 4900)),
    Heavy(
        "a path of 2 MB",
        "file-address",
        lambda: _params(picture={"path": "../" + "content/" * 300_000 + "x"}),
    ),
    Heavy("30,000 fields", "semantics", lambda: _fields(30_000)),
    Heavy("two libraries with large fields", "accepted", lambda: _kept_fields(2)),
    Heavy("five libraries with large fields", "json-large", lambda: _kept_fields(5)),
    Heavy("80 large translations", "json-large", lambda: _languages(80)),
    Heavy("20 large drawings", "file-too-large", lambda: _drawings(20)),
    Heavy(
        "300,000 groups in one another",
        "drawing-broken",
        lambda: _library({"a.svg": b"<svg>" + b"<g>" * 300_000}),
    ),
    Heavy(
        "4 billion pixels", "too-many-pixels", lambda: make_h5p(files={"content/a.png": png(65_000, 65_000)})
    ),
    Heavy(
        "500 libraries missing",
        "missing-library",
        lambda: make_h5p(library={"preloadedDependencies": _dependencies()}),
    ),
]
