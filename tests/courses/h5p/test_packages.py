"""Taking packages in: once, whole or not at all, and libraries only as trust allows."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from courses.h5p.actions.libraries import bring_back_library, withdraw_library
from courses.h5p.actions.packages import import_package
from courses.h5p.engine.examine import libraries_in
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused
from courses.h5p.models import Library, Package
from courses.h5p.queries.exports import write_full
from courses.h5p.queries.libraries import facts_of
from courses.h5p.storage import library_folder, lying, package_name
from lms.audit.models import AuditEvent
from tests import make
from tests.make_h5p import make_h5p, make_libraries
from tests.make_h5p_here import manager, package, trainer

pytestmark = pytest.mark.django_db


def codes(rejected: Any) -> set[str]:
    return {problem.code for problem in rejected.value.problems}


def test_a_package_comes_in_with_its_libraries_in_load_order() -> None:
    by = manager()
    content = make_h5p()
    found = import_package(file=BytesIO(content), by=by)

    assert (found.title, found.language, found.size) == ("Hai cộng hai", "vi", len(content))
    loads = [str(load.library) for load in found.loads.order_by("position")]
    assert sorted(loads) == ["LanToa.Base 1.0.4", "LanToa.Card 1.2.3", "LanToa.Note 1.0.0"]
    assert loads.index("LanToa.Base 1.0.4") < loads.index("LanToa.Card 1.2.3")
    assert str(found.main_library) == "LanToa.Card 1.2.3"
    assert {row.installed_by for row in Library.objects.all()} == {by}
    assert not Library.objects.filter(is_allow_listed=True).exists()
    kinds = AuditEvent.objects.filter(actor_id=by.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["h5p.library_installed"] * 3 + ["h5p.package_imported"]


def test_every_file_lies_under_its_hash_and_is_what_it_was() -> None:
    content = make_h5p()
    found = package(content=content)

    with default_storage.open(package_name(found.sha256)) as file:
        assert file.read() == content
    for facts in make_libraries():
        for entry in facts.files:
            assert default_storage.size(f"{library_folder(facts)}/{entry.path}") == entry.size
    (picture,) = found.files
    assert picture["path"] == "images/hình-một.png"
    names = list(lying("h5p"))
    assert not [name for name in names if name.endswith(".part")]
    assert len(names) == sum(len(facts.files) for facts in make_libraries()) + 2


def test_the_same_file_is_the_same_package() -> None:
    content = make_h5p()
    first, second = package(content=content), package(content=content, by=trainer())

    assert (first.pk, Package.objects.count(), Library.objects.count()) == (second.pk, 1, 3)


def test_other_content_shares_libraries_and_pictures() -> None:
    first, second = package(), package(by=trainer(), manifest={"title": "Khác"})

    assert first.pk != second.pk
    assert first.files == second.files
    assert Library.objects.count() == 3


def test_a_trainer_brings_content_and_no_library() -> None:
    with pytest.raises(Rejected) as rejected:
        package(by=trainer())

    assert codes(rejected) == {"library-not-trusted"}
    assert (Package.objects.count(), Library.objects.count(), list(lying("h5p"))) == (0, 0, [])


def test_allow_listed_libraries_come_in_with_a_trainers_package(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "trusted.json"
    rows = [
        {"name": facts.name.machine_name, "version": facts.version, "sha256": facts.sha256}
        for facts in make_libraries()
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    settings.H5P = settings.H5P | {"TRUSTED": [str(path)]}
    package(by=trainer())

    assert list(Library.objects.values_list("is_allow_listed", flat=True)) == [True] * 3


def test_a_manager_who_only_uploads_content_installs_nothing_unseen() -> None:
    with pytest.raises(Rejected) as rejected:
        import_package(file=BytesIO(make_h5p()), by=manager(), installs_unknown=False)

    assert codes(rejected) == {"library-not-trusted"}


def test_neither_learners_nor_ticks_of_a_trainer_get_anything_in() -> None:
    with pytest.raises(Refused):
        package(by=make.person())
    with pytest.raises(Refused):
        import_package(file=BytesIO(make_h5p()), by=trainer(), trusted_anyway=frozenset({"0" * 64}))


def test_other_bytes_under_a_known_number_are_not_taken() -> None:
    package()
    other = make_h5p(files={"LanToa.Card-1.2/js/main.js": b"alert(1)"})
    found = package(content=other, by=manager())

    (ours,) = [facts for facts in make_libraries() if facts.name.machine_name == "LanToa.Card"]
    row = Library.objects.get(machine_name="LanToa.Card")
    assert row.sha256 == ours.sha256
    assert "library-differs" in {warning["code"] for warning in found.warnings}
    with default_storage.open(f"{library_folder(facts_of(row))}/js/main.js") as file:
        assert b"alert" not in file.read()


def test_a_new_patch_of_a_known_name_needs_the_managers_tick() -> None:
    package()
    newer = make_h5p(library={"patchVersion": 9}, manifest={"title": "Mới"})
    by = manager()
    unticked = import_package(file=BytesIO(newer), by=by)
    assert str(unticked.main_library) == "LanToa.Card 1.2.3"

    again = make_h5p(library={"patchVersion": 9}, manifest={"title": "Mới hơn"})
    (patch,) = [facts.sha256 for facts in libraries_in(BytesIO(again)) if facts.patch == 9]
    ticked = import_package(file=BytesIO(again), by=by, trusted_anyway=frozenset({patch}))
    assert str(ticked.main_library) == "LanToa.Card 1.2.9"
    unticked.refresh_from_db()
    assert str(unticked.main_library) == "LanToa.Card 1.2.3"


def test_nothing_new_is_made_with_a_withdrawn_library_and_old_content_plays_on() -> None:
    by = manager()
    old = package()
    card = Library.objects.get(machine_name="LanToa.Card")
    withdraw_library(library=card, reason="Lỗ hổng", by=by)

    for content in (make_h5p(params={"question": "<p>?</p>"}), make_h5p(libraries=False)):
        with pytest.raises(Rejected) as rejected:
            package(content=content)
        assert "library-withdrawn" in codes(rejected)
        assert "Lỗ hổng" in str([problem.message("vi") for problem in rejected.value.problems])
    assert package() == old

    bring_back_library(library=card, by=by)
    assert package(content=make_h5p(libraries=False)).main_library == card


def test_only_managers_withdraw_and_only_for_a_reason() -> None:
    package()
    card = Library.objects.get(machine_name="LanToa.Card")
    with pytest.raises(Refused):
        withdraw_library(library=card, reason="Vì", by=trainer())
    with pytest.raises(Refused):
        withdraw_library(library=card, reason="  ", by=manager())
    with pytest.raises(Refused):
        bring_back_library(library=card, by=trainer())


def test_a_broken_package_leaves_nothing() -> None:
    with pytest.raises(Rejected):
        package(content=make_h5p(manifest={"title": ""}))

    assert (Library.objects.count(), list(lying("h5p"))) == (0, [])


def test_larger_than_the_host_allows_is_refused_while_it_is_read(settings: Any) -> None:
    settings.H5P = settings.H5P | {"MAX_UPLOAD": 1000}
    with pytest.raises(Rejected) as rejected:
        package()

    assert codes(rejected) == {"package-too-large"}


def test_dying_between_files_and_rows_leaves_only_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*args: Any, **options: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("courses.h5p.actions.packages._write", dies)
        with pytest.raises(MemoryError):
            package()
    assert (Library.objects.count(), Package.objects.count()) == (0, 0)
    assert list(lying("h5p/libraries"))

    assert package().loads.count() == 3


def test_a_download_has_everything_and_comes_in_elsewhere() -> None:
    found, out, again = package(), BytesIO(), BytesIO()
    write_full(found, out)
    write_full(found, again)

    assert out.getvalue() == again.getvalue()
    hashes = {facts.sha256 for facts in libraries_in(out)}
    assert hashes == {facts.sha256 for facts in make_libraries()}
    copy = package(content=out.getvalue())
    assert (copy.params, copy.files, copy.manifest) == (found.params, found.files, found.manifest)


def test_content_without_libraries_plays_with_those_that_are_here() -> None:
    with pytest.raises(Rejected) as rejected:
        package(content=make_h5p(libraries=False))
    assert codes(rejected) == {"missing-library"}

    package()
    found = package(content=make_h5p(libraries=False), by=trainer())
    assert found.loads.count() == 3


def test_the_command_says_one_line_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "tốt.h5p", tmp_path / "hỏng.h5p"
    good.write_bytes(make_h5p())
    bad.write_bytes(b"no zip")
    with pytest.raises(SystemExit):
        call_command("import_h5p", good, bad, "--libraries")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())

    assert (first["file"], first["accepted"], first["main_library"]) == ("tốt.h5p", True, "LanToa.Card 1.2.3")
    assert (second["accepted"], second["problems"][0]["code"]) == (False, "not-a-zip")
    call_command("import_h5p", good, "--by", trainer().username)
    assert json.loads(capsys.readouterr().out)["sha256"] == first["sha256"]


def test_the_command_installs_no_unknown_library_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.h5p"
    path.write_bytes(make_h5p())
    with pytest.raises(SystemExit):
        call_command("import_h5p", path)

    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "library-not-trusted"
