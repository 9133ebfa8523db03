"""What holds for whatever anybody sends: only `Rejected` is raised, limits hold, cleaning is done once."""

import io
import json
import re
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.h5p.engine.archive import Archive
from courses.h5p.engine.examine import Examined, MemoryInstalled, examine, libraries_in
from courses.h5p.engine.limits import LIMITS, Limits
from courses.h5p.engine.messages import MESSAGES
from courses.h5p.engine.policy import Policy
from courses.h5p.engine.problems import Rejected
from courses.h5p.engine.sanitise import markup, plain
from courses.h5p.engine.semantics import check, clean, defaults, parse, shown
from courses.h5p.engine.write import write_package
from tests.make_h5p import BASE, CARD, NOTE, NOTE_SEMANTICS, SEMANTICS, make_h5p, png
from tests.make_zip import DEFLATED, STORED, Member, zip_of

pytestmark = pytest.mark.slow
patient = settings(max_examples=60, deadline=None)

ANYBODY = Policy(allow=frozenset(), may_install_unknown=True)
FIELDS, NOTE_FIELDS = parse(SEMANTICS), parse(NOTE_SEMANTICS)
WHOLE = make_h5p()
TAGS = frozenset(("strong", "em", "a", "ul", "ol", "table", "h2", "code", "img", "script", "svg"))

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
# Pieces from which markup of every kind of wrongness grows.
pieces = st.sampled_from(
    [
        *("<strong>", "</strong>", "<p>", "</p>", "<em a=b>", "</em>", "<table>", "<td>", "<tr>", "<ul><li>"),
        *("<script>", "</script>", "<a href='javascript:x'>", '<a href="https://x.vn" onclick=y>', "</a>"),
        *(
            "<img src=x onerror=y>",
            "<svg/onload=z>",
            "<!--",
            "-->",
            "<![CDATA[",
            "&",
            "&amp;",
            "&lt;",
            "&#60;",
        ),
        *('style="color:red;position:fixed"', "<p style='text-align:center'>", "<", ">", '"', "'", "\0", "é"),
        *("<style>*{}", "<br/>", "<textarea>", "<math><mi>", "</", "<a b='", "&nbsp;", "\u202e", " ", "x"),
    ]
)
texts = st.lists(pieces | st.text(max_size=5), max_size=90).map("".join)
names = st.text(max_size=30) | st.sampled_from(
    [
        "h5p.json",
        "content/content.json",
        "content/a.png",
        "../a",
        "/a",
        "a\\b",
        "content/",
        "A",
        f"{CARD}/library.json",
    ]
)


def fields_of(name: Any) -> Any:
    return NOTE_FIELDS if name.machine_name == "LanToa.Note" else None


def _examined(content: bytes, limits: Limits = LIMITS) -> Examined | None:
    """None when it is rejected; anything else that is raised fails the test."""
    try:
        return examine(io.BytesIO(content), installed=MemoryInstalled(), policy=ANYBODY, limits=limits)
    except Rejected as rejected:
        codes = {problem.code for problem in rejected.problems}
    assert codes
    assert codes <= MESSAGES.keys()
    return None


@patient
@given(st.binary(max_size=400), st.integers(0, len(WHOLE)))
def test_bytes_are_rejected_or_read(junk: bytes, place: int) -> None:
    assert _examined(junk) is None
    assert _examined(WHOLE[:place] + junk) is None or not junk


