"""The library's pages: adding, finding, what they show, what is served, choosing for a module."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.media import edit_item, place_in_module
from courses.models import MediaItem, Module
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from tests import make, make_courses, make_media

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Person:
    return make_media.trainer()


@pytest.fixture
def client(trainer: Person) -> Client:
    return signed_in(trainer)


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(content: bytes | None = None, name: str = "co.png", **said: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "declares_no_secret": "on",
        "title_vi": "Cờ đỏ",
        "language": "vi",
        "source": "https://example.org",
        "licence": "cc-by",
        "consent": "nobody",
        "ai_label": "none",
        "keywords": "cờ, bản Mường; cờ",
    }
    fields |= {name: value for name, value in said.items() if value is not None}
    for name_ in [name_ for name_, value in said.items() if value is None]:
        fields.pop(name_, None)
    if content is not None:
        fields["file"] = SimpleUploadedFile(name, content)
    return fields


def test_new_files_a_picture_and_shows_it(client: Client, trainer: Person) -> None:
    response = client.post(reverse("courses:media_new"), form(make_media.png()))
    item = MediaItem.objects.get()
    assert response["Location"] == reverse("courses:media_item", args=[item.pk])
    assert (item.uploaded_by, item.keywords) == (trainer, ["cờ", "bản Mường"])
    page = client.get(response["Location"]).content.decode()
    assert "Cờ đỏ" in page
    assert item.sha256 in page


def test_new_refuses_a_file_without_the_declaration(client: Client) -> None:
    response = client.post(reverse("courses:media_new"), form(make_media.png(), declares_no_secret=None))
    assert response.status_code == 400
    assert 'id="id_declares_no_secret_error"' in response.content.decode()
    assert MediaItem.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("source", {"source": ""}),
        ("licence", {"licence": ""}),
        ("title_vi", {"title_vi": ""}),
        ("consent", {"consent": None}),
        ("ai_label", {"ai_label": None}),
        ("ai_tool", {"ai_label": "assisted"}),
        ("consent_note", {"consent": "consented"}),
        ("rights_note", {"licence": "permission"}),
        ("is_public", {"licence": "own", "is_public": "on"}),
        ("made_on", {"made_on": "32/13/2026"}),
    ],
)
def test_new_says_beside_the_field_what_is_missing(client: Client, field: str, said: dict[str, Any]) -> None:
    response = client.post(reverse("courses:media_new"), form(make_media.png(), **said))
    assert response.status_code == 400
    assert f'id="id_{field}_error"' in response.content.decode()
    assert MediaItem.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.png", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("anh.png", b""),
        ("anh.png", b"<html><script>alert(1)</script></html>"),
        ("anh.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00"),
        ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("am-thanh.mp3", b"\xff\xfb\x90\x00"),
    ],
)
def test_new_refuses_what_is_not_what_it_says(client: Client, name: str, content: bytes) -> None:
    response = client.post(reverse("courses:media_new"), form(content, name))
    assert response.status_code == 400
    assert 'id="id_file_error"' in response.content.decode()
    assert MediaItem.objects.count() == 0


def test_new_without_script_takes_at_most_20_megabytes(client: Client, settings: Any) -> None:
    settings.MEDIA_AT_ONCE = 100
    response = client.post(reverse("courses:media_new"), form(make_media.png()))
    assert 'id="id_file_error"' in response.content.decode()


def test_new_shows_the_item_that_is_there(client: Client) -> None:
    item = make_media.item(make_media.png())
    response = client.post(reverse("courses:media_new"), form(make_media.png()), follow=True)
    assert response.redirect_chain == [(reverse("courses:media_item", args=[item.pk]), 302)]
    assert "inf-n" in response.content.decode()


def test_new_points_to_a_picture_that_looks_the_same(client: Client) -> None:
    other = make_media.item(make_media.png(5, (400, 300)), title={"vi": "Bản gốc"})
    response = client.post(
        reverse("courses:media_new"), form(make_media.jpeg(5, (200, 150)), "nho.jpg"), follow=True
    )
    page = response.content.decode()
    assert 'id="similar"' in page
    assert reverse("courses:media_item", args=[other.pk]) in page


def test_edit_changes_the_facts_and_shows_the_history(client: Client) -> None:
    item = make_media.item()
    address = reverse("courses:media_edit", args=[item.pk])
    assert "Cờ đỏ trên bản Mường" in client.get(address).content.decode()
    assert client.post(address, form(title_vi="Tên mới")).status_code == 302
    page = client.get(reverse("courses:media_item", args=[item.pk])).content.decode()
    assert "<ins>vi: Tên mới</ins>" in page


def test_grid_costs_the_same_queries_for_few_and_many(client: Client, module: Module) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("courses:media")).status_code == 200
        return len(captured)

    place_in_module(item=make_media.item(), module=module, by=SYSTEM)
    make_media.item()
    queries()  # what is worked out once per process
    few = queries()
    for _ in range(12):
        make_media.item()
    assert queries() == few
    assert few <= 9


def test_grid_says_when_nothing_is_there_and_when_nothing_fits(client: Client) -> None:
    assert reverse("courses:media_new") in client.get(reverse("courses:media")).content.decode()
    make_media.item()
    page = client.get(reverse("courses:media"), {"text": "không có"}).content.decode()
    assert 'class="empty"' in page
    assert "media-card" not in page


def test_file_is_served_with_its_own_type_and_no_rights(client: Client) -> None:
    item = make_media.item(make_media.png(), name="cờ.png")
    response = client.get(reverse("courses:media_file", args=[item.pk]))
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response) == make_media.png()


def test_file_in_parts_for_players(client: Client) -> None:
    item = make_media.item(make_media.mp3(), name="a.mp3")
    response = client.get(reverse("courses:media_file", args=[item.pk]), headers={"Range": "bytes=0-3"})
    assert (response.status_code, response["Content-Range"]) == (206, f"bytes 0-3/{item.size}")
    assert b"".join(response) == b"\xff\xfb\x90\x00"


def test_office_documents_are_only_offered_for_download(client: Client) -> None:
    item = make_media.item("Kịch bản loa".encode(), name="kich-ban.html")
    response = client.get(reverse("courses:media_file", args=[item.pk]))
    assert response["Content-Type"] == "text/plain"
    assert "kich-ban.html.txt" in response["Content-Disposition"]
    response.close()


def test_public_file_is_there_only_while_the_item_is_offered() -> None:
    item = make_media.item(is_public=True)
    address = reverse("courses:media_public_file", args=[item.sha256])
    response = Client().get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=3600")
    assert response.getvalue()
    edit_item(item=item, facts=make_media.facts(is_public=False), by=SYSTEM)
    assert Client().get(address).status_code == 404


def test_withdraw_shows_the_units_that_stand_against_it(module: Module) -> None:
    office = make.person()
    make.grant(office, Role.OFFICE)
    client = signed_in(office)
    item = make_media.item()
    address = reverse("courses:media_withdraw", args=[item.pk])
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Sai nguồn"}).status_code == 302
    item.refresh_from_db()
    assert item.withdrawn_reason == "Sai nguồn"
    assert client.post(reverse("courses:media_bring_back", args=[item.pk])).status_code == 302
    item.refresh_from_db()
    assert item.withdrawn_at is None


def test_replace_offers_files_of_the_same_type_only(client: Client, module: Module) -> None:
    older = make_media.item(title={"vi": "Cũ"})
    newer = make_media.item(title={"vi": "Mới"})
    make_media.item(make_media.jpeg(), name="a.jpg", title={"vi": "Kiểu khác"})
    place_in_module(item=older, module=module, by=SYSTEM)
    address = reverse("courses:media_replace", args=[older.pk])
    page = client.get(address).content.decode()
    assert f'value="{newer.pk}"' in page
    assert "Kiểu khác" not in page
    assert client.post(address, {"newer": newer.pk}).status_code == 302
    older.refresh_from_db()
    assert older.replaced_by == newer
    assert client.post(address, {"newer": "x"}).status_code == 302


def test_pick_lists_the_asked_kinds_for_the_dialog(client: Client, module: Module) -> None:
    picture, sound = make_media.item(), make_media.item(make_media.mp3(), name="a.mp3")
    address = reverse("courses:media_pick", args=[module.code])
    inside = client.get(address, {"kinds": "audio video", "inside": "1"}).content.decode()
    assert f'value="{sound.pk}"' in inside
    assert f'value="{picture.pk}"' not in inside
    assert "<html" not in inside
    assert "<html" in client.get(address).content.decode()


def test_place_answers_scripts_with_the_path(client: Client, module: Module) -> None:
    item = make_media.item(description="Một lá cờ")
    address = reverse("courses:media_place", args=[module.code])
    answer = client.post(address, {"item": item.pk}, headers={"Accept": "application/json"}).json()
    assert answer["path"] == f"/static/co-do-tren-ban-muong-{item.sha256[:8]}.png"
    assert (answer["kind"], answer["description"], answer["ai_label"]) == ("image", "Một lá cờ", "none")


def test_place_without_script_tells_the_path(client: Client, module: Module) -> None:
    item = make_media.item()
    response = client.post(reverse("courses:media_place", args=[module.code]), {"item": item.pk}, follow=True)
    assert f"-{item.sha256[:8]}.png" in response.content.decode()
