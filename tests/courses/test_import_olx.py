"""Importing: once however often, and nothing by those who may not."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from courses.actions.import_olx import import_module
from courses.models import Asset, BlockVersion, Module, ModuleVersion
from courses.signals import module_published, module_version_written
from lms.audit.models import AuditEvent
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import olx, text_block
from tests.make_olx import edx_course

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sent() -> Any:
    """The signals of courses in the order they came."""
    names: list[tuple[str, int]] = []

    def written(version: ModuleVersion, blocks: list[BlockVersion], **_: Any) -> None:
        names.append(("written", len(blocks)))

    def published(version: ModuleVersion, **_: Any) -> None:
        names.append(("published", version.number))

    module_version_written.connect(written)
    module_published.connect(published)
    yield names
    module_version_written.disconnect(written)
    module_published.disconnect(published)


def test_import_module_writes_blocks_files_and_a_published_version(
    tmp_path: Path, sent: list[tuple[str, int]]
) -> None:
    result = import_module(olx(tmp_path, files={"a.png": b"png"}), by=SYSTEM)

    assert (result.leaves, result.imported, result.unchanged, result.is_published) == (2, 2, 0, True)
    module = Module.objects.get()
    assert (module.code, module.title, module.component) == (
        "T1",
        {"vi": "Mô-đun T1", "en": "Module T1"},
        "DC",
    )
    assert module.published == module.draft == ModuleVersion.objects.get()
    with default_storage.open(Asset.objects.get().file) as file:
        assert file.read() == b"png"
    assert sent == [("written", 2), ("published", 1)]
    assert [e.kind for e in AuditEvent.objects.order_by("pk")] == ["module.published", "module.imported"]


def test_import_module_again_changes_nothing(tmp_path: Path, sent: list[tuple[str, int]]) -> None:
    course = olx(tmp_path, files={"a.png": b"png"})
    import_module(course, by=SYSTEM)
    sent.clear()

    result = import_module(course, by=SYSTEM)

    assert (result.imported, result.unchanged, result.is_new_version, result.is_published) == (
        0,
        2,
        False,
        False,
    )
    counts = [model.objects.count() for model in (ModuleVersion, BlockVersion, Asset)]
    assert (counts, sent) == ([1, 2, 1], [])
    assert AuditEvent.objects.count() == 2


def test_import_module_writes_only_the_block_that_changed(
    tmp_path: Path, sent: list[tuple[str, int]]
) -> None:
    import_module(olx(tmp_path), by=SYSTEM)
    sent.clear()

    import_module(olx(tmp_path, {"u1": text_block("u1-text"), "u2": text_block("u2-text", "Mới")}), by=SYSTEM)

    numbers = BlockVersion.objects.order_by("pk").values_list("usage_key", "number")
    assert [(key.rpartition("@")[2], number) for key, number in numbers] == [
        ("u1-text", 1),
        ("u2-text", 1),
        ("u2-text", 2),
    ]
    assert sent == [("written", 1), ("published", 2)]


def test_import_module_takes_an_old_text_back_without_a_new_block(tmp_path: Path) -> None:
    for words in ("Một", "Hai", "Một"):
        result = import_module(olx(tmp_path, {"u1": text_block("t", words)}), by=SYSTEM)

    assert (BlockVersion.objects.count(), ModuleVersion.objects.count(), result.imported) == (2, 3, 0)


def test_import_module_keeps_the_old_picture_for_the_old_version(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        import_module(olx(tmp_path, files={"a.png": content}), by=SYSTEM)

    old, new = ModuleVersion.objects.order_by("number")
    assert old.outline["assets"]["a.png"][0] != new.outline["assets"]["a.png"][0]
    assert Asset.objects.filter(path="a.png").count() == 2


def test_import_module_can_leave_a_draft(tmp_path: Path) -> None:
    module = import_module(olx(tmp_path), by=SYSTEM, publish=False).module

    assert (module.published, module.draft) == (None, ModuleVersion.objects.get())


def test_import_module_fills_an_announced_module(tmp_path: Path) -> None:
    announced = make_courses.announced_module("T1")

    assert import_module(olx(tmp_path), by=SYSTEM).module == announced


def test_import_module_refuses_a_learner(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        import_module(olx(tmp_path), by=make.person())

    assert (refusal.value.code, Module.objects.count()) == ("not-allowed", 0)


def test_import_module_refuses_another_key_for_the_same_code(tmp_path: Path) -> None:
    course = olx(tmp_path)
    import_module(course, by=SYSTEM)
    make_courses.write(course / "course.xml", '<course url_name="2026" org="Other" course="T1"/>')

    with pytest.raises(Refused) as refusal:
        import_module(course, by=SYSTEM)

    assert (refusal.value.code, ModuleVersion.objects.count()) == ("other-key", 1)


def test_import_module_refuses_what_cannot_be_read_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.tar.gz").write_bytes(b"no archive")

    with pytest.raises(Refused) as refusal:
        import_module(tmp_path / "x.tar.gz", by=SYSTEM)

    assert (refusal.value.code, AuditEvent.objects.count()) == ("broken-archive", 0)


def test_import_module_takes_scripts_out_of_text(tmp_path: Path) -> None:
    import_module(olx(tmp_path, {"u1": text_block("t", "<script>x()</script>a")}), by=SYSTEM)

    assert "script" not in BlockVersion.objects.get().olx


def test_import_olx_reports_one_json_line_per_course(tmp_path: Path, capsys: Any) -> None:
    good = olx(tmp_path / "good", {"u1": text_block("t") + '<html url_name="gone"/>'})

    with pytest.raises(CommandError):
        call_command("import_olx", str(good), str(tmp_path / "none"), "--report", "-")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("error") for line in lines] == [None, "missing-file"]
    assert lines[0] == {
        "path": str(good),
        "module": "T1",
        "course": "course-v1:LanToa+T1+2026",
        "version": 1,
        "leaves": 2,
        "imported": 1,
        "unchanged": 0,
        "unsupported": [],
        "kept": [],
        "published": True,
        "refused": [{"code": "missing-file", "path": "html/gone.xml", "detail": ""}],
        "notes": [],
    }


def test_import_olx_dry_run_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    call_command("import_olx", str(olx(tmp_path)), "--dry-run", "--report", "-")

    assert json.loads(capsys.readouterr().out)["leaves"] == 2
    assert not Module.objects.exists()


def test_import_olx_counts_each_leaf_once(tmp_path: Path, capsys: Any) -> None:
    course = str(edx_course(tmp_path))
    for options in (["--dry-run"], [], []):
        call_command("import_olx", course, *options, "--report", "-")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        listed = sum(len(line[name]) for name in ("unsupported", "kept", "refused"))
        assert line["leaves"] == line["imported"] + line["unchanged"] + listed
    assert [line["imported"] > 0 for line in lines] == [True, True, False]
    assert lines[0]["imported"] == lines[1]["imported"] == lines[2]["unchanged"]
    assert {kept["type"] for kept in lines[1]["unsupported"]} >= {"google-document"}
    assert [problem["code"] for problem in lines[1]["refused"]] == ["script"]
    assert [problem["code"] for problem in lines[1]["kept"]] == ["variant"]


@pytest.mark.slow
def test_our_content_imports_and_imports_again_unchanged() -> None:
    call_command("load_programmes", verbosity=0)
    folders = sorted(p.parent for p in (ROOT / "content").glob("*/course.xml"))
    # The exam draws from the other modules' questions, so it comes last.
    folders.sort(key=lambda folder: folder.name == "g-exam")

    for _round in range(2):
        results = [import_module(folder, by=SYSTEM) for folder in folders]

    assert [result.refused for result in results] == [()] * len(folders)
    assert [result.imported for result in results] == [0] * len(folders)


def test_load_programmes_is_safe_to_repeat() -> None:
    for _round in range(2):
        call_command("load_programmes", verbosity=0)

    from courses.models import Programme, ProgrammeModule

    grassroots = Programme.objects.get(track__code="G")
    required = ProgrammeModule.objects.filter(programme=grassroots, is_required=True).order_by("position")
    assert [place.module.code for place in required] == ["C1", "C2", "C3", "G1"]
    assert grassroots.exam_module is not None
    assert (grassroots.exam_module.code, grassroots.level, grassroots.components) == (
        "GX",
        "in_depth",
        ["ST", "DC"],
    )
    assert (Programme.objects.count(), Module.objects.count()) == (3, 19)
