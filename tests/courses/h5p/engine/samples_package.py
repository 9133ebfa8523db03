"""h5p.json, libraries and policy: each with one thing wrong, and the odd ones that are right."""

import json
from typing import Any

from tests.courses.h5p.engine.sample import Sample, sample
from tests.make_h5p import BASE, CARD, LABELS, PARAMS, library_files, make_h5p

MANY = [{"machineName": "LanToa.Base", "majorVersion": 1, "minorVersion": 0}] * 501
LISTED = [
    {"machineName": "LanToa.Card", "majorVersion": 1, "minorVersion": 2},
    {"machineName": "LanToa.Base", "majorVersion": 1, "minorVersion": 0},
]
SCRIPT_IN_ENTITY = '<!DOCTYPE svg [<!ENTITY a "&#60;script/>">]>'
FILE_IN_ENTITY = '<!DOCTYPE svg [<!ENTITY a SYSTEM "b">]>'
API = {"majorVersion": 1, "minorVersion": 28}


def _manifest(**changes: Any) -> bytes:
    return make_h5p(manifest=changes)


def _library(**changes: Any) -> bytes:
    return make_h5p(library=changes)


def _file(path: str, content: bytes) -> bytes:
    return make_h5p(files={path: content})


def _text(text: str) -> bytes:
    """content.json as this text, character by character."""
    return _file("content/content.json", text.encode())


def _drawing(inside: str, before: str = "") -> bytes:
    svg = f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
    return _file(f"{CARD}/images/icon.svg", svg.encode())


def _moved() -> bytes:
    """The main library in a folder of another name."""
    files = make_files(CARD)
    return make_h5p(files={path.replace("Card", "Kard"): c for path, c in files.items()}, without=files)


def _bare_folder() -> bytes:
    """Folders may leave the version out."""
    files = make_files(BASE)
    return make_h5p(files={path.replace(BASE, "LanToa.Base"): c for path, c in files.items()}, without=files)


def make_files(folder: str) -> dict[str, bytes]:
    from tests.make_h5p import h5p_files

    return {path: content for path, content in h5p_files().items() if path.startswith(folder)}


def _without_library_json() -> bytes:
    return make_h5p(files={"LanToa.Left-1.0/js/main.js": b"1"})


def _base(**version: Any) -> list[dict[str, Any]]:
    return [{"machineName": "LanToa.Base", "majorVersion": 1, "minorVersion": 0, **version}]


MANIFEST: list[Sample] = [
    sample("byte order mark", "accepted", lambda: _text("\ufeff" + json.dumps(PARAMS))),
    sample("no h5p.json", "no-manifest", lambda: make_h5p(without=["h5p.json"])),
    sample("a list", "manifest", lambda: _file("h5p.json", b"[]")),
    sample("UTF-16", "json-encoding", lambda: _file("h5p.json", '{"title": "x"}'.encode("utf-16"))),
    sample("no JSON", "json-broken", lambda: _file("h5p.json", b"{'title': 1}")),
    sample("NaN", "json-number", lambda: _text('{"points": NaN}')),
    sample("infinity", "json-number", lambda: _text('{"points": 1e999}')),
    sample("NUL in a text", "json-character", lambda: _text('{"hint": "a\\u0000b"}')),
    sample("NUL that is none", "accepted", lambda: _text(json.dumps({**PARAMS, "hint": "\\u0000"}))),
    sample("half a character", "json-character", lambda: _text('{"hint": "a\\ud800b"}')),
    sample("a whole character in halves", "accepted", lambda: _text(json.dumps({**PARAMS, "hint": "😀"}))),
    sample("deep", "json-deep", lambda: _text('{"hint":' + "[" * 150 + "]" * 150 + "}")),
    sample("bottomless", "json-deep", lambda: _text('{"hint":' + "[" * 90_000 + "]" * 90_000 + "}")),
    sample("long", "json-large", lambda: _text("{}" + " " * 9000), limits={"json_bytes": 8000}),
    sample("many values", "json-large", lambda: _text("[" + "0," * 99 + "0]"), limits={"json_values": 90}),
    sample("no title", "title", lambda: _manifest(title=None)),
    sample("title of spaces", "title", lambda: _manifest(title="  ")),
    sample("long title", "title-long", lambda: _manifest(title="ă" * 256)),
    sample("title with markup", "accepted", lambda: _manifest(title="<img src=x onerror=alert(1)>")),
    sample("no language", "language", lambda: _manifest(language=None)),
    sample("long language", "language", lambda: _manifest(language="zh-Hans-CN-x-abcdefg")),
    sample("no such language", "language", lambda: _manifest(language="tiếng Việt")),
    sample("language of none", "accepted", lambda: _manifest(language="und")),
    sample("no main library", "main-library", lambda: _manifest(mainLibrary=None)),
    sample("main library with a space", "main-library", lambda: _manifest(mainLibrary="LanToa Card")),
    sample("main library unlisted", "main-library-unlisted", lambda: _manifest(mainLibrary="LanToa.Other")),
    sample("no list", "dependencies main-library-unlisted", lambda: _manifest(preloadedDependencies=5)),
    sample("empty list", "dependencies main-library-unlisted", lambda: _manifest(preloadedDependencies=[])),
    sample("endless list", "dependencies", lambda: _library(dynamicDependencies=MANY)),
    sample("no version", "dependencies", lambda: _library(preloadedDependencies=_base(minorVersion="x"))),
    sample("not in a list", "embed-types", lambda: _manifest(embedTypes=5)),
    sample("embedded as what", "embed-types", lambda: _manifest(embedTypes=["popup"])),
]

