"""Exporting: what came in goes out, whatever form it had; and nothing by those who may not."""

import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from courses.actions.export_olx import export_module
from courses.actions.import_olx import import_module
from courses.actions.publish import save_block_draft, save_outline_draft
from courses.models import BlockVersion, Module
from courses.olx.canonical import canonical_tree
from courses.olx.outline import Outline
from courses.olx.parse import parse_course
from lms.audit.models import AuditEvent
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_courses import WITHOUT_CORPUS, corpus_olx, olx, text_block, usage_key
from tests.make_olx import EDX_COURSE, edx_course, inline_course, write_course

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def imported(path: Path) -> Module:
    return import_module(path, by=SYSTEM, publish=False).module


def exported(module: Module, to: Path, **options: Any) -> Path:
    export_module(module=module, by=SYSTEM, to=to, **options)
    return to


def round_trip(course: Path, scratch: Path) -> None:
    """Import, export, import, export: the same tree each time, and no block twice."""
    scratch.mkdir()
    module = import_module(course, by=SYSTEM).module
    first = exported(module, scratch / "1.tar.gz")
    blocks = BlockVersion.objects.count()
    again = import_module(first, by=SYSTEM)
    second = exported(again.module, scratch / "2.tar.gz")

    assert canonical_tree(first) == canonical_tree(course)
    assert canonical_tree(second) == canonical_tree(first)
    assert second.read_bytes() == first.read_bytes()
    assert again.module == module
    assert blocks > 0


@pytest.mark.parametrize("make_course", [edx_course, inline_course])
def test_export_gives_back_every_form(make_course: Callable[[Path], Path], tmp_path: Path) -> None:
    round_trip(make_course(tmp_path / "course"), tmp_path / "out")


EMPTY = '<done url_name="d"/><nobody_knows_it url_name="e"/><poll url_name="p"/>'


def test_an_empty_element_without_a_file_is_a_block_and_comes_back_equal(tmp_path: Path) -> None:
    """`<done url_name="d"/>` looks like a pointer; the file decides."""
    course = olx(tmp_path / "course", {"u1": EMPTY, "u2": '<done url_name="pointed"/>'})
    (course / "done").mkdir()
    (course / "done" / "pointed.xml").write_text('<done align="right"/>')
    round_trip(course, tmp_path / "out")

    module = Module.objects.get()
    outline = Outline.from_json(module.draft.outline)  # type: ignore[union-attr]
    assert [block.key for unit in outline.units for block in unit.blocks] == ["d", "e", "p", "pointed"]
    assert 'align="right"' in BlockVersion.objects.get(usage_key__endswith="@pointed").olx


def test_importing_an_export_of_pointers_makes_no_new_blocks(tmp_path: Path) -> None:
    module = imported(edx_course(tmp_path / "course"))
    before = set(BlockVersion.objects.values_list("usage_key", flat=True))
    exported(module, tmp_path / "1.tar.gz")

    result = import_module(tmp_path / "1.tar.gz", by=SYSTEM, publish=False)

    renewed = BlockVersion.objects.filter(number=2).values_list("usage_key", flat=True)
    # Inline text becomes two files, after that it stays.
    assert {key.rpartition("@")[2] for key in renewed} == {"h3", "hc", "hi", "ha"}
    assert result.unchanged == len(before) - 4
    assert set(BlockVersion.objects.values_list("usage_key", flat=True)) == before


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(p.parent.name for p in (ROOT / "content").glob("*/course.xml")))
def test_our_content_comes_back_equal(folder: str, tmp_path: Path) -> None:
    if folder == "g-exam":  # the exam draws from the other modules' banks
        for needed in ("c1", "c2", "c3", "g1"):
            import_module(ROOT / "content" / needed, by=SYSTEM)
    round_trip(ROOT / "content" / folder, tmp_path / "out")


