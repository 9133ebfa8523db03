"""Importing in the studio: read, look, confirm; nothing half, nothing of others."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses import tasks
from courses.actions import course_import as actions
from courses.actions.course_import import (
    cancel_import,
    confirm_import,
    delete_old,
    read_course,
    request_import,
    write_course,
)
from courses.actions.import_olx import import_module
from courses.models import CourseImport, Module, ModuleVersion
from courses.olx.canonical import canonical_tree
from courses.olx.pack import Part, pack_into
from lms.audit.models import AuditEvent
from lms.people.models import Person, RoleGrant
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_courses import olx, text_block
from tests.make_olx import drafted_course, edx_course

pytestmark = pytest.mark.django_db


def archive(folder: Path) -> bytes:
    out = BytesIO()
    files = [path for path in folder.rglob("*") if path.is_file()]
    pack_into((Part.of(f.relative_to(folder).as_posix(), f.read_bytes()) for f in files), out, "tar.gz")
    return out.getvalue()


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person)
    return person


def upload(by: Person, content: bytes, name: str = "course.tar.gz") -> CourseImport:
    return request_import(file=BytesIO(content), name=name, size=len(content), by=by)


def test_an_upload_is_read_shown_confirmed_and_becomes_a_draft(
    tmp_path: Path, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        course = upload(trainer, archive(edx_course(tmp_path)))
    course.refresh_from_db()

    assert (course.state, course.percent, Module.objects.count()) == ("ready", 100, 0)
    preview = course.report["preview"]
    assert (preview["module"], preview["is_new_module"], preview["changed"]) == ("TC1", True, 0)
    assert preview["new"] == len(course.report["keys"]) > 10

    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(course=course, by=trainer)
    course.refresh_from_db()

    module = Module.objects.get()
    assert (course.state, course.module, course.file) == ("done", module, "")
    assert (module.published, module.draft is not None) == (None, True)
    assert course.report["result"]["imported"] == preview["new"]
    assert default_storage.listdir("imports")[1] == []
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert kinds >= {"import.requested", "import.confirmed", "module.imported"}


def test_drafts_in_the_file_become_the_draft_and_the_page_counts_them(
    tmp_path: Path, trainer: Person, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        course = upload(trainer, archive(drafted_course(tmp_path)))
    course.refresh_from_db()
    assert (course.report["draft_units"], course.report["draft_leaves"]) == (3, 6)
    client.force_login(trainer)
    page = client.get(reverse("courses:import", args=[course.pk])).content.decode()
    assert '<td class="n">6</td>' in page
    assert "inf-n" in page

    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(course=course, by=trainer)
    course.refresh_from_db()

    module = Module.objects.get()
    assert module.draft is not None
    assert (module.published, module.draft.number, course.report["result"]["version"]) == (None, 2, 2)
    keys = [unit["key"] for section in module.draft.outline["sections"] for unit in section["units"]]
    assert keys[:3] == ["v1", "fresh", "v2"]


def test_the_preview_tells_new_changed_unchanged_and_removed_blocks(tmp_path: Path, trainer: Person) -> None:
    folder = tmp_path / "c"
    import_module(
        olx(folder, {"u1": text_block("same") + text_block("other") + text_block("gone")}), by=SYSTEM
    )
    olx(folder, {"u1": text_block("same") + text_block("other", "Mới") + text_block("new")})

    course = read_course(course=upload(trainer, archive(folder)), by=SYSTEM)

    preview = course.report["preview"]
    assert (preview["new"], preview["changed"], preview["unchanged"], preview["removed"]) == (
        1,
        1,
        1,
        ["text gone"],
    )
    assert not preview["is_new_module"]


def test_jobs_may_run_twice(tmp_path: Path, trainer: Person) -> None:
    course = upload(trainer, archive(olx(tmp_path)))
    for _round in range(2):
        tasks.read_import.call(course.pk)
    course.refresh_from_db()
    confirm_import(course=course, by=trainer)
    for _round in range(2):
        tasks.write_import.call(course.pk)

    course.refresh_from_db()
    assert (course.state, ModuleVersion.objects.count()) == ("done", 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"no archive", "broken-archive"), (b"", "broken-archive")],
)
def test_a_file_that_is_no_course_fails_in_words(trainer: Person, content: bytes, code: str) -> None:
    course = read_course(course=upload(trainer, content), by=SYSTEM)

    assert (course.state, course.error, course.file) == ("failed", code, "")


def test_what_nobody_foresaw_fails_and_is_logged(
    tmp_path: Path, trainer: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "parse_package", broken)

    course = read_course(course=upload(trainer, archive(olx(tmp_path))), by=SYSTEM)

    assert (course.state, course.error) == ("failed", "unexpected")
    assert "ZeroDivisionError" in caplog.text


def test_an_upload_that_the_storage_lost_fails(tmp_path: Path, trainer: Person) -> None:
    course = upload(trainer, archive(olx(tmp_path)))
    default_storage.delete(course.file)

    assert read_course(course=course, by=SYSTEM).error == "missing-file"


def test_a_module_that_changed_after_the_preview_is_left_alone(tmp_path: Path, trainer: Person) -> None:
    folder = tmp_path / "c"
    import_module(olx(folder), by=SYSTEM)
    course = read_course(course=upload(trainer, archive(olx(folder, {"u1": text_block("a")}))), by=SYSTEM)
    import_module(olx(folder, {"u1": text_block("b")}), by=SYSTEM)
    confirm_import(course=course, by=trainer)

    write_course(course=course, by=SYSTEM)

    assert (course.state, course.error, ModuleVersion.objects.count()) == ("failed", "changed-meanwhile", 2)


def test_a_cancelled_import_stays_cancelled(tmp_path: Path, trainer: Person) -> None:
    course = upload(trainer, archive(olx(tmp_path)))
    cancel_import(course=course, by=trainer)

    read_course(course=course, by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        confirm_import(course=course, by=trainer)

    assert (course.state, refusal.value.code, Module.objects.count()) == ("cancelled", "gone", 0)


def test_only_trainers_import_and_only_their_own(tmp_path: Path, trainer: Person) -> None:
    content = archive(olx(tmp_path))
    course = read_course(course=upload(trainer, content), by=SYSTEM)
    colleague = make.person()
    make.grant(colleague)

    for refused in (
        lambda: upload(make.person(), content),
        lambda: confirm_import(course=course, by=colleague),
        lambda: cancel_import(course=course, by=colleague),
        lambda: read_course(course=course, by=trainer),
        lambda: write_course(course=course, by=trainer),
        lambda: delete_old(by=trainer),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert refusal.value.code == "not-allowed"


def test_who_lost_the_role_meanwhile_imports_nothing(tmp_path: Path, trainer: Person) -> None:
    course = read_course(course=upload(trainer, archive(olx(tmp_path))), by=SYSTEM)
    confirm_import(course=course, by=trainer)
    RoleGrant.objects.filter(person=trainer).delete()

    write_course(course=CourseImport.objects.get(), by=SYSTEM)

    assert (CourseImport.objects.get().error, Module.objects.count()) == ("not-allowed", 0)


@pytest.mark.parametrize(
    ("name", "size", "code"), [("c.txt", 3, "not-a-course"), ("c.zip", 10**9, "too-large")]
)
def test_request_import_refuses_what_it_need_not_open(
    trainer: Person, name: str, size: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        request_import(file=BytesIO(b"abc"), name=name, size=size, by=trainer)

    assert (refusal.value.code, CourseImport.objects.count()) == (code, 0)


def test_old_imports_go_and_dead_jobs_are_given_up(
    tmp_path: Path, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    content = archive(olx(tmp_path))
    dead, old, ready = (upload(trainer, content) for _ in range(3))
    read_course(course=ready, by=SYSTEM)
    now = clock.now()
    CourseImport.objects.filter(pk=dead.pk).update(state="reading", changed_at=now - timedelta(hours=3))
    CourseImport.objects.filter(pk=old.pk).update(state="done", changed_at=now - timedelta(days=31))

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old(by=SYSTEM) == 1

    dead.refresh_from_db()
    assert (dead.state, dead.error, dead.file) == ("failed", "interrupted", "")
    assert set(CourseImport.objects.values_list("pk", flat=True)) == {dead.pk, ready.pk}
    assert len(default_storage.listdir("imports")[1]) == 1


def page(client: Client, name: str, *arguments: object) -> Any:
    return client.get(reverse(f"courses:{name}", args=arguments))


def test_the_pages_lead_from_upload_to_draft(
    tmp_path: Path, trainer: Person, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(trainer)
    file = SimpleUploadedFile("khóa.tar.gz", archive(edx_course(tmp_path)))

    waiting = client.post(reverse("courses:imports"), {"file": file}, follow=True)
    course = CourseImport.objects.get()
    assert (waiting.status_code, waiting["Refresh"]) == (200, "3")
    read_course(course=course, by=SYSTEM)
    ready = page(client, "import", course.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("courses:confirm_import", args=[course.pk]))
    done = page(client, "import", course.pk)

    assert "Refresh" not in ready
    assert reverse("courses:confirm_import", args=[course.pk]) in ready.content.decode()
    assert "google-document doc" in ready.content.decode()
    assert reverse("courses:studio_module", args=["TC1"]) in done.content.decode()
    assert "khóa.tar.gz" in page(client, "imports").content.decode()


@pytest.mark.parametrize("data", [{}, {"file": "text"}])
def test_an_upload_without_a_file_says_so(trainer: Person, client: Client, data: dict[str, str]) -> None:
    client.force_login(trainer)

    response = client.post(reverse("courses:imports"), data)

    assert (response.status_code, CourseImport.objects.count()) == (400, 0)
    assert 'class="err-sum"' in response.content.decode()


def test_a_refused_upload_says_why(trainer: Person, client: Client) -> None:
    client.force_login(trainer)

    response = client.post(reverse("courses:imports"), {"file": SimpleUploadedFile("a.docx", b"x")})

    assert (response.status_code, CourseImport.objects.count()) == (400, 0)


def test_the_failed_page_offers_another_upload(trainer: Person, client: Client) -> None:
    client.force_login(trainer)
    course = read_course(course=upload(trainer, b"x"), by=SYSTEM)

    html = page(client, "import", course.pk).content.decode()

    assert 'role="alert"' in html
    assert reverse("courses:imports") in html
    assert reverse("courses:cancel_import", args=[course.pk]) not in html


def test_somebody_elses_import_does_not_exist(tmp_path: Path, trainer: Person, client: Client) -> None:
    course = upload(trainer, archive(olx(tmp_path)))
    colleague = make.person()
    make.grant(colleague)
    client.force_login(colleague)

    assert page(client, "import", course.pk).status_code == 404


def test_cancelling_goes_back_to_the_list(tmp_path: Path, trainer: Person, client: Client) -> None:
    client.force_login(trainer)
    course = upload(trainer, archive(olx(tmp_path)))
    address = reverse("courses:cancel_import", args=[course.pk])

    first, again = client.post(address), client.post(address)

    assert (first["Location"], again["Location"]) == (
        reverse("courses:imports"),
        reverse("courses:import", args=[course.pk]),
    )


def test_the_studio_gives_a_module_as_a_file(tmp_path: Path, trainer: Person, client: Client) -> None:
    source = edx_course(tmp_path / "c")
    import_module(source, by=SYSTEM, publish=False)
    client.force_login(trainer)
    address = reverse("courses:export_module", args=["TC1"])

    response = client.post(address, {"version": "draft"})
    (tmp_path / "out.tar.gz").write_bytes(b"".join(response))
    unpublished = client.post(address, {"version": "published"})

    assert response["Content-Disposition"] == 'attachment; filename="TC1-v1.tar.gz"'
    assert canonical_tree(tmp_path / "out.tar.gz") == canonical_tree(source)
    assert unpublished["Location"] == reverse("courses:studio_module", args=["TC1"])


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_same_queries_for_any_number(
    tmp_path: Path,
    trainer: Person,
    client: Client,
    number: int,
    django_assert_num_queries: Any,
    settings: Any,
) -> None:
    settings.SESSION_ENGINE = "lms.shared.sessions"  # with Redis one query less
    client.force_login(trainer)
    content = archive(olx(tmp_path))
    for _ in range(number):
        upload(trainer, content)
    page(client, "imports")

    with django_assert_num_queries(4):
        page(client, "imports")
