"""Resumable uploads: the tus protocol, spoken by a client that loses its line."""

import hashlib
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses.actions.media_uploads import append_part, begin_upload, delete_stale_uploads
from courses.models import MediaItem, MediaUpload
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_media

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def trainer() -> Person:
    return make_media.trainer()


@pytest.fixture
def client(trainer: Person) -> Client:
    return signed_in(trainer)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def coded(text: str) -> str:
    return b64encode(text.encode()).decode()


def begin(client: Client, size: int, declared: str = "1", name: str = "tiếng.mp3", **headers: str) -> Any:
    said = f"filename {coded(name)},declares_no_secret {coded(declared)}"
    return client.post(
        reverse("courses:media_uploads"),
        headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": said, **headers},
    )


def send(client: Client, address: str, offset: int, part: bytes, **headers: str) -> Any:
    return client.patch(
        address,
        part,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(offset), **headers},
    )


def offset_of(client: Client, address: str) -> int:
    response: HttpResponse = client.head(address, headers=TUS)
    assert response.status_code == 200
    return int(response["Upload-Offset"])


def test_options_says_what_this_server_can(client: Client) -> None:
    response = client.options(reverse("courses:media_uploads"))
    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert response["Tus-Max-Size"] == "1000000000"


def test_upload_in_parts_with_a_lost_answer_becomes_an_item(client: Client) -> None:
    content = make_media.mp3(60)
    response = begin(client, len(content))
    assert response.status_code == 201
    address = response["Location"].removeprefix("http://testserver")
    assert send(client, address, 0, content[:9000])["Upload-Offset"] == "9000"
    # The answer was lost: the same part again is refused, and HEAD tells where to go on.
    assert send(client, address, 0, content[:9000]).status_code == 409
    offset = offset_of(client, address)
    assert offset == 9000
    assert send(client, address, offset, content[offset:]).status_code == 204
    form = {
        "declares_no_secret": "on",
        "upload": address.rstrip("/").rpartition("/")[2],
        "title_vi": "Tiếng",
        "language": "vi",
        "source": "Đài xã",
        "licence": "own",
        "consent": "nobody",
        "ai_label": "none",
    }
    assert client.post(reverse("courses:media_new"), form).status_code == 302
    item = MediaItem.objects.get()
    assert item.original_sha256 == hashlib.sha256(content).hexdigest()
    assert (item.file_name, item.size, item.duration) == ("tiếng.mp3", len(content), 1.6)
    assert not MediaUpload.objects.exists()
    assert default_storage.listdir("uploads")[1] == []
    begun = AuditEvent.objects.get(kind="media.upload_begun")
    assert begun.details["declares_no_secret"] is True


@pytest.mark.parametrize(
    ("status", "options"),
    [
        (403, {"declared": "0"}),
        (413, {"size": 1_000_000_001}),
        (413, {"size": 0}),
        (400, {"Upload-Length": "-5"}),
        (400, {"Upload-Length": "abc"}),
        (400, {"Upload-Metadata": "filename ###"}),
        (412, {"Tus-Resumable": "0.2.2"}),
    ],
)
def test_begin_refuses(client: Client, status: int, options: dict[str, Any]) -> None:
    response = begin(client, options.pop("size", 100), options.pop("declared", "1"), **options)
    assert response.status_code == status
    assert not MediaUpload.objects.exists()


def test_begin_refuses_learners() -> None:
    assert begin(signed_in(make.person()), 100).status_code == 403


def test_part_refuses_what_is_not_announced(client: Client) -> None:
    address = begin(client, 10)["Location"]
    frame = make_media.mp3(1)
    assert send(client, address, 0, frame).status_code == 413
    assert send(client, address, 5, b"x").status_code == 409
    assert client.patch(address, b"x", content_type="text/plain", headers=TUS).status_code == 415
    assert offset_of(client, address) == 0


def test_part_refuses_a_type_that_is_not_taken_at_once(client: Client) -> None:
    address = begin(client, 5000, name="phim.mp4")["Location"]
    response = send(client, address, 0, b"MZ\x90\x00" + b"\x00" * 2000)
    assert (response.status_code, response.json()["code"]) == (415, "type-not-taken")


def test_part_with_a_checksum(client: Client) -> None:
    content = make_media.mp3(4)
    address = begin(client, len(content))["Location"]
    wrong = b64encode(hashlib.sha256(b"x").digest()).decode()
    right = b64encode(hashlib.sha256(content).digest()).decode()
    assert send(client, address, 0, content, **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    assert send(client, address, 0, content, **{"Upload-Checksum": f"crc32 {right}"}).status_code == 400
    assert send(client, address, 0, content, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


def test_upload_of_another_person_does_not_exist(client: Client) -> None:
    address = begin(client, 100)["Location"]
    other = signed_in(make_media.trainer())
    assert other.head(address, headers=TUS).status_code == 404
    assert send(other, address, 0, b"x").status_code == 404
    assert other.delete(address, headers=TUS).status_code == 404


def test_delete_gives_up(client: Client) -> None:
    content = make_media.mp3(4)
    address = begin(client, len(content))["Location"]
    send(client, address, 0, content[:500])
    assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 404
    assert not MediaUpload.objects.exists()


def test_of_two_parts_for_the_same_place_one_wins(trainer: Person) -> None:
    content = make_media.mp3(4)
    upload = begin_upload(file_name="a.mp3", size=len(content), declares_no_secret=True, by=trainer)
    stale = MediaUpload.objects.get(pk=upload.pk)
    append_part(upload=upload, offset=0, content=content[:500], by=trainer)
    with pytest.raises(Refused) as refusal:
        append_part(upload=stale, offset=0, content=content[:700], by=trainer)
    assert refusal.value.code == "other-offset"
    (folder,) = default_storage.listdir("uploads")[0]
    assert len(default_storage.listdir(f"uploads/{folder}")[1]) == 1  # the loser's part is gone


def test_a_form_with_an_upload_that_is_not_complete_says_so(client: Client) -> None:
    upload = begin(client, 500)["Location"].rstrip("/").rpartition("/")[2]
    for number in (upload, str(uuid4())):
        form = {"declares_no_secret": "on", "upload": number, "title_vi": "a", "language": "vi"}
        form |= {"source": "a", "licence": "own"}
        response = client.post(reverse("courses:media_new"), form)
        assert response.status_code == 400
        assert 'id="id_file_error"' in response.content.decode()


def test_uploads_left_for_a_day_are_deleted(trainer: Person) -> None:
    content = make_media.mp3(4)
    old = begin_upload(file_name="a.mp3", size=len(content), declares_no_secret=True, by=trainer)
    append_part(upload=old, offset=0, content=content[:500], by=trainer)
    begin_upload(file_name="b.mp3", size=10, declares_no_secret=True, by=trainer)
    MediaUpload.objects.filter(pk=old.pk).update(touched_at=clock.now() - timedelta(hours=25))
    assert delete_stale_uploads(by=SYSTEM) == 1
    assert delete_stale_uploads(by=SYSTEM) == 0
    assert MediaUpload.objects.get().file_name == "b.mp3"
    assert default_storage.listdir(f"uploads/{old.pk}")[1] == []


def test_a_sixth_upload_makes_the_oldest_give_way(trainer: Person) -> None:
    for number in range(6):
        begin_upload(file_name=f"{number}.mp3", size=10, declares_no_secret=True, by=trainer)
    names = set(MediaUpload.objects.values_list("file_name", flat=True))
    assert names == {f"{number}.mp3" for number in range(1, 6)}