LIBRARIES: list[Sample] = [
    sample("folder without version", "accepted", _bare_folder),
    sample("no library.json", "no-library-json", _without_library_json),
    sample("library.json is a list", "library-json", lambda: _file(f"{CARD}/library.json", b"[]")),
    sample("no patch", "library-json", lambda: _library(patchVersion=None)),
    sample("no title", "library-json", lambda: _library(title=5)),
    sample("empty title", "library-json", lambda: _library(title="")),
    sample("runnable 2", "library-json", lambda: _library(runnable=2)),
    sample("name is a number", "library-json", lambda: _library(machineName=5)),
    sample("name with a space", "library-json", lambda: _library(machineName="LanToa Card")),
    sample("no major", "library-json", lambda: _library(majorVersion=None)),
    sample("no minor", "library-json", lambda: _library(minorVersion="-1")),
    sample("folder of another name", "library-folder", _moved),
    sample("core without major", "library-json", lambda: _library(coreApi={"minorVersion": 1})),
    sample("core without minor", "library-json", lambda: _library(coreApi={"majorVersion": 1})),
    sample("core of tomorrow", "core-api", lambda: _library(coreApi=API)),
    sample("no scripts", "accepted", lambda: _file(f"{CARD}/library.json", _silent())),
    sample("scripts are no list", "library-json", lambda: _library(preloadedJs=5)),
    sample("endless scripts", "library-json", lambda: _library(preloadedJs=[{"path": "js/main.js"}] * 501)),
    sample("script is a number", "library-json", lambda: _library(preloadedJs=[{"path": 5}])),
    sample("script of no name", "library-json", lambda: _library(preloadedJs=[{"path": ""}])),
    sample("script outside", "library-path", lambda: _library(preloadedJs=[{"path": "../x/js/main.js"}])),
    sample("script at the root", "library-path", lambda: _library(preloadedJs=[{"path": "/js/main.js"}])),
    sample("script is JSON", "library-path", lambda: _library(preloadedJs=[{"path": "library.json"}])),
    sample("script missing", "library-file", lambda: _library(preloadedJs=[{"path": "js/other.js"}])),
    sample("style missing", "library-file", lambda: _library(preloadedCss=[{"path": "css/other.css"}])),
    sample("twice", "library-twice", lambda: make_h5p(files=library_files("LanToa.Base", _base_json()))),
    sample("PHP", "file-type", lambda: _file(f"{CARD}/js/main.php", b"<?php")),
    sample("broken translation", "json-broken", lambda: _file(f"{CARD}/language/vi.json", b"{")),
    sample("long JSON together", "json-large", make_h5p, limits={"json_total": 100}),
    sample("fields are no list", "semantics", lambda: make_h5p(semantics=5)),
    sample("field is a number", "semantics", lambda: make_h5p(semantics=[5])),
    sample("field without name", "semantics", lambda: make_h5p(semantics=[{"name": 5, "type": "text"}])),
    sample("field without type", "semantics", lambda: make_h5p(semantics=[{"name": "x"}])),
    sample("options are a number", "semantics", lambda: make_h5p(semantics=[_select(5)])),
    sample("many fields together", "semantics", make_h5p, limits={"fields": 21}),
    sample("large drawing", "file-too-large", make_h5p, limits={"drawing_total": 20}),
    sample("large fields together", "json-large", make_h5p, limits={"semantics_total": 30}),
    sample("deep drawing", "drawing-broken", lambda: _drawing("<g>" * 100 + "</g>" * 100)),
    sample("broken drawing", "drawing-broken", lambda: _drawing("<g>")),
    sample("entities", "drawing-script", lambda: _drawing("", '<!DOCTYPE svg [<!ENTITY a "&b;">]>')),
    sample("a style sheet", "drawing-script", lambda: _drawing("", '<?xml-stylesheet href="x"?>')),
    sample(
        "an entity elsewhere",
        "drawing-script",
        lambda: _drawing("", '<!DOCTYPE svg [<!ENTITY a SYSTEM "b">]>'),
    ),
    sample("a parameter", "drawing-script", lambda: _drawing("", '<!DOCTYPE svg [<!ENTITY % a "b">]>')),
    sample("script in an entity", "drawing-script", lambda: _drawing("&a;", SCRIPT_IN_ENTITY)),
    sample(
        "an address in an entity",
        "accepted",
        lambda: _drawing("", '<!DOCTYPE svg [<!ENTITY a "http://x/">]>'),
    ),
    sample("a packet of notes", "accepted", lambda: _drawing("<?xpacket begin='x'?>")),
    sample("script in a drawing", "drawing-script", lambda: _drawing("<script>alert(1)</script>")),
    sample("drawing that loads", "drawing-script", lambda: _drawing('<g onload="alert(1)"/>')),
    sample(
        "drawing that leads", "drawing-script", lambda: _drawing('<a xlink:href="java&#115;cript:alert(1)"/>')
    ),
    sample(
        "drawing that changes", "drawing-script", lambda: _drawing('<set attributeName="onload" to="x"/>')
    ),
    sample("drawing with a link", "accepted", lambda: _drawing('<a xlink:href="https://example.org"/>')),
]


