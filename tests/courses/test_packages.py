"""SCORM and H5P packages: unsafe ones are refused before anything is unpacked, and only authors upload."""

import json
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.actions.import_olx import import_module
from courses.models import BlockVersion, Module
from courses.xblocks import package_files
from courses.xblocks.mode import Mode
from courses.xblocks.package_files import PackageStorage, refuse_unsafe
from courses.xblocks.tokens import STUDENT_VIEW, STUDIO_VIEW
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_packages
from tests.make_frames import PlayerHost, token_of

pytest.importorskip("openedxscorm")
# The packages leave the files they read open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::xblock.fields.ModifyingEnforceTypeWarning"),  # numbers from a form
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
COURSE = Path(__file__).resolve().parent.parent / "fixtures" / "blocks"
# What the editors of the two blocks send beside the file.
FORMS: dict[str, dict[str, str]] = {
    "scorm": {
        "display_name": "Gói",
        "has_score": "1",
        "enable_navigation_menu": "0",
        "enable_fullscreen_button": "0",
        "weight": "1",
        "popup_on_launch": "0",
        "width": "",
        "height": "",
        "navigation_menu_width": "",
    },
    "h5pxblock": {
        "display_name": "Gói",
        "show_frame": "false",
        "show_copyright": "false",
        "show_h5p": "false",
        "show_fullscreen": "false",
        "is_scorable": "false",
        "save_freq": "30",
        "points": "1",
        "weight": "1",
        "h5_content_path": "",
    },
}
FILE_FIELD = {"scorm": "file", "h5pxblock": "h5p_content_bundle"}


def archive(*entries: tuple[str | ZipInfo, bytes]) -> SimpleUploadedFile:
    """An uploaded .zip with these files."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as opened:
        for name, data in entries:
            opened.writestr(name, data)
    return SimpleUploadedFile("goi.zip", content.getvalue(), "application/zip")


def named(name: str, mode: int = stat.S_IFREG | 0o644) -> ZipInfo:
    """A name exactly as it is written, not as ZipFile would tidy it."""
    entry = ZipInfo("x")
    entry.filename = name
    entry.external_attr = mode << 16
    return entry


UNSAFE: dict[str, tuple[Callable[[], SimpleUploadedFile], str]] = {
    "up and out": (lambda: archive((named("../../settings.py"), b"x")), "unsafe-package"),
    "up inside": (lambda: archive((named("a/../../b.js"), b"x")), "unsafe-package"),
    "absolute": (lambda: archive((named("/etc/cron.d/x"), b"x")), "unsafe-package"),
    "backslashes": (lambda: archive((named("..\\..\\x.dll"), b"x")), "unsafe-package"),
    "a link": (lambda: archive((named("link", stat.S_IFLNK | 0o777), b"/etc/passwd")), "unsafe-package"),
    "a bomb": (lambda: archive(("a.bin", bytes(12_000_000))), "package-too-large"),
    "no archive": (lambda: SimpleUploadedFile("goi.zip", b"GIF89a" * 50), "no-package"),
    "cut off": (
        lambda: SimpleUploadedFile("goi.zip", archive(("a.js", b"x" * 999)).read()[:60]),
        "no-package",
    ),
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_an_unsafe_package_is_refused(kind: str) -> None:
    make_it, code = UNSAFE[kind]
    with pytest.raises(Refused) as refusal:
        refuse_unsafe(make_it())
    assert refusal.value.code == code


@pytest.mark.parametrize(("name", "allowed"), [("MAX_FILES", 2), ("MAX_UNPACKED", 29)])
def test_a_package_of_too_many_or_too_large_files_is_refused(
    name: str, allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = [(f"{n}.txt", b"ten bytes!") for n in range(3)]
    refuse_unsafe(archive(*three))
    monkeypatch.setattr(package_files, name, allowed)
    with pytest.raises(Refused) as refusal:
        refuse_unsafe(archive(*three))
    assert refusal.value.code == "package-too-large"


def test_a_good_package_is_left_at_its_start() -> None:
    uploaded = archive(("imsmanifest.xml", b"<manifest/>"), ("a/b.js", b"1"))
    refuse_unsafe(uploaded)
    assert uploaded.tell() == 0


@pytest.mark.parametrize(
    "path", ["../x", "scorm/../../x", "backups/x", "scorm\\x", "scorm/a\x00b", "/etc/passwd"]
)
def test_the_storage_of_packages_has_no_way_out(path: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PackageStorage().url(path)
    with pytest.raises(ValueError, match=r".*"):
        PackageStorage().save(path, BytesIO(b"x"))


def test_a_package_is_never_deleted_or_written_twice() -> None:
    storage = PackageStorage()
    path = storage.save("scorm/a/x.js", SimpleUploadedFile("x.js", b"first"))
    storage.save("scorm/a/x.js", SimpleUploadedFile("x.js", b"second"))
    storage.delete(path)
    with storage.open(path) as kept:
        assert kept.read() == b"first"


@pytest.fixture
def course(db: None) -> Module:
    return import_module(COURSE, by=SYSTEM).module


@pytest.fixture
def learner(course: Module) -> Person:
    person = make.person()
    make_courses.enrolment(person, make_courses.programme(course))
    return person


@pytest.fixture
def author(db: None) -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


def send(token: str, tag: str, file: Any) -> tuple[int, dict[str, Any]]:
    response = PlayerHost().ask("post", f"/h/{token}/studio_submit", FORMS[tag] | {FILE_FIELD[tag]: file})
    return response.status_code, json.loads(response.content)


def versions(name: str) -> int:
    return BlockVersion.objects.filter(usage_key__endswith=f"block@{name}").count()


@pytest.mark.slow
@pytest.mark.parametrize("tag", FORMS)
def test_an_author_uploads_a_package_and_an_unsafe_one_changes_nothing(
    tag: str, course: Module, author: Person, tmp_path: Path
) -> None:
    token = token_of(course, author, tag, tag, mode=Mode.DRAFT, view=STUDIO_VIEW)
    evil = archive(("imsmanifest.xml", b"<manifest/>"), (named("../../evil.js"), b"x"))

    status, said = send(token, tag, evil)

    assert (status, said["error"]) == (409, "unsafe-package")
    assert versions(tag) == 1
    assert not default_storage.exists("evil.js")

    good = (make_packages.scorm if tag == "scorm" else make_packages.h5p)(tmp_path)
    with good.open("rb") as file:
        status, said = send(token, tag, file)
    assert (status, said["result"]) == (200, "success")
    assert versions(tag) == 2


@pytest.mark.slow
@pytest.mark.parametrize("mode", [Mode.PUBLISHED, Mode.DRAFT])
@pytest.mark.parametrize("tag", FORMS)
def test_a_learner_cannot_upload(
    tag: str, mode: Mode, course: Module, learner: Person, tmp_path: Path
) -> None:
    view = STUDENT_VIEW if mode == Mode.PUBLISHED else STUDIO_VIEW
    token = token_of(course, learner, tag, tag, mode=mode, view=view)
    with make_packages.scorm(tmp_path).open("rb") as file:
        status, said = send(token, tag, file)
    assert (status, said["error"]) == (
        (415, "unreadable") if mode == Mode.PUBLISHED else (403, "not-enrolled")
    )
    assert versions(tag) == 1