@pytest.mark.slow
def test_real_courses_come_back_equal(tmp_path: Path) -> None:
    archives = sorted(corpus_olx().glob("*.tar.gz"))
    if not archives:
        pytest.skip(WITHOUT_CORPUS)
    for archive in archives:
        round_trip(archive, tmp_path / archive.name.partition(".")[0])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("sequential/s1.xml", 'due="2022-02-02T00:00:00Z"', 'due="2023-02-02T00:00:00Z"'),
        ("chapter/empty.xml", "visible_to_staff_only", "hide"),
        ("vertical/v1.xml", '<discussion url_name="talk"/>', ""),
        ("html/h1.html", "more", "less"),
        ("html/hb.html", "for B", "for C"),
        ("vertical/v2.xml", 'sources="x"', 'sources="y"'),
        ("policies/run/grading_policy.json", "1.0", "0.5"),
        ("about/overview.html", "About", "Over"),
        ("static/pic.png", "png", "jpg"),
        ("html/orphan.html", "orphan", "child"),
        ("course/run.xml", "Edx.TC1.run", "other"),
    ],
)
def test_the_canonical_tree_sees_each_difference(tmp_path: Path, path: str, old: str, new: str) -> None:
    assert old in EDX_COURSE[path]
    changed = write_course(tmp_path / "b", {**EDX_COURSE, path: EDX_COURSE[path].replace(old, new)})

    assert canonical_tree(changed) != canonical_tree(edx_course(tmp_path / "a"))


def test_export_lays_files_out_as_open_edx_does(tmp_path: Path) -> None:
    target = exported(imported(edx_course(tmp_path / "course")), tmp_path / "out", format="folder")

    written = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert written >= set(EDX_COURSE) - {"html/a/b.xml"}
    assert (target / "course.xml").read_text() == '<course url_name="run" org="Edx" course="TC1"/>\n'
    assert (target / "html" / "h1.html").read_text() == EDX_COURSE["html/h1.html"]
    assert 'filename="h1"' in (target / "html" / "h1.xml").read_text()
    assert '<html url_name="h1"/>' in (target / "vertical" / "v1.xml").read_text()
    assert 'question="?"' in (target / "vertical" / "v1.xml").read_text()
    assert not (target / "poll").exists()


def test_export_packs_the_same_course_in_each_format(tmp_path: Path) -> None:
    module = imported(edx_course(tmp_path / "course"))
    folder = exported(module, tmp_path / "out", format="folder")
    packed = [exported(module, tmp_path / f"c.{form}", format=form) for form in ("tar.gz", "zip")]

    assert [canonical_tree(path) for path in packed] == [canonical_tree(folder)] * 2
    with tarfile.open(packed[0]) as tar, zipfile.ZipFile(packed[1]) as zipped:
        members = tar.getmembers()
        assert [member.name for member in members] == zipped.namelist()
        assert {(member.mtime, member.uid, member.mode) for member in members} == {(0, 0, 0o644)}


def test_export_says_what_the_studio_changed(tmp_path: Path) -> None:
    module = imported(edx_course(tmp_path / "course"))
    outline = Outline.from_json(module.draft.outline)  # type: ignore[union-attr]
    first = outline.sections[0]
    unit = replace(first.units[0], title={"en": "Renamed", "vi": "Tên mới"}, minutes=7)
    sections = (replace(first, units=(unit, *first.units[1:]), chapter_title={"en": "Chapter new"}),)
    outline = replace(outline, title={"en": "New name"}, sections=sections + outline.sections[1:])
    save_outline_draft(module=module, outline=outline, by=SYSTEM)
    module.refresh_from_db()
    save_block_draft(
        module=module,
        usage_key=usage_key(module, "film", "video"),
        olx='<video url_name="film" display_name="New film"/>',
        by=SYSTEM,
    )
    module.refresh_from_db()

    back = parse_course(exported(module, tmp_path / "c.zip", format="zip"))

    assert back.outline.title == {"en": "New name"}
    assert back.outline.sections[0].chapter_title == {"en": "Chapter new"}
    assert (back.outline.units[0].title, back.outline.units[0].minutes) == (
        {"en": "Renamed", "vi": "Tên mới"},
        7,
    )
    assert back.outline.blocks[usage_key(module, "film", "video")].title == {"en": "New film"}
    # What the studio has no field for is still there.
    assert back.outline.attributes["start"] == "2020-01-01T00:00:00Z"


