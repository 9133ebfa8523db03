"""Large files are filed by a job: the page answers at once, and says later what became of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from courses import tasks
from courses.actions.media_facts import ItemFacts
from courses.actions.media_filing import file_upload, request_filing
from courses.actions.media_uploads import append_part, begin_upload, delete_stale_uploads, finish_upload
from courses.models import MediaItem, MediaUpload
from courses.models.media import GIVEN_UP_AFTER
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_media

pytestmark = pytest.mark.django_db
SAID = {
    "declares_no_secret": "on",
    "title_vi": "Phim về bản Mường",
    "language": "vi",
    "source": "Đài xã",
    "made_on": "02/11/2026",
    "keywords": "cờ, bản",
    "licence": "own",
    "consent": "nobody",
    "ai_label": "none",
}


@pytest.fixture
def trainer() -> Person:
    return make_media.trainer()


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def everything_is_large(settings: Any) -> None:
    settings.MEDIA_AT_ONCE = 100


def arrived(by: Person, content: bytes | None = None, name: str = "tiếng.mp3") -> MediaUpload:
    content = make_media.mp3(60) if content is None else content
    upload = begin_upload(file_name=name, size=len(content), declares_no_secret=True, by=by)
    return append_part(upload=upload, offset=0, content=content, by=by)


def handed_in(upload: MediaUpload, by: Person, **said: Any) -> MediaUpload:
    facts = make_media.facts(**said)
    return request_filing(upload_id=upload.pk, facts=facts, declares_no_secret=True, by=by)


def page_of(upload: MediaUpload) -> str:
    return reverse("courses:media_filing", args=[upload.pk])


def test_a_large_file_is_filed_after_the_answer(
    client: Client, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = arrived(trainer)
    with django_capture_on_commit_callbacks(execute=False) as jobs:
        response = client.post(reverse("courses:media_new"), {**SAID, "upload": upload.pk})

    assert (response.status_code, response["Location"]) == (302, page_of(upload))
    assert (len(jobs), MediaItem.objects.count()) == (1, 0)
    waiting = client.get(page_of(upload))
    assert waiting["Refresh"] == "3"
    assert "tiếng.mp3" in waiting.content.decode()
    assert page_of(upload) in client.get(reverse("courses:media_new")).content.decode()

    for job in jobs:
        job()

    item = MediaItem.objects.get()
    assert (item.title, item.keywords, item.uploaded_by) == (
        {"vi": "Phim về bản Mường"},
        ["cờ", "bản"],
        trainer,
    )
    assert item.made_on is not None
    assert client.get(page_of(upload))["Location"] == reverse("courses:media_item", args=[item.pk])
    assert default_storage.listdir("uploads")[1] == []
    assert page_of(upload) not in client.get(reverse("courses:media_new")).content.decode()
    kinds = list(AuditEvent.objects.values_list("kind", flat=True))
    assert kinds.count("media.added") == kinds.count("media.filing_requested") == 1


def test_what_is_wrong_stands_in_the_form_and_the_file_need_not_be_sent_again(
    client: Client, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = arrived(trainer)
    handed_in(upload, trainer, ai_label="generated", ai_tool="", title={"vi": "Giọng máy"})
    tasks.file_upload.call(str(upload.pk))

    response = client.get(page_of(upload))

    page = response.content.decode()
    assert "Refresh" not in response
    assert 'id="id_ai_tool_error"' in page
    assert 'value="Giọng máy"' in page
    assert f'value="{upload.pk}"' in page
    assert MediaItem.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        said = {**SAID, "ai_label": "generated", "ai_tool": "Máy đọc", "upload": str(upload.pk)}
        assert client.post(reverse("courses:media_new"), said)["Location"] == page_of(upload)
    assert MediaItem.objects.get().ai_tool == "Máy đọc"


def test_what_every_file_needs_is_asked_before_the_job(
    trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = arrived(trainer)
    with django_capture_on_commit_callbacks() as jobs, pytest.raises(Refused) as refusal:
        handed_in(upload, trainer, source="")

    assert (refusal.value.code, jobs) == ("no-source", [])


def test_a_broken_file_is_refused_by_the_job(client: Client, trainer: Person) -> None:
    upload = arrived(trainer, b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    handed_in(upload, trainer)
    file_upload(upload=upload, by=SYSTEM)

    upload.refresh_from_db()
    assert upload.state == "failed"
    assert 'id="id_file_error"' in client.get(page_of(upload)).content.decode()


def test_clicks_and_jobs_that_come_twice_file_it_once(
    trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = arrived(trainer)
    with django_capture_on_commit_callbacks() as jobs:
        handed_in(upload, trainer)
        handed_in(upload, trainer)
    assert len(jobs) == 1

    for _round in range(2):
        tasks.file_upload.call(str(upload.pk))
    upload.refresh_from_db()

    assert (upload.state, upload.was_known, MediaItem.objects.count()) == ("done", False, 1)
    assert handed_in(upload, trainer).state == "done"


def test_a_known_file_leads_to_the_one_that_is_there(client: Client, trainer: Person) -> None:
    item = make_media.item(make_media.mp3(60), name="a.mp3")
    upload = handed_in(arrived(trainer), trainer)
    tasks.file_upload.call(str(upload.pk))

    response = client.get(page_of(upload), follow=True)

    assert response.redirect_chain == [(reverse("courses:media_item", args=[item.pk]), 302)]
    assert "inf-n" in response.content.decode()


def test_a_job_that_died_can_be_begun_again(
    client: Client, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload = handed_in(arrived(trainer), trainer)
    MediaUpload.objects.filter(pk=upload.pk).update(touched_at=clock.now() - GIVEN_UP_AFTER)

    assert "Refresh" not in client.get(page_of(upload))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("courses:media_new"), {**SAID, "upload": str(upload.pk)})
    assert MediaItem.objects.count() == 1


def test_an_upload_given_up_meanwhile_is_not_filed(trainer: Person) -> None:
    upload = handed_in(arrived(trainer), trainer)
    held = MediaUpload.objects.get(pk=upload.pk)
    finish_upload(upload=upload, by=trainer)

    file_upload(upload=held, by=SYSTEM)
    tasks.file_upload.call(str(upload.pk))

    assert MediaItem.objects.count() == 0


def test_who_lost_the_role_meanwhile_files_nothing(trainer: Person) -> None:
    upload = handed_in(arrived(trainer), trainer)
    trainer.grants.all().delete()
    tasks.file_upload.call(str(upload.pk))

    upload.refresh_from_db()
    assert (upload.state, upload.error, MediaItem.objects.count()) == ("failed", "not-allowed", 0)


def test_only_the_owner_hands_in_and_sees_it_and_only_the_system_files(
    client: Client, trainer: Person
) -> None:
    other = make_media.trainer()
    upload = arrived(other)
    for by in (trainer, make.person()):
        with pytest.raises(Refused):
            handed_in(upload, by)
    handed_in(upload, other)

    assert client.get(page_of(upload)).status_code == 404
    with pytest.raises(Refused):
        file_upload(upload=upload, by=other)


def test_a_file_that_has_not_arrived_completely_is_not_handed_in(trainer: Person) -> None:
    upload = begin_upload(file_name="a.mp3", size=200, declares_no_secret=True, by=trainer)
    with pytest.raises(Refused) as refusal:
        handed_in(upload, trainer)
    assert refusal.value.code == "upload-not-complete"


def test_what_was_filed_takes_no_room_from_the_next_uploads(trainer: Person) -> None:
    filed = handed_in(arrived(trainer), trainer)
    tasks.file_upload.call(str(filed.pk))
    checked = handed_in(arrived(trainer, make_media.mp3(61)), trainer)
    for number in range(6):
        begin_upload(file_name=f"{number}.mp3", size=100, declares_no_secret=True, by=trainer)

    left = set(MediaUpload.objects.values_list("pk", flat=True))
    assert {filed.pk, checked.pk} <= left
    assert len(left) == 6

    MediaUpload.objects.update(touched_at=clock.now() - timedelta(days=2))
    assert delete_stale_uploads(by=SYSTEM) == 6
    assert AuditEvent.objects.filter(kind="media.upload_expired").count() == 5
    assert MediaItem.objects.count() == 1


def test_facts_come_back_from_what_a_job_is_told() -> None:
    facts = ItemFacts(title={"vi": "A"}, made_on=clock.today(), keywords=("a", "b"), is_public=True)
    assert ItemFacts.from_json(facts.to_json()) == facts
