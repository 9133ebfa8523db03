"""Courses made to hurt: a clear refusal, nothing written, in bounded time and memory.

The same files go through the engine, the command's action and the studio's job.
"""

import gzip
import io
import resource
import tarfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from courses.actions.course_import import read_course, request_import
from courses.actions.import_olx import import_module
from courses.models import Asset, BlockVersion, Module, ModuleVersion
from courses.olx.package import Limits
from courses.olx.parse import parse_course
from courses.olx.problems import OlxRefused
from courses.web.import_words import WORDS
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_courses import olx, text_block, write

COURSE = b'<course url_name="r" org="O" course="BAD"/>'
SECONDS = 20  # of CPU, so that a busy machine does not fail it
MEGABYTES = 200


def tar_of(path: Path, *members: tuple[str, bytes] | tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for member in members:
            info = member if isinstance(member, tarfile.TarInfo) else tarfile.TarInfo(member[0])
            content = b"" if isinstance(member, tarfile.TarInfo) else member[1]
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def link(kind: bytes, target: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo("course/static/x")
    info.type, info.linkname = kind, target
    return info


def traversal(path: Path) -> Path:
    return tar_of(path, ("course.xml", COURSE), ("static/../../../outside.txt", b"x"))


def absolute(path: Path) -> Path:
    return tar_of(path, ("/tmp/outside.txt", b"x"))


def symlink(path: Path) -> Path:
    return tar_of(path, ("course/course.xml", COURSE), link(tarfile.SYMTYPE, "/etc/passwd"))


def hardlink(path: Path) -> Path:
    return tar_of(path, ("course/course.xml", COURSE), link(tarfile.LNKTYPE, "course/course.xml"))


def link_as_folder(path: Path) -> Path:
    """A link first, a file "below" it second: it would be written where the link leads."""
    folder = tarfile.TarInfo("course/static")
    folder.type, folder.linkname = tarfile.SYMTYPE, "/tmp"
    return tar_of(path, folder, ("course/static/outside.txt", b"x"))


def bomb(path: Path) -> Path:
    """A gigabyte of zeros in about a megabyte."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6) as packed:
        info = tarfile.TarInfo("course/static/zeros")
        info.size = 1 << 30
        packed.write(info.tobuf())
        zeros = bytes(1 << 20)
        for _ in range(1 << 10):
            packed.write(zeros)
    return path


def zip_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("course.xml", COURSE)
        for number in range(40):
            archive.writestr(f"static/{number}", bytes(1 << 20))
    return path


def many_entries(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"static/{number}"), b"")
    return path


def billion_laughs(path: Path) -> Path:
    laughs = '<!DOCTYPE course [<!ENTITY a "ha">'
    for one, more in zip("abcdefghi", "bcdefghij", strict=True):
        laughs += f'<!ENTITY {more} "{f"&{one};" * 10}">'
    return tar_of(path, ("course.xml", f"{laughs}]><course url_name='r' org='&j;' course='B'/>".encode()))


def outside_entity(path: Path) -> Path:
    text = '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><course url_name="r" org="O" course="&x;"/>'
    return tar_of(path, ("course.xml", text.encode()))


def utf_16(path: Path) -> Path:
    return tar_of(path, ("course.xml", COURSE.decode().encode("utf-16")))


def latin_1(path: Path) -> Path:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><course url_name="r" org="é" course="B"/>'
    return tar_of(path, ("course.xml", text.encode("latin-1")))


def deep(path: Path) -> Path:
    nested = b"<vertical>" * 5000 + b"</vertical>" * 5000
    return tar_of(path, ("course.xml", COURSE.replace(b"/>", b">" + nested + b"</course>")))


def two_courses(path: Path) -> Path:
    return tar_of(path, ("a/course.xml", COURSE), ("b/course.xml", COURSE))


def file_as_folder(path: Path) -> Path:
    return tar_of(path, ("course/static", b"x"), ("course/static/a.png", b"x"))


def zero_in_name(path: Path) -> Path:
    return tar_of(path, ("course/static/" + "x" * 260, b"x"))


HOSTILE: list[tuple[Callable[[Path], Path], str]] = [
    (traversal, "bad-path"),
    (absolute, "bad-path"),
    (symlink, "link"),
    (hardlink, "link"),
    (link_as_folder, "link"),
    (bomb, "too-large"),
    (zip_bomb, "too-large"),
    (many_entries, "too-many-files"),
    (billion_laughs, "entities"),
    (outside_entity, "entities"),
    (utf_16, "not-utf-8"),
    (latin_1, "not-utf-8"),
    (deep, "broken-xml"),
    (two_courses, "no-course"),
    (file_as_folder, "bad-path"),
    (zero_in_name, "bad-path"),
]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("attack", "code"), HOSTILE, ids=[attack.__name__ for attack, _ in HOSTILE])
def test_a_hostile_course_is_refused_and_changes_nothing(
    tmp_path: Path, attack: Callable[[Path], Path], code: str
) -> None:
    intact = import_module(olx(tmp_path / "good", {"u1": text_block("t")}, code="BAD"), by=SYSTEM).module
    before = [model.objects.count() for model in (Module, ModuleVersion, BlockVersion, Asset)]
    path = attack(tmp_path / "attack.tar.gz")
    memory, began = _peak_megabytes(), time.process_time()

    with pytest.raises(Refused) as refusal:
        import_module(path, by=SYSTEM)

    assert refusal.value.code == code
    assert code in WORDS
    assert time.process_time() - began < SECONDS
    assert _peak_megabytes() - memory < MEGABYTES
    assert [model.objects.count() for model in (Module, ModuleVersion, BlockVersion, Asset)] == before
    assert Module.objects.get(pk=intact.pk).published_id == intact.published_id
    assert not Path("/tmp/outside.txt").exists()
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("attack", "code"), HOSTILE[:6], ids=[attack.__name__ for attack, _ in HOSTILE[:6]])
def test_the_studio_says_what_was_wrong_with_a_hostile_course(
    tmp_path: Path, attack: Callable[[Path], Path], code: str
) -> None:
    trainer = make.person()
    make.grant(trainer)
    content = attack(tmp_path / "attack.tar.gz").read_bytes()

    upload = request_import(file=BytesIO(content), name="course.tar.gz", size=len(content), by=trainer)
    read_course(course=upload, by=SYSTEM)

    assert (upload.state, upload.error, Module.objects.count()) == ("failed", code, 0)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_pointers_in_a_circle_cost_only_themselves(tmp_path: Path) -> None:
    course = olx(tmp_path)
    write(course / "vertical" / "u1.xml", f'<vertical><vertical url_name="v"/>{text_block("t")}</vertical>')
    both = '<vertical url_name="u1"/><vertical url_name="v"/>'
    write(course / "vertical" / "v.xml", f"<vertical>{both}</vertical>")

    parsed = parse_course(course)

    assert [problem.code for problem in parsed.refused] == ["cycle", "cycle"]
    assert [block.key for block in parsed.outline.units[0].blocks] == ["t"]


def test_a_circle_through_a_chooser_ends(tmp_path: Path) -> None:
    course = olx(tmp_path, {"u1": '<split_test url_name="s"/>'})
    (course / "split_test").mkdir()
    variants = '<vertical url_name="u1"/><vertical url_name="b"/>'
    write(course / "split_test" / "s.xml", f"<split_test>{variants}</split_test>")
    write(course / "vertical" / "b.xml", '<vertical><split_test url_name="s"/></vertical>')

    parsed = parse_course(course)

    assert "cycle" in {problem.code for problem in parsed.refused}


def test_pointers_that_multiply_end(tmp_path: Path) -> None:
    """Each level names the next ten times: read as a tree this would be 10^12 elements."""
    course = olx(tmp_path, {"u1": '<vertical url_name="n0"/>'})
    for level in range(12):
        inside = f'<vertical url_name="n{level + 1}"/>' * 10
        write(course / "vertical" / f"n{level}.xml", f"<vertical>{inside}</vertical>")
    write(course / "vertical" / "n12.xml", f"<vertical>{text_block('t')}</vertical>")
    began = time.process_time()

    with pytest.raises(OlxRefused) as refusal:
        parse_course(course)

    assert refusal.value.problem.code == "too-large"
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    "blocks",
    [
        text_block("same") + text_block("same"),
        text_block("same") + '<vertical url_name="g">' + text_block("same") + "</vertical>",
    ],
)
def test_the_same_name_twice_keeps_the_first(tmp_path: Path, blocks: str) -> None:
    parsed = parse_course(olx(tmp_path, {"u1": blocks}))

    assert [problem.code for problem in parsed.refused] == ["duplicate"]
    assert len(parsed.bodies) == 1


def test_a_page_in_another_encoding_costs_only_itself_and_is_kept(tmp_path: Path) -> None:
    course = olx(tmp_path, {"u1": '<html url_name="h"/>' + text_block("t")})
    (course / "html").mkdir()
    write(course / "html" / "h.xml", '<html filename="h"/>')
    (course / "html" / "h.html").write_bytes("<p>é</p>".encode("latin-1"))

    parsed = parse_course(course)

    assert [(problem.code, problem.path) for problem in parsed.refused] == [("not-utf-8", "html/h.html")]
    assert [block.key for block in parsed.outline.units[0].blocks] == ["t"]
    assert "html/h.html" in parsed.outline.files


@pytest.mark.parametrize("name", ["..", "a/../../b", "%2e%2e%2fx", "a:..:b", "x" * 251, "a\u202eb", "CON"])
def test_names_play_no_tricks(tmp_path: Path, name: str) -> None:
    """Whatever a name says, reading stays in the folder and the other blocks come in."""
    secret = tmp_path / "b.xml"
    secret.write_text("<html>secret</html>")
    course = olx(tmp_path / "c", {"u1": f'<html url_name="{name}"/>' + text_block("t")})

    parsed = parse_course(course)

    assert not any("secret" in body for body in parsed.bodies.values())
    assert [block.key for block in parsed.outline.units[0].blocks] == ["t"]
    assert len(parsed.refused) == 1


def test_limits_count_what_comes_out_and_not_what_a_header_says(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("static/a", bytes(1_000_000))
    said, lie = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    (tmp_path / "c.zip").write_bytes((tmp_path / "c.zip").read_bytes().replace(said, lie))

    with pytest.raises(OlxRefused) as refusal:
        parse_course(tmp_path / "c.zip", Limits(total_bytes=500_000))

    assert refusal.value.problem.code in {"broken-archive", "too-large", "no-course"}
