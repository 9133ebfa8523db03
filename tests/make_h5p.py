"""Tiny H5P packages with made-up libraries of our own, whole or broken in one place. For tests.

    content = make_h5p()                                          a package with its libraries
    content = make_h5p(libraries=False)                           content only
    content = make_h5p(params={"question": "<p>2 + 2?</p>"})      other content
    content = make_h5p(files={"content/images/a.png": png()})     one file more, or another instead
    content = make_h5p(without=["h5p.json"])                      one file less
    content = make_h5p(manifest={"title": ""})                    h5p.json with one key changed (None: gone)
    content = make_h5p(library={"runnable": 2})                   library.json of the main library, the same

LanToa.Card 1.2.3 is a content type that builds on LanToa.Base 1.0.4 and shows LanToa.Note 1.0.0 inside.
"""

import io
import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from courses.h5p.engine.examine import libraries_in
from courses.h5p.engine.libraries import LibraryFacts
from tests.make_zip import DEFLATED, Member, zip_of

CARD, BASE, NOTE = "LanToa.Card-1.2", "LanToa.Base-1.0", "LanToa.Note-1.0"

SEMANTICS: list[dict[str, Any]] = [
    {
        "name": "question",
        "type": "text",
        "widget": "html",
        "label": "Question",
        "tags": ["strong", "em", "a", "ul", "table"],
        "font": {"color": True},
    },
    {"name": "hint", "type": "text", "label": "Hint", "optional": True, "maxLength": 40},
    {"name": "points", "type": "number", "label": "Points", "min": 0, "max": 10, "default": 1, "decimals": 1},
    {"name": "shuffle", "type": "boolean", "label": "Shuffle", "default": True},
    {
        "name": "mode",
        "type": "select",
        "label": "Mode",
        "default": "one",
        "options": [{"value": "one", "label": "One"}, {"value": "many", "label": "Many"}],
    },
    {
        "name": "answers",
        "type": "list",
        "label": "Answers",
        "entity": "answer",
        "min": 1,
        "max": 5,
        "defaultNum": 2,
        "field": {
            "name": "answer",
            "type": "group",
            "label": "Answer",
            "fields": [
                {"name": "text", "type": "text", "widget": "html", "label": "Text", "tags": ["strong"]},
                {"name": "correct", "type": "boolean", "label": "Correct", "default": False},
            ],
        },
    },
    {
        "name": "feedback",
        "type": "group",
        "label": "Feedback",
        "fields": [
            {
                "name": "ranges",
                "type": "list",
                "label": "Ranges",
                "optional": True,
                "field": {"name": "range", "type": "text", "label": "Range"},
            }
        ],
    },
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
    {"name": "clip", "type": "video", "label": "Clip", "optional": True},
    {"name": "note", "type": "library", "label": "Note", "optional": True, "options": ["LanToa.Note 1.0"]},
    {
        "name": "zoom",
        "type": "boolean",
        "label": "Zoom",
        "optional": True,
        "widget": "showWhen",
        "showWhen": {"rules": [{"field": "note", "equals": "LanToa.Note 1.0"}]},
    },
    {
        "name": "labels",
        "type": "group",
        "label": "Texts of buttons",
        "common": True,
        "fields": [
            {"name": "check", "type": "text", "label": "Check", "default": "Check it", "common": True},
            {"name": "again", "type": "text", "label": "Again", "default": "Try again", "common": True},
            {"name": "show", "type": "text", "label": "Show", "default": "Show me", "common": True},
        ],
    },
]
NOTE_SEMANTICS: list[dict[str, Any]] = [
    {"name": "text", "type": "text", "widget": "html", "label": "Text", "tags": ["strong", "em"]},
    {"name": "file", "type": "image", "label": "Picture", "optional": True},
]
LABELS = {"check": "Kiểm tra", "again": "Thử lại", "show": "Xem đáp án"}
PARAMS: dict[str, Any] = {
    "question": "<p>Hai cộng hai là <strong>mấy</strong>?</p>",
    "hint": "Đếm bằng tay",
    "points": 2,
    "shuffle": True,
    "mode": "one",
    "answers": [{"text": "<div>Bốn</div>", "correct": True}, {"text": "<div>Năm</div>", "correct": False}],
    "feedback": ["Giỏi lắm"],
    "picture": {"path": "images/hình-một.png", "mime": "image/png", "width": 2, "height": 1},
    "note": {
        "library": "LanToa.Note 1.0",
        "params": {"text": "<p>Ghi nhớ</p>"},
        "subContentId": "0b1f6a0e-3f35-4b5c-9d0a-0c5b2f7a1e11",
        "metadata": {"title": "Ghi nhớ", "license": "U", "contentType": "Note"},
    },
    "labels": LABELS,
}