def _silent() -> bytes:
    """Some tools write null where there is nothing."""
    card = json.loads(make_files(CARD)[f"{CARD}/library.json"])
    return json.dumps({**card, "preloadedJs": None}).encode()


def _base_json() -> Any:
    return json.loads(make_files(BASE)[f"{BASE}/library.json"])


def _select(options: Any) -> dict[str, Any]:
    return {"name": "x", "type": "select", "options": options}


def _newer() -> bytes:
    return make_h5p(library={"patchVersion": 9})


def _imitated() -> bytes:
    return make_h5p(files={f"{CARD}/js/main.js": b"steal()"})


def _patched() -> bytes:
    return make_h5p(library={"patchVersion": 99}, files={f"{CARD}/js/main.js": b"steal()"})


POLICY: list[Sample] = [
    sample("content only", "missing-library", lambda: make_h5p(libraries=False)),
    sample("content only, all here", "accepted", lambda: make_h5p(libraries=False), installed=make_h5p),
    sample("a trainer's", "library-not-trusted", make_h5p, role="trainer"),
    sample("a trainer's, by hash", "accepted", make_h5p, role="trainer", trusted=True),
    sample("a trainer's, all here", "accepted", make_h5p, role="trainer", installed=make_h5p),
    sample("imitated", "library-not-trusted", _imitated, trusted=True),
    sample("patched", "library-not-trusted", _patched, trusted=True),
    sample("imitated, ours is here", "accepted library-differs", _imitated, installed=make_h5p),
    sample("patched, ours is here", "accepted library-differs", _patched, installed=make_h5p),
    sample("patched, trusted", "accepted library-differs", _patched, installed=make_h5p, trusted=True),
    sample("older than ours", "accepted newer-patch", make_h5p, installed=_newer, trusted=True),
    sample("newer than ours, by hash", "accepted", make_h5p, trusted=True, installed=lambda: _older()),
    sample(
        "of another version",
        "missing-library",
        lambda: _library(preloadedDependencies=_base(majorVersion=9)),
    ),
    sample("fetched later", "missing-library", lambda: _library(dynamicDependencies=_base(minorVersion=7))),
    sample("not runnable", "not-runnable", lambda: _library(runnable=0)),
    sample("editor library not there", "accepted", make_h5p),
]


def _older() -> bytes:
    return make_h5p(library={"patchVersion": 1})


def _content(**changes: Any) -> bytes:
    return make_h5p(params={**PARAMS, **changes})


ADVICE: list[Sample] = [
    sample("markup that is not allowed", "accepted html-cleaned", lambda: _content(question="<img src=x>a")),
    sample(
        "film elsewhere",
        "accepted remote-media",
        lambda: _content(clip=[{"path": "https://example.org/a.mp4"}]),
    ),
    sample(
        "dragging on slides",
        "accepted no-touch",
        lambda: make_h5p(names={"LanToa.Card": "H5P.CoursePresentation", "LanToa.Note": "H5P.DragQuestion"}),
    ),
    sample("dragging alone", "accepted", lambda: make_h5p(names={"LanToa.Note": "H5P.DragQuestion"})),
    sample(
        "buttons in English",
        "accepted no-vietnamese",
        lambda: _content(labels={"check": "Check it", "again": "Try again", "show": "Show me"}),
    ),
    sample("one button in English", "accepted", lambda: _content(labels={**LABELS, "check": "Check it"})),
]
