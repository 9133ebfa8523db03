"""What is typed is kept without versions; a tab that fell behind overwrites nothing."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import BlockVersion, EditorDraft, Module
from courses.queries.editing import edited_block
from lms.people.models import Person, Role
from tests import make, make_courses

pytestmark = pytest.mark.django_db
BLOCK = "block-v1:LanToa+T1+2026+type@text+block@u1-text"


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


def trainer() -> tuple[Client, Person]:
    person = make.person()
    make.grant(person, Role.TRAINER)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client, person


def send(client: Client, words: str, *, base_seq: int = 0, uuid: str = "", **more: Any) -> Any:
    body = {
        "uuid": uuid or str(uuid4()),
        "base_seq": base_seq,
        "base_version": 1,
        "fields": {"body_vi": [words]},
        **more,
    }
    url = reverse("courses:keep_typing", args=["T1", BLOCK])
    return client.post(url, json.dumps(body), content_type="application/json")


def edit_url(query: str = "") -> str:
    return reverse("courses:studio_block", args=["T1", BLOCK]) + query


def test_typing_is_kept_and_offered_and_makes_no_version(module: Module) -> None:
    client, _person = trainer()
    before = BlockVersion.objects.count()
    assert send(client, "<p>Đang gõ</p>").json()["seq"] == 1
    assert send(client, "<p>Đang gõ tiếp</p>", base_seq=1).json()["seq"] == 2
    assert BlockVersion.objects.count() == before
    page = client.get(edit_url()).content.decode()
    assert "Đang gõ tiếp" not in page
    assert "continue=1" in page
    assert "Đang gõ tiếp" in client.get(edit_url("?continue=1")).content.decode()


def test_a_stale_tab_gets_the_newer_text_and_overwrites_nothing(module: Module) -> None:
    client, _person = trainer()
    send(client, "<p>Thẻ một</p>")
    answer = send(client, "<p>Thẻ hai</p>")
    assert answer.status_code == 409
    assert answer.json()["fields"] == {"body_vi": ["<p>Thẻ một</p>"]}
    assert answer.json()["seq"] == 1
    assert EditorDraft.objects.get().fields == {"body_vi": ["<p>Thẻ một</p>"]}
    assert send(client, "<p>Thẻ hai</p>", base_seq=1).status_code == 200


def test_the_same_write_sent_twice_is_one(module: Module) -> None:
    client, _person = trainer()
    uuid = str(uuid4())
    assert [send(client, "<p>A</p>", uuid=uuid).json()["seq"] for _ in range(2)] == [1, 1]


def test_typing_is_ones_own(module: Module) -> None:
    client, _person = trainer()
    other, _other = trainer()
    send(client, "<p>Của tôi</p>")
    assert "continue=1" not in other.get(edit_url()).content.decode()
    assert send(other, "<p>Của họ</p>").status_code == 200


def test_saving_forgets_what_this_page_kept_but_not_a_newer_tab(module: Module) -> None:
    client, _person = trainer()
    edited = edited_block(module, BLOCK)
    assert edited is not None
    send(client, "<p>Một</p>")
    send(client, "<p>Hai</p>", base_seq=1)
    form = {"base_version": edited.ref.version, "title_vi": "Chữ", "body_vi": "<p>Một</p>", "kept_seq": "1"}
    assert client.post(edit_url(), form).status_code == 302
    assert EditorDraft.objects.get().seq == 2
    module.refresh_from_db()
    edited = edited_block(module, BLOCK)
    assert edited is not None
    form |= {"base_version": edited.ref.version, "body_vi": "<p>Hai</p>", "kept_seq": "2"}
    assert client.post(edit_url(), form).status_code == 302
    assert not EditorDraft.objects.exists()


def test_a_form_with_a_fault_goes_on_keeping_where_it_was(module: Module) -> None:
    client, _person = trainer()
    send(client, "<p>Một</p>")
    sent = {"base_version": "", "title_vi": "Chữ", "body_vi": "<p>Một</p>", "kept_seq": "1"}
    answer = client.post(edit_url(), sent)
    assert answer.status_code == 400
    assert 'name="kept_seq" value="1"' in answer.content.decode()
    assert ' seq="1"' in answer.content.decode()
    assert "continue=1" not in answer.content.decode()


def test_typing_can_be_discarded(module: Module) -> None:
    client, _person = trainer()
    send(client, "<p>A</p>")
    url = reverse("courses:discard_typing", args=["T1", BLOCK])
    assert client.post(url, {"back": "https://example.com/"})["Location"] == edit_url()
    assert not EditorDraft.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"fields": {"body_vi": "no list"}},
        {"fields": []},
        {"uuid": "x"},
        {"base_version": -1},
        {"base_seq": True},
        {"fields": {str(n): ["x"] for n in range(201)}},
    ],
)
def test_misshapen_typing_is_refused(module: Module, more: dict[str, Any]) -> None:
    client, _person = trainer()
    assert send(client, "<p>A</p>", **({"uuid": str(uuid4())} | more)).status_code == 400
    assert not EditorDraft.objects.exists()


def test_typing_that_is_too_large_or_of_no_block_is_refused(module: Module) -> None:
    client, _person = trainer()
    assert send(client, "x" * 1_000_001).json()["error"] == "too-large"
    url = reverse("courses:keep_typing", args=["T1", BLOCK.replace("u1", "u9")])
    body = {"uuid": str(uuid4()), "base_seq": 0, "base_version": 1, "fields": {}}
    assert client.post(url, body, content_type="application/json").json()["error"] == "unknown-block"


def test_typing_is_closed_to_learners(module: Module) -> None:
    client = Client()
    client.force_login(make.person(), backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, "<p>A</p>").status_code == 403