def make_h5p(
    *,
    params: Any = None,
    manifest: Mapping[str, Any] | None = None,
    library: Mapping[str, Any] | None = None,
    semantics: Any = None,
    files: Mapping[str, bytes] | None = None,
    without: Iterable[str] = (),
    libraries: bool = True,
    names: Mapping[str, str] | None = None,
    extra: Iterable[Member] = (),
    method: int = DEFLATED,
    **archive: Any,
) -> bytes:
    """The bytes of a package; `extra` members follow the others, `archive` goes to `zip_of`.

    `names` gives libraries other names: {"LanToa.Card": "H5P.Blanks"}.
    """
    parts = h5p_files(params=params, manifest=manifest, library=library, semantics=semantics)
    for old, new in (names or {}).items():
        parts = {
            path.replace(old, new): content.replace(old.encode(), new.encode())
            for path, content in parts.items()
        }
    parts.update(files or {})
    left_out = tuple(without)
    members = [
        Member(path, content, method)
        for path, content in parts.items()
        if path not in left_out and (libraries or path.startswith("content/") or "/" not in path)
    ]
    return zip_of([*members, *extra], **archive)


def h5p_files(
    *,
    params: Any = None,
    manifest: Mapping[str, Any] | None = None,
    library: Mapping[str, Any] | None = None,
    semantics: Any = None,
) -> dict[str, bytes]:
    """Path in the package → content."""
    return {
        "h5p.json": _json(_changed(_manifest(), manifest)),
        "content/content.json": _json(PARAMS if params is None else params),
        "content/images/hình-một.png": png(),
        **library_files(CARD, _changed(_card(), library), SEMANTICS if semantics is None else semantics),
        **library_files(BASE, _library("LanToa.Base", (1, 0, 4), runnable=0)),
        **library_files(NOTE, _library("LanToa.Note", (1, 0, 0), runnable=0), NOTE_SEMANTICS),
    }


def library_files(folder: str, manifest: Any, semantics: Any = None) -> dict[str, bytes]:
    """The files of one library: a script, a style, a drawing, a translation and what describes it."""
    name = folder.rpartition("-")[0] or folder
    house = name.partition(".")[0]
    body = 'this.attach = ($page) => $page.html(params.question || "");'
    files = {
        "library.json": _json(manifest),
        "js/main.js": f"var {house} = {house} || {{}}; {name} = function (params) {{ {body} }};".encode(),
        "css/main.css": f"/* {name} */ .h5p-card {{ color: inherit; }}".encode(),
        "images/icon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h8"/></svg>',
        "language/vi.json": _json({"semantics": []}),
    }
    if semantics is not None:
        files["semantics.json"] = _json(semantics)
    return {f"{folder}/{path}": content for path, content in files.items()}


def make_libraries(**changes: Any) -> tuple[LibraryFacts, ...]:
    """What is known of the libraries in such a package."""
    return libraries_in(io.BytesIO(make_h5p(**changes)))


def png(width: int = 2, height: int = 1) -> bytes:
    """A white picture; only its header is true when it is large."""
    rows = b"".join(b"\0" + b"\xff" * 3 * min(width, 4) for _ in range(min(height, 4)))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def _manifest() -> dict[str, Any]:
    return {
        "title": "Hai cộng hai",
        "language": "vi",
        "mainLibrary": "LanToa.Card",
        "embedTypes": ["iframe"],
        "license": "CC BY",
        "authors": [{"name": "Nguyễn Thị Hoa", "role": "Author"}],
        "preloadedDependencies": [
            {"machineName": "LanToa.Card", "majorVersion": "1", "minorVersion": "2"},
            {"machineName": "LanToa.Note", "majorVersion": 1, "minorVersion": 0},
            {"machineName": "LanToa.Base", "majorVersion": 1, "minorVersion": 0},
            {"machineName": "H5PEditor.ShowWhen", "majorVersion": 1, "minorVersion": 0},
        ],
    }


def _card() -> dict[str, Any]:
    return {
        **_library("LanToa.Card", (1, 2, 3), runnable=1),
        "coreApi": {"majorVersion": 1, "minorVersion": 19},
        "embedTypes": ["iframe"],
        "preloadedDependencies": [{"machineName": "LanToa.Base", "majorVersion": 1, "minorVersion": 0}],
        "editorDependencies": [{"machineName": "H5PEditor.ShowWhen", "majorVersion": 1, "minorVersion": 0}],
    }


def _library(name: str, version: tuple[int, int, int], *, runnable: int) -> dict[str, Any]:
    return {
        "title": name.partition(".")[2],
        "machineName": name,
        "majorVersion": version[0],
        "minorVersion": version[1],
        "patchVersion": version[2],
        "runnable": runnable,
        "license": "MIT",
        "author": "Lan Tỏa",
        "preloadedJs": [{"path": "js/main.js"}],
        "preloadedCss": [{"path": "css/main.css"}],
    }


def _changed(value: dict[str, Any], changes: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: inner for key, inner in {**value, **(changes or {})}.items() if inner is not None}


def _json(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