def test_export_keeps_a_moved_block_and_leaves_out_a_removed_one(tmp_path: Path) -> None:
    module = imported(edx_course(tmp_path / "course"))
    outline = Outline.from_json(module.draft.outline)  # type: ignore[union-attr]
    first = outline.sections[0]
    from_unit, to_unit = first.units[1], first.units[0]
    moved = next(block for block in from_unit.blocks if block.key == "hi")  # it stood in a group
    units = (
        replace(to_unit, blocks=(*to_unit.blocks[1:], moved)),
        replace(from_unit, blocks=tuple(block for block in from_unit.blocks if block != moved)),
    )
    outline = replace(outline, sections=(replace(first, units=units), *outline.sections[1:]))
    save_outline_draft(module=module, outline=outline, by=SYSTEM)
    module.refresh_from_db()

    back = parse_course(exported(module, tmp_path / "c.zip", format="zip")).outline

    assert [block.key for block in back.units[0].blocks][-1] == "hi"
    assert usage_key(module, "h1", "html") not in back.blocks
    assert back.units[0].blocks[-1].group == ""


def test_export_of_an_earlier_version_has_its_own_texts_and_files(tmp_path: Path) -> None:
    course = olx(tmp_path / "c", {"u1": text_block("t", "Một")}, files={"a.png": b"one"})
    module = import_module(course, by=SYSTEM).module
    imported(olx(tmp_path / "c", {"u1": text_block("t", "Hai")}, files={"a.png": b"two"}))
    module.refresh_from_db()

    for version, words, picture in (("published", "Một", b"one"), ("2", "Hai", b"two")):
        out = BytesIO()
        export_module(module=module, by=SYSTEM, to=out, version=version)
        with tarfile.open(fileobj=BytesIO(out.getvalue())) as tar:
            unit, image = tar.extractfile("course/vertical/u1.xml"), tar.extractfile("course/static/a.png")
            assert unit is not None
            assert image is not None
            assert words in unit.read().decode()
            assert image.read() == picture


def test_export_names_files_that_the_storage_lost(tmp_path: Path) -> None:
    module = imported(olx(tmp_path / "c", files={"a.png": b"one"}))
    default_storage.delete(module.assets.get().file)

    result = export_module(module=module, by=SYSTEM, to=tmp_path / "c.tar.gz")

    assert result.lost == ("static/a.png",)
    assert parse_course(tmp_path / "c.tar.gz").leaves == 2


def test_export_is_recorded_and_refuses_a_learner(tmp_path: Path) -> None:
    module = imported(olx(tmp_path / "c"))
    trainer = make.person()
    make.grant(trainer)
    export_module(module=module, by=trainer, to=BytesIO())

    with pytest.raises(Refused) as refusal:
        export_module(module=module, by=make.person(), to=BytesIO())

    event = AuditEvent.objects.filter(kind="module.exported").get()
    assert (refusal.value.code, event.actor_id) == ("not-allowed", trainer.pk)


@pytest.mark.parametrize("version", ["7", "published", "x"])
def test_export_refuses_a_version_that_is_not_there(tmp_path: Path, version: str) -> None:
    module = imported(olx(tmp_path / "c"))

    with pytest.raises(Refused) as refusal:
        export_module(module=module, by=SYSTEM, to=BytesIO(), version=version)

    assert refusal.value.code == "no-version"


def test_export_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    module = imported(olx(tmp_path / "c"))

    with pytest.raises(Refused) as refusal:
        exported(module, tmp_path / "c", format="folder")

    assert refusal.value.code == "not-empty"


def test_export_olx_reports_one_json_line_per_course(tmp_path: Path, capsys: Any) -> None:
    imported(olx(tmp_path / "c"))

    with pytest.raises(CommandError):
        call_command("export_olx", "T1", "GONE", "--to", str(tmp_path / "out"))
    call_command("export_olx", "T1", "--to", str(tmp_path / "t1.zip"), "--version", "1")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("error") for line in lines] == [None, "unknown-module", None]
    assert lines[0] == {
        "module": "T1",
        "course": "course-v1:LanToa+T1+2026",
        "version": 1,
        "path": str(tmp_path / "out" / "T1.tar.gz"),
        "blocks": 2,
        "files": 6,
        "lost": [],
    }
    assert canonical_tree(Path(lines[0]["path"])) == canonical_tree(Path(lines[2]["path"]))
