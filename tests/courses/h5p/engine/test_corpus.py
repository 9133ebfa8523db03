"""Real packages, where there are any: accepted as they are, with the scores they give."""

import io
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.engine.command import hashes
from courses.h5p.engine.examine import Examined, MemoryInstalled, examine, libraries_in
from courses.h5p.engine.policy import Policy, allow_list, trusted
from courses.h5p.engine.problems import Rejected
from courses.h5p.engine.semantics import check, clean, parse
from courses.h5p.engine.write import write_package
from tests.h5p_corpus import ADVICE, corpus

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not corpus(), reason=ADVICE)]
# File → its points, and how many libraries play it.
FULL = {
    "blanks-1.14": (3, 8),
    "dragtext-1.10": (3, 7),
    "multichoice-1.16": (1, 7),
    "questionset-1.17": (None, 15),
    "truefalse-1.8": (1, 7),
}
CONTENT_ONLY = "content-only-coursepresentation-1.24"


def _path(name: str) -> Path:
    found = [path for path in corpus() if path.stem == name]
    if not found:
        pytest.skip(f"{name}.h5p is not in the corpus; {ADVICE}")
    return found[0]


def _examined(path: Path, **more: Any) -> Examined:
    content = io.BytesIO(path.read_bytes())
    return examine(
        content, installed=more.get("installed", MemoryInstalled()), policy=more.get("policy", Policy())
    )


@pytest.mark.parametrize("name", FULL)
def test_real_package_is_accepted_from_a_trainer(name: str) -> None:
    found = _examined(_path(name))
    assert (found.max_score, len(found.libraries)) == FULL[name]
    assert found.new_libraries == found.libraries
    assert {warning.code for warning in found.warnings} == {"no-vietnamese"}
    assert found.libraries[-1].name == found.manifest.main


@pytest.mark.parametrize("name", FULL)
def test_real_package_keeps_its_content(name: str) -> None:
    """What an H5P core wrote has been through the core's own filter: ours finds nothing to take away."""
    import json
    import zipfile

    found = _examined(_path(name))
    with zipfile.ZipFile(_path(name)) as archive:
        raw = json.loads(archive.read("content/content.json"))
    semantics = {facts.name: parse(facts.semantics or []) for facts in found.libraries}
    fields = semantics[found.manifest.main]
    assert check(fields, found.params, semantics.get) == check(fields, raw, semantics.get)
    assert clean(fields, found.params, semantics.get) == found.params
    assert _words(found.params) == _words(raw)


@pytest.mark.parametrize("name", FULL)
def test_real_package_passes_every_check_when_nobody_trusts_it(name: str) -> None:
    strangers = Policy(allow=frozenset(), may_install_unknown=True)
    assert _examined(_path(name), policy=strangers).libraries == _examined(_path(name)).libraries


@pytest.mark.parametrize("name", FULL)
def test_real_package_written_anew_is_the_same_package(name: str) -> None:
    found = _examined(_path(name))
    out = io.BytesIO()
    write_package(
        out,
        manifest=found.manifest.as_json(),
        params=found.params,
        files=[(entry.path, found.open(f"content/{entry.path}")) for entry in found.content_files],
        libraries=[
            (facts, lambda path, folder=facts.name.folder: found.open(f"{folder}/{path}"))  # type: ignore[misc]
            for facts in found.libraries
        ],
    )
    again = examine(out, installed=MemoryInstalled(), policy=Policy())
    assert (again.params, again.manifest) == (found.params, found.manifest)
    assert (again.libraries, again.content_files) == (found.libraries, found.content_files)


def test_content_only_package_names_every_library() -> None:
    with pytest.raises(Rejected) as rejected:
        _examined(_path(CONTENT_ONLY))
    assert [(problem.code, problem.path) for problem in rejected.value.problems] == [
        ("missing-library", "H5P.AdvancedText 1.1"),
        ("missing-library", "H5P.CoursePresentation 1.24"),
        ("missing-library", "H5P.Image 1.1"),
        ("missing-library", "H5P.Link 1.3"),
    ]


def test_allow_list_is_that_of_the_corpus() -> None:
    paths = [_path(name) for name in (*FULL, CONTENT_ONLY)]
    assert allow_list(hashes(paths)) == trusted()


def test_newer_libraries_of_another_package_are_used() -> None:
    """QuestionSet 1.17 brings H5P.Image 1.1.6; MultiChoice 1.16 has brought 1.1.22 before."""
    installed = MemoryInstalled(libraries_in(io.BytesIO(_path("multichoice-1.16").read_bytes())))
    found = _examined(_path("questionset-1.17"), installed=installed)
    images = [facts.version for facts in found.libraries if facts.name.machine_name == "H5P.Image"]
    assert images == ["1.1.22"]
    assert ("newer-patch", "H5P.Image 1.1.6") in {(warning.code, warning.path) for warning in found.warnings}


def _words(value: Any) -> list[str]:
    """All texts without markup and spaces, in order of their places."""
    import html
    import re

    if isinstance(value, dict):
        return [word for key in sorted(value) for word in _words(value[key])]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return ["".join(html.unescape(re.sub(r"<[^>]*>", "", str(value))).split())]
