"""`python -m courses.h5p`: one line for each package."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.engine.command import run
from courses.h5p.engine.policy import allow_list, allowed
from tests.make_h5p import make_h5p, make_libraries


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    (tmp_path / "whole.h5p").write_bytes(make_h5p())
    (tmp_path / "bare.h5p").write_bytes(make_h5p(libraries=False))
    return tmp_path


def _lines(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    status = run(arguments, out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_accepted_package_is_told_with_its_libraries(packages: Path) -> None:
    status, (line,) = _lines(str(packages / "whole.h5p"))
    assert (status, line["file"], line["accepted"], line["problems"]) == (0, "whole.h5p", True, [])
    assert [(entry["name"], entry["version"]) for entry in line["libraries"]] == [
        ("LanToa.Note", "1.0.0"),
        ("LanToa.Base", "1.0.4"),
        ("LanToa.Card", "1.2.3"),
    ]
    assert {(entry["in_package"], entry["trust"]) for entry in line["libraries"]} == {(True, "unknown")}
    assert line["libraries"][2]["sha256"] in {facts.sha256 for facts in make_libraries()}
    assert line["peak_memory_mb"] > 0
    assert line["seconds"] >= 0


def test_missing_libraries_are_told_one_by_one_in_both_languages(packages: Path) -> None:
    status, (line,) = _lines(str(packages / "bare.h5p"))
    assert (status, line["accepted"]) == (1, False)
    assert [(problem["code"], problem["path"]) for problem in line["problems"]] == [
        ("missing-library", "LanToa.Base 1.0"),
        ("missing-library", "LanToa.Card 1.2"),
        ("missing-library", "LanToa.Note 1.0"),
    ]
    assert line["problems"][1]["message"] == {
        "vi": "Thiếu thư viện LanToa.Card 1.2: chưa được cài và không có trong gói.",
        "en": "The library LanToa.Card 1.2 is missing: neither installed nor in the package.",
    }


def test_libraries_of_other_packages_count_as_installed(packages: Path) -> None:
    status, (line,) = _lines(str(packages / "bare.h5p"), "--installed", str(packages), "--as", "trainer")
    assert status == 0
    assert {(entry["in_package"], entry["trust"]) for entry in line["libraries"]} == {(False, "installed")}


def test_trainer_brings_no_libraries(packages: Path) -> None:
    status, lines = _lines(str(packages / "whole.h5p"), str(packages / "bare.h5p"), "--as", "trainer")
    assert status == 1
    assert [{problem["code"] for problem in line["problems"]} for line in lines] == [
        {"library-not-trusted"},
        {"missing-library"},
    ]


def test_allow_list_is_printed(packages: Path) -> None:
    out = io.StringIO()
    assert run(["--hashes", *map(str, sorted(packages.glob("*.h5p")))], out) == 0
    assert allow_list(json.loads(out.getvalue())) == frozenset(map(allowed, make_libraries()))


def test_file_that_is_not_there_is_told(packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(packages / "none.h5p")], io.StringIO()) == 2
    assert "none.h5p" in capsys.readouterr().err


def test_allow_list_of_a_broken_package_is_none(packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (packages / "broken.h5p").write_bytes(b"PK")
    assert run(["--hashes", str(packages / "broken.h5p")], io.StringIO()) == 2
    assert "not-a-zip" in capsys.readouterr().err


def test_nothing_is_written(packages: Path) -> None:
    before = sorted(packages.iterdir())
    _lines(str(packages / "whole.h5p"))
    assert sorted(packages.iterdir()) == before
