"""Files as answers: what is taken, who reads it, when it can be taken back."""

import zipfile
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.actions import answer_files
from assessments.actions.answer_files import add_file, delete_file
from assessments.actions.attempt import save_answer, start_attempt
from assessments.actions.submit import submit_attempt
from assessments.models import AnswerFile, Attempt, Slot, Step
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared.errors import Refused
from tests import make_assessments as quizzes
from tests import make_marking as marking

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def begun(**question: Any) -> Attempt:
    return start_attempt(quiz=marking.quiz(marking.file_olx(**question)), by=quizzes.learner())


def add(attempt: Attempt, content: bytes = PDF, name: str = "kế hoạch.pdf", **more: Any) -> AnswerFile:
    arguments: dict[str, Any] = {"by": attempt.person, "declares_no_secret": True, "position": 1, **more}
    return add_file(attempt_id=attempt.pk, file=BytesIO(content), file_name=name, **arguments)


def bytes_of(added: AnswerFile) -> bytes:
    with default_storage.open(added.file) as opened:
        return bytes(opened.read())


def refusal_of(action: Any, *given: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as caught:
        action(*given, **arguments)
    return caught.value.code


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"
    written = BytesIO()
    Image.new("RGB", (8, 8)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_a_file_is_kept_and_is_the_answer() -> None:
    attempt = begun()

    added = add(attempt)

    attempt.refresh_from_db()
    assert attempt.answers["1"]["chosen"] == [str(added.pk)]
    assert [step.data["chosen"] for step in Step.objects.all()] == [[str(added.pk)]]
    assert (added.name, added.size, added.media_type) == ("kế hoạch.pdf", len(PDF), "application/pdf")
    assert bytes_of(added) == PDF
    assert "kế" not in added.file
    event = AuditEvent.objects.get(kind="upload.declared")
    assert event.details["files"] == {"kế hoạch.pdf": added.sha256}


def test_a_picture_loses_what_the_camera_wrote() -> None:
    content = photo()
    assert b"Exif" in content

    added = add(begun(), content, "ảnh.png")

    assert b"Exif" not in bytes_of(added)
    assert added.name == "ảnh.png.jpg"  # as its content says


def macro_document() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"MZ\x90\x00", "type-not-taken"),
        (b"<html><script>", "type-not-taken"),
        (b"chi la chu", "type-not-taken"),  # text, which this question does not take
        (macro_document(), "macros"),
    ],
)
def test_what_a_file_is_its_content_says(content: bytes, code: str) -> None:
    attempt = begun()

    assert refusal_of(add, attempt, content) == code
    assert not AnswerFile.objects.exists()


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = begun(most=1)
    with monkeypatch.context() as patch:
        patch.setattr(answer_files, "LARGEST", 10)
        assert refusal_of(add, attempt) == "too-large"
    assert refusal_of(add, attempt, declares_no_secret=False) == "not-declared"
    add(attempt)

    assert refusal_of(add, attempt) == "too-many-files"
    assert AnswerFile.objects.count() == 1
    assert len(default_storage.listdir("answers")[1]) == 1  # nothing is left behind


def test_only_ones_own_open_attempt_and_where_a_file_is_asked_for() -> None:
    attempt = begun()

    with pytest.raises(Attempt.DoesNotExist):
        add(attempt, by=quizzes.learner())
    with pytest.raises(Slot.DoesNotExist):
        add(attempt, position=2)
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)
    assert refusal_of(add, attempt) == "attempt-closed"


def test_a_file_taken_back_is_gone_and_its_step_stays(django_capture_on_commit_callbacks: Any) -> None:
    attempt = begun()
    first, second = add(attempt), add(attempt, name="hai.pdf")
    stored = first.file

    with django_capture_on_commit_callbacks(execute=True):
        delete_file(key=first.key, by=attempt.person)

    attempt.refresh_from_db()
    first.refresh_from_db()
    assert attempt.answers["1"]["chosen"] == [str(second.pk)]
    assert (first.file, first.deleted_at is not None) == ("", True)
    assert not default_storage.exists(stored)
    assert Step.objects.count() == 3
    with pytest.raises(AnswerFile.DoesNotExist):
        delete_file(key=first.key, by=attempt.person)
    with pytest.raises(AnswerFile.DoesNotExist):
        delete_file(key=second.key, by=quizzes.learner())


def test_a_file_cannot_be_taken_back_after_handing_in() -> None:
    attempt = begun()
    added = add(attempt)
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)

    assert refusal_of(delete_file, key=added.key, by=attempt.person) == "attempt-closed"


def test_a_form_without_files_takes_none_away_and_brings_none_in() -> None:
    attempt = begun()
    added = add(attempt)

    for chosen in ([], ["999999"]):
        save_answer(
            attempt_id=attempt.pk,
            position=1,
            chosen=chosen,
            base_seq=10_000,
            client_uuid=uuid4(),
            by=attempt.person,
        )

    attempt.refresh_from_db()
    assert attempt.answers["1"]["chosen"] == [str(added.pk)]


def test_bytes_are_there_until_deleted() -> None:
    added = add(begun())

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFile.objects.filter(pk=added.pk).update(file="")


def page_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_upload_and_delete_from_the_question_page() -> None:
    attempt = begun()
    client = page_of(attempt.person)
    question = reverse("assessments:question", args=[attempt.pk, 1])
    upload = reverse("assessments:upload", args=[attempt.pk, 1])
    assert upload in client.get(question).content.decode()

    sent = {"file": SimpleUploadedFile("bài.pdf", PDF), "declares_no_secret": "on"}
    said = client.post(upload, sent, follow=True)

    assert said.redirect_chain == [(question, 302)]
    assert "bài.pdf" in said.content.decode()
    [added] = AnswerFile.objects.all()
    said = client.post(reverse("assessments:file_delete", args=[added.key]), follow=True)
    assert reverse("assessments:file", args=[added.key]) not in said.content.decode()
    assert client.post(reverse("assessments:file_delete", args=[added.key])).status_code == 302  # twice
    assert client.post(upload).status_code == 302
    assert client.post(reverse("assessments:upload", args=[attempt.pk, 2]), sent).status_code == 404


def test_a_file_is_only_ever_a_download_for_its_owner_and_markers() -> None:
    attempt = begun()
    added = add(attempt)
    address = reverse("assessments:file", args=[added.key])
    trainer = page_of(marking.trainer())
    assert trainer.get(address).status_code == 404  # not handed in yet
    submit_attempt(attempt_id=attempt.pk, by=attempt.person)

    own = page_of(attempt.person).get(address)
    marked = trainer.get(address)

    assert b"".join(own.streaming_content) == b"".join(marked.streaming_content) == PDF  # type: ignore[attr-defined]
    assert own["Content-Disposition"].startswith("attachment")
    assert own["X-Content-Type-Options"] == "nosniff"
    assert own["Content-Type"] == "application/octet-stream"
    assert f'filename="{added.slot_id}-{added.pk}.pdf"' in marked["Content-Disposition"]  # no name of hers
    assert page_of(quizzes.learner()).get(address).status_code == 404
    assert trainer.get(reverse("assessments:file", args=[uuid4()])).status_code == 404
    page = trainer.get(reverse("assessments:mark", args=[added.slot_id])).content.decode()
    assert address in page
    assert "kế hoạch" not in page
