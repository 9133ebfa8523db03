"""Files that want to hurt: a clear word, bounded memory and time, nothing lost."""

import io
import tarfile
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from assessments.exchange import formats
from assessments.exchange.model import MEGA, Unreadable
from assessments.exchange.opening import read_limited

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<{root}>&b;</{root}>"
)
TRUE_FALSE = (
    '<quiz><question type="truefalse"><name><text>{name}</text></name><questiontext format="html">'
    "<text>{text}"
    '</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]><{root}>&a;</{root}>'


def code_of(content: bytes, **options: str) -> str:
    with pytest.raises(Unreadable) as caught:
        formats.read(content, **options)
    return caught.value.problem.code


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    ("root", "format_"), [("quiz", "moodle-xml"), ("assessmentItem", "qti"), ("question_bank", "olx")]
)
def test_entities_are_never_opened(xml: str, root: str, format_: str) -> None:
    assert code_of(xml.format(root=root).encode(), format=format_) == "entities"


def test_entities_in_a_sheet_are_never_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", BOMB.format(root="workbook"))
        archive.writestr("xl/_rels/workbook.xml.rels", "<x/>")
    assert code_of(out.getvalue()) == "entities"


def test_50_mb_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.gift"
    with path.open("wb") as file:
        file.truncate(50 * MEGA)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="too-large"):
        read_limited(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MEGA


@pytest.mark.parametrize("format_", sorted(formats.FORMATS))
def test_noise_is_refused_with_a_reason(format_: str) -> None:
    noise = bytes(range(256)) * 50
    assert code_of(noise, format=format_) in {
        "not-utf-8",
        "not-a-text",
        "broken-xml",
        "broken-archive",
    }


@pytest.mark.parametrize("format_", sorted(formats.FORMATS))
def test_a_file_of_nothing_is_refused(format_: str) -> None:
    assert code_of(b" \n ", format=format_) == "empty-file"


def test_a_wrong_encoding_is_named_with_its_line() -> None:
    with pytest.raises(Unreadable) as caught:
        formats.read("Một {T}\n\nĐúng {T}".encode("utf-16-le")[3:], format="gift")
    assert caught.value.problem.code in {"not-utf-8", "not-a-text"}
    with pytest.raises(Unreadable) as caught:
        formats.read(b"Mot {T}\n\n\xd0\xfang {T}", format="gift")
    assert (caught.value.problem.code, caught.value.problem.detail) == ("not-utf-8", "3")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(encoding: str) -> None:
    [one] = formats.read("Trời xanh {T}".encode(encoding), format="gift").questions
    assert one.body["stem"] == {"vi": "Trời xanh"}


def test_old_encodings_that_a_file_declares_are_read() -> None:
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?>' + TRUE_FALSE.format(name="Ä", text="Grün?")
    [one] = formats.read(xml.encode("latin-1"), language="de").questions
    assert (one.name, one.body["stem"]) == ("Ä", {"de": "Grün?"})


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("{" * 200_000, "gift"),
        ("=~" * 200_000 + "{" + "~=" * 200_000 + "}", "gift"),
        ("Hỏi {" + "~%50%" * 100_000 + "}", "gift"),
        ("A. x\n" * 200_000, "aiken"),
        ("Loại,Câu hỏi\n" + "số," + "[[" * 200_000, "csv"),
        ('"' * 300_000, "csv"),
        ("[" * 100_000 + "(" * 100_000, "gift"),
    ],
)
def test_time_stays_short_for_what_repeats(text: str, format_: str) -> None:
    begin = time.monotonic()
    with suppress(Unreadable):
        formats.read(text.encode(), format=format_)
    assert time.monotonic() - begin < 5


def test_deep_html_in_a_question_ends() -> None:
    deep = "&lt;div&gt;" * 20_000 + "chữ"
    xml = TRUE_FALSE.format(name="n", text=deep)
    begin = time.monotonic()
    found = formats.read(xml.encode()).questions
    assert len(found) == 1
    assert time.monotonic() - begin < 10


def test_too_many_questions_are_refused() -> None:
    assert code_of(b"Mot {T}\n\n" * 5_001, format="gift") == "too-many-questions"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\b.xml"])
def test_archives_never_leave_their_folder(name: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    assert code_of(out.getvalue()) == "bad-path"


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * (60 * MEGA))
    assert code_of(out.getvalue()) == "too-large"


@pytest.mark.parametrize(
    "picture",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\nno",
        b"MZ",
    ],
)
def test_pictures_that_are_none_stay_outside(picture: bytes) -> None:
    import base64

    held = base64.b64encode(picture).decode()
    xml = (
        '<quiz><question type="truefalse"><name><text>n</text></name><questiontext format="html">'
        '<text>&lt;p&gt;Gì?&lt;img src="@@PLUGINFILE@@/a.png"&gt;&lt;/p&gt;</text>'
        f'<file name="a.png" encoding="base64">{held}</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question></quiz>'
    )
    [one] = formats.read(xml.encode()).questions
    assert (one.kind, one.files) == ("truefalse", {})
    assert [note.code for note in one.notes] == ["picture-not-accepted"]