@patient
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes_are_noticed_or_harmless(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    found = _examined(bytes(content))
    if found is None:
        return
    for entry in found.content_files:
        assert sha256(found.open(f"content/{entry.path}").read()).hexdigest() == entry.sha256
    for facts in found.new_libraries:
        for entry in facts.files:
            read = found.open(f"{facts.name.folder}/{entry.path}").read()
            assert (len(read), sha256(read).hexdigest()) == (entry.size, entry.sha256)


members = st.builds(
    Member,
    name=names | st.binary(max_size=20),
    content=st.binary(max_size=60),
    method=st.sampled_from([STORED, DEFLATED, 12, 14]),
    mode=st.sampled_from([0, 0o100644, 0o040755, 0o120777, 0o010644]),
    flags=st.sampled_from([0, 1, 8, 0x800]),
    size=st.none() | st.integers(0, 0xFFFFFFFF),
    packed_size=st.none() | st.integers(0, 200),
    checksum=st.none() | st.just(0),
    packed=st.none() | st.binary(max_size=30),
    offset=st.none() | st.integers(0, 500),
    extra=st.binary(max_size=30),
)


@patient
@given(st.lists(members, max_size=6), st.binary(max_size=10), st.none() | st.integers(0, 9), st.booleans())
def test_lying_archives_are_rejected(
    lies: list[Member], between: bytes, entries: int | None, zip64: bool
) -> None:
    content = zip_of(lies, between=between, entries=entries, zip64=zip64)
    assert _examined(content) is None
    _examined(make_h5p(extra=lies, between=between, zip64=zip64))
    try:
        archive = Archive(io.BytesIO(content))
    except Rejected:
        return
    for path, entry in archive.entries.items():
        _read_at_most(archive, path, entry.size)


def _read_at_most(archive: Archive, path: str, size: int) -> None:
    read = 0
    try:
        for chunk in archive.chunks(path):
            read += len(chunk)
            assert read <= size
    except Rejected:
        return
    assert read == size


ordinary = st.dictionaries(
    st.from_regex(r"content/x[a-zđéơ]{1,9}/x[a-z]{1,9}\.png", fullmatch=True),
    st.binary(max_size=5000),
    max_size=6,
)


@patient
@given(ordinary, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_ordinary_archives_are_read_as_zipfile_reads_them(files: dict[str, bytes], method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as written:
        for path, content in files.items():
            written.writestr(path, content)
    archive = Archive(out)
    assert {path: archive.read(path) for path in archive.entries} == files


@patient
@given(values)
def test_any_content_is_rejected_or_cleaned(params: Any) -> None:
    found = _examined(make_h5p(params=params))
    if found is not None:
        json.dumps(found.params, allow_nan=False).encode()
        assert clean(FIELDS, found.params, fields_of) == found.params


@patient
@given(st.fixed_dictionaries({}, optional={field.name: values | texts for field in FIELDS}))
def test_cleaning_twice_changes_nothing(params: dict[str, Any]) -> None:
    once = clean(FIELDS, params, fields_of)
    assert clean(FIELDS, once, fields_of) == once
    assert set(once) <= {field.name for field in FIELDS}


@patient
@given(values, values)
def test_forms_survive_any_values(semantics: Any, params: Any) -> None:
    check(FIELDS, params, fields_of)
    assert isinstance(shown(FIELDS[-2], params), bool)
    try:
        fields = parse(semantics)
    except Rejected:
        return
    clean(fields, params)
    check(fields, params)
    assert isinstance(defaults(fields), dict)


@patient
@given(values)
def test_any_h5p_json_is_rejected_or_read(manifest: Any) -> None:
    content = json.dumps(manifest).encode()
    assert _examined(make_h5p(files={"h5p.json": content})) is None


@patient
@given(st.dictionaries(st.sampled_from(["title", "language", "license", "embedTypes", "authors"]), values))
def test_any_part_of_h5p_json_is_rejected_or_kept(changes: dict[str, Any]) -> None:
    _examined(make_h5p(manifest=changes))
    _examined(make_h5p(library=changes))


@patient
@given(texts)
def test_markup_is_clean_and_stays_so(text: str) -> None:
    once = markup(text, TAGS, frozenset(("color", "size")))
    assert markup(once, TAGS, frozenset(("color", "size"))) == once
    opened = re.findall(r"<([a-z][a-z0-9]*)([^>]*)>", once)
    assert {tag for tag, _ in opened} <= {
        *("strong", "em", "a", "ul", "ol", "li", "h2", "code", "img", "p", "br", "div", "span"),
        *("table", "tr", "td", "th", "tbody", "thead", "tfoot", "col", "colgroup", "caption"),
    }
    assert not [rest for _, rest in opened if re.search(r"\son\w+=|javascript:|position", rest)]


@patient
@given(texts, st.none() | st.integers(0, 20))
def test_plain_text_has_no_markup_and_stays_as_it_is(text: str, longest: int | None) -> None:
    once = plain(text, longest)
    assert plain(once, longest) == once
    assert not set("<>\"'") & set(once)


@patient
@given(
    st.fixed_dictionaries(
        {"question": texts, "hint": st.text(max_size=60), "points": st.integers(-5, 20)},
        optional={
            "mode": st.sampled_from(["one", "many", "none"]),
            "feedback": st.lists(st.text(), max_size=4),
        },
    ),
    st.dictionaries(
        st.from_regex(r"images/x[a-zđăô]{1,9}\.png", fullmatch=True), st.integers(1, 99), max_size=3
    ),
)
def test_what_is_written_is_read_again(params: dict[str, Any], pictures: dict[str, int]) -> None:
    source = _examined(WHOLE)
    assert source is not None
    cleaned = clean(FIELDS, params, fields_of)
    contents = {path: png(width) for path, width in pictures.items()}
    written = _written(source, cleaned, contents)
    assert _written(source, cleaned, contents) == written
    found = _examined(written)
    assert found is not None
    assert (found.params, found.manifest) == (cleaned, source.manifest)
    assert [facts.sha256 for facts in found.libraries] == [facts.sha256 for facts in source.libraries]
    assert {file.path: found.open(f"content/{file.path}").read() for file in found.content_files} == contents


def _written(source: Examined, params: Any, contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_package(
        out,
        manifest=source.manifest.as_json(),
        params=params,
        files=[(path, io.BytesIO(content)) for path, content in contents.items()],
        libraries=[
            (facts, lambda path, folder=facts.name.folder: source.open(f"{folder}/{path}"))  # type: ignore[misc]
            for facts in source.libraries
        ],
    )
    return out.getvalue()


@patient
@given(st.permutations([CARD, BASE, NOTE]))
def test_checksum_of_a_library_does_not_depend_on_the_order(folders: list[str]) -> None:
    from tests.make_h5p import h5p_files

    files = h5p_files()
    ordered = [Member(path, files[path]) for folder in folders for path in files if path.startswith(folder)]
    found = {facts.name: facts.sha256 for facts in libraries_in(io.BytesIO(zip_of(ordered[::-1])))}
    assert found == {facts.name: facts.sha256 for facts in libraries_in(io.BytesIO(WHOLE))}
