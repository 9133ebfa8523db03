"""Writing H5P contents in the studio: what is saved, what is refused, what is never lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.h5p.models import Package, Preview
from courses.models import EditorDraft, Module
from courses.olx.edit_h5p import read_h5p
from courses.queries.editing import EditedBlock, edited_block
from lms.audit.models import AuditEvent
from lms.people.models import Person
from tests import make, make_courses, make_media
from tests.make_h5p import PARAMS, make_h5p, png
from tests.make_h5p_here import BLOCK, module, package, trainer

pytestmark = pytest.mark.django_db
CARD = "LanToa.Card 1.2"
EMPTY = "block-v1:LanToa+T1+2026+type@h5p+block@e1"


def pages(name: str, key: str = BLOCK, *more: Any) -> str:
    return reverse(f"courses:{name}", args=["T1", key, *more])


@pytest.fixture
def person() -> Person:
    return trainer()


@pytest.fixture
def client(person: Person) -> Client:
    return signed_in(person)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def here(tmp_path: Path) -> Module:
    return module(tmp_path / "t1", rule="answered")


@pytest.fixture
def empty(tmp_path: Path) -> Module:
    return make_courses.module(
        tmp_path / "t1", {"u1": make_courses.text_block("t1") + '<h5p url_name="e1"/>'}
    )


def block(key: str = BLOCK) -> EditedBlock:
    found = edited_block(Module.objects.get(code="T1"), key)
    assert found is not None
    return found


def now(key: str = BLOCK) -> Package:
    edited = block(key)
    return Package.objects.get(sha256=edited.outline.assets[read_h5p(edited.olx).path].sha256)


def sent(key: str = BLOCK, *, params: Any = None, **fields: Any) -> dict[str, Any]:
    return {
        "base_version": block(key).ref.version,
        "library": CARD,
        "package": "",
        "title": "Hai cộng ba",
        "params": json.dumps(PARAMS | {"question": "<p>2 + 3?</p>"} if params is None else params),
        "stay": "1",
    } | fields


# Saving -----------------------------------------------------------------------------------------


def test_a_changed_content_is_a_new_package_and_a_new_draft(client: Client, here: Module) -> None:
    before = now()
    answer = client.post(pages("h5p_author"), sent(package=before.sha256))
    assert answer.status_code == 302
    after = now()
    assert after.sha256 != before.sha256
    assert (after.source, after.title, after.params["question"]) == ("form", "Hai cộng ba", "<p>2 + 3?</p>")
    assert [entry["path"] for entry in after.files] == ["images/hình-một.png"]
    assert after.manifest["license"] == "CC BY"  # what else the package said stays
    draft = read_h5p(block().olx)
    assert (draft.completion, draft.title) == ("answered", {"vi": "Bài tập"})
    assert read_h5p(block().olx).path.startswith("b1-hai-cong-ba-")
    # the one before is no file of the draft any more, and nothing is published
    assert [path for path in block().outline.assets if path.endswith(".h5p")] == [draft.path]
    assert Module.objects.get(code="T1").published_id != Module.objects.get(code="T1").draft_id


def test_the_same_content_again_changes_nothing(client: Client, here: Module) -> None:
    client.post(pages("h5p_author"), sent(package=now().sha256))
    first = block().ref.version
    client.post(pages("h5p_author"), sent(package=now().sha256))
    assert block().ref.version == first


def test_a_first_content_gives_the_block_its_title(client: Client, empty: Module) -> None:
    package()
    params = PARAMS | {"picture": None}
    assert client.post(pages("h5p_author", EMPTY), sent(EMPTY, params=params)).status_code == 302
    assert read_h5p(block(EMPTY).olx).title == {"vi": "Hai cộng ba"}
    assert now(EMPTY).main_library.machine_name == "LanToa.Card"


def test_what_is_missing_stands_at_its_field_and_nothing_is_kept(client: Client, here: Module) -> None:
    params = PARAMS | {"question": "", "answers": [{"text": "", "correct": True}]}
    answer = client.post(pages("h5p_author"), sent(params=params, package=now().sha256))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#h5p-question"' in text
    assert 'href="#h5p-answers[0].text"' in text
    faults = {fault.path: fault.message for fault in answer.context["form"].faults}
    assert faults["question"] == "Cần điền “Câu hỏi”."
    assert faults["answers[0].text"] == "Cần điền “Đáp án 1: Nội dung”."
    assert answer.context["description"]["problems"][0]["path"] == "question"
    assert Package.objects.count() == 1


@pytest.mark.parametrize("params", ["", "no json", "[1]", '{"a":' * 200 + "1" + "}" * 200, "NaN"])
def test_what_is_no_content_is_refused_in_words(client: Client, here: Module, params: str) -> None:
    answer = client.post(pages("h5p_author"), sent(params=PARAMS) | {"params": params})
    assert answer.status_code == 400
    assert Package.objects.count() == 1


def test_markup_is_cleaned_and_unknown_fields_go(client: Client, here: Module) -> None:
    params = PARAMS | {"question": '<p onclick="x()">A<script>x()</script></p>', "other": 1}
    client.post(pages("h5p_author"), sent(params=params, package=now().sha256))
    assert now().params["question"] == "<p>A</p>"
    assert "other" not in now().params


def test_a_file_nobody_uploaded_is_named(client: Client, here: Module) -> None:
    params = PARAMS | {"picture": {"path": f"images/{'0' * 64}.png", "mime": "image/png"}}
    answer = client.post(pages("h5p_author"), sent(params=params, package=now().sha256))
    assert answer.status_code == 400
    assert [fault.path for fault in answer.context["form"].faults] == ["picture"]


def test_a_withdrawn_library_writes_nothing_new(client: Client, here: Module) -> None:
    library = now().main_library
    library.withdrawn_at, library.withdrawn_reason = library.installed_at, "Lỗi"
    library.save()
    answer = client.post(pages("h5p_author"), sent())
    assert answer.status_code == 400
    assert answer.context["form"].refusals[0].code == "missing-library"
    assert b"Lumi" in client.get(pages("h5p_author")).content


def test_fields_that_came_later_begin_with_their_defaults(client: Client, tmp_path: Path) -> None:
    """A content of an older version of its type can be saved as it is."""
    old = {key: value for key, value in PARAMS.items() if key not in ("points", "labels")}
    module(tmp_path / "t1", content=make_h5p(params=old | {"labels": {"check": "Xem"}}))
    shown = client.get(pages("h5p_author")).context["form"]["params"].value()
    assert json.loads(shown)["points"] == 1
    assert json.loads(shown)["labels"] == {"check": "Xem", "again": "Try again", "show": "Show me"}
    assert client.post(pages("h5p_author"), sent(package=now().sha256) | {"params": shown}).status_code == 302


def test_a_content_inside_that_the_form_cannot_write_stays_as_it_is(client: Client, tmp_path: Path) -> None:
    note = [
        {"name": "text", "type": "text", "label": "Text"},
        {"name": "spot", "type": "video", "label": "S"},
    ]
    files = {"LanToa.Note-1.0/semantics.json": json.dumps(note).encode()}
    inside = PARAMS["note"] | {"params": {"text": "Ghi nhớ"}}  # without its film
    module(tmp_path / "t1", content=make_h5p(files=files, params=PARAMS | {"note": inside}))
    answer = client.get(pages("h5p_author"))
    assert set(answer.context["description"]["types"]) == {CARD}
    shown = answer.context["form"]["params"].value()
    assert client.post(pages("h5p_author"), sent(package=now().sha256) | {"params": shown}).status_code == 302
    assert now().params["note"] == inside


# Two people, two tabs ----------------------------------------------------------------------------


def test_a_lost_race_shows_both_and_can_be_settled(client: Client, here: Module) -> None:
    old, began = block().ref.version, now().sha256
    theirs = PARAMS | {"question": "<p>Của đồng nghiệp</p>"}
    client.post(pages("h5p_author"), sent(params=theirs, package=began))
    mine = sent(package=began, base_version=old)
    answer = client.post(pages("h5p_author"), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "đồng nghiệp" in text
    assert answer.context["theirs"][0][0] == "Câu hỏi"
    latest = block().ref.version
    assert f'name="over" value="{latest}"' in text
    assert client.post(pages("h5p_author"), mine | {"over": latest}).status_code == 302
    assert now().params["question"] == "<p>2 + 3?</p>"


def test_what_is_typed_is_kept_and_goes_on(client: Client, person: Person, here: Module) -> None:
    fields = {"library": [CARD], "package": [now().sha256], "title": ["Tên mới"], "params": ['{"hint": "x"}']}
    body = {"uuid": "6a5b9c9e-1111-4222-8333-444455556666", "base_seq": 0, "part": "h5p", "fields": fields}
    body["base_version"] = block().ref.version
    kept = client.post(pages("keep_typing"), json.dumps(body), content_type="application/json")
    assert kept.status_code == 200
    assert b"Tr" in client.get(pages("h5p_author")).content
    going = client.get(pages("h5p_author") + "?continue=1")
    assert "Tên mới" in going.content.decode()
    assert going.context["form"].chosen == CARD
    client.post(pages("h5p_author"), sent(package=now().sha256, kept_seq=kept.json()["seq"]))
    assert not EditorDraft.objects.filter(person=person).exists()


# The form's page ---------------------------------------------------------------------------------


def test_the_form_is_described_in_the_authors_words(client: Client, here: Module) -> None:
    description = client.get(pages("h5p_author")).context["description"]
    assert description["library"] == CARD
    assert set(description["types"]) == {CARD, "LanToa.Note 1.0"}
    labels = {field["name"]: field["label"] for field in description["types"][CARD]["fields"]}
    assert labels["question"] == "Câu hỏi"
    (address,) = description["pictures"].values()
    shown = client.get(address)
    assert (shown["Content-Type"], b"".join(shown)) == ("image/png", png())


def test_an_empty_block_chooses_a_type_first(client: Client, empty: Module) -> None:
    assert client.get(pages("h5p_author", EMPTY)).headers["Location"] == pages("h5p_new", EMPTY)
    text = client.get(pages("h5p_new", EMPTY)).content.decode()
    assert "thư viện" in text.lower() or "library manager" in text.lower()
    package()
    answer = client.get(pages("h5p_new", EMPTY))
    assert [card.name for card in answer.context["cards"]] == [CARD]
    assert "?library=LanToa.Card%201.2" in answer.content.decode()
    form = client.get(pages("h5p_author", EMPTY) + "?library=LanToa.Card 1.2")
    assert form.status_code == 200
    unknown = client.get(pages("h5p_author", EMPTY) + "?library=LanToa.Gone 1.2")
    assert unknown.headers["Location"] == pages("h5p_new", EMPTY)


def test_a_type_that_needs_its_own_editor_is_shown_only(client: Client, tmp_path: Path) -> None:
    semantics = [
        {"name": "scene", "type": "group", "widget": "wizard", "label": "Scene", "fields": []},
        {"name": "words", "type": "text", "label": "Words"},
    ]
    content = make_h5p(semantics=semantics, params={"words": "Chữ <trong>", "scene": {}})
    module(tmp_path / "t1", content=content)
    answer = client.get(pages("h5p_author"))
    assert [(said.label, said.words) for said in answer.context["texts"]] == [("Words", "Chữ <trong>")]
    text = answer.content.decode()
    assert pages("h5p_download") in text
    assert "<h5p-player" in text
    # cards offer only what can be written
    assert client.get(pages("h5p_new")).context["cards"] == []


# Pictures ---------------------------------------------------------------------------------------


def test_a_picture_is_declared_kept_and_saved(client: Client, here: Module) -> None:
    upload = SimpleUploadedFile("Ảnh của tôi.png", png(3, 2), content_type="image/png")
    assert client.post(pages("h5p_files"), {"file": upload}).status_code == 400
    assert not AuditEvent.objects.filter(kind="upload.declared").exists()
    upload.seek(0)
    kept = client.post(pages("h5p_files"), {"file": upload, "declares_no_secret": "on"}).json()
    assert (kept["mime"], kept["width"], kept["height"]) == ("image/png", 3, 2)
    assert AuditEvent.objects.filter(kind="upload.declared").count() == 1
    client.post(pages("h5p_author"), sent(params=PARAMS | {"picture": kept}, package=now().sha256))
    (entry,) = now().files
    assert entry["path"] == kept["path"]
    name = kept["path"].partition("/")[2]
    assert b"".join(client.get(pages("h5p_picture", BLOCK, name))) == png(3, 2)


def test_a_photograph_loses_place_and_device(client: Client, here: Module) -> None:
    exif = make_media.drawing().getexif()
    exif[0x010F] = "Máy ảnh của chị Lò"
    photograph = make_media.jpeg(exif=exif)
    assert b"Exif" in photograph
    sent_file = {"file": SimpleUploadedFile("a.jpg", photograph), "declares_no_secret": "on"}
    kept = client.post(pages("h5p_files"), sent_file).json()
    client.post(pages("h5p_author"), sent(params=PARAMS | {"picture": kept}, package=now().sha256))
    shown = b"".join(client.get(pages("h5p_picture", BLOCK, kept["path"].partition("/")[2])))
    assert shown.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in shown


def test_a_picture_of_the_module_needs_no_second_declaration(client: Client, tmp_path: Path) -> None:
    content = make_h5p()
    package(content=content)
    units = {"u1": make_courses.text_block("t1") + '<h5p url_name="b1" package="/static/hai.h5p"/>'}
    make_courses.module(tmp_path / "t1", units, files={"hai.h5p": content, "cau.png": png(4, 4)})
    assert client.post(pages("h5p_files"), {"static": "/static/cau.png"}).json()["width"] == 4
    assert client.post(pages("h5p_files"), {"static": "/static/no.png"}).status_code == 400


@pytest.mark.parametrize("content", [b"", b"<svg onload=x>", b"\x89PNG nothing", b"GIF8" + b"0" * 9])
def test_what_is_no_picture_is_refused(client: Client, here: Module, content: bytes) -> None:
    upload = SimpleUploadedFile("a.png", content, content_type="image/png")
    answer = client.post(pages("h5p_files"), {"file": upload, "declares_no_secret": "on"})
    assert answer.status_code == 400
    assert answer.json()["message"]


@pytest.mark.parametrize("name", ["../../x.png", "0" * 64 + ".png", "0" * 64 + ".html", "a.png"])
def test_only_pictures_that_are_here_are_shown(client: Client, here: Module, name: str) -> None:
    assert client.get(pages("h5p_picture", BLOCK, "x.png").replace("x.png", name)).status_code == 404


# Preview ----------------------------------------------------------------------------------------


def look(client: Client, **fields: Any) -> Any:
    body = {"library": CARD, "title": "Thử", "package": "", "params": json.dumps(PARAMS)} | fields
    return client.post(pages("h5p_preview"), json.dumps(body), content_type="application/json")


def test_a_preview_shows_what_is_written_and_says_what_is_missing(client: Client, here: Module) -> None:
    before = now().sha256
    answer = look(client, package=before).json()
    assert "<iframe" in answer["frame"]
    assert "data-record" not in answer["frame"]  # nothing is recorded
    assert answer["problems"] == []
    (preview,) = Preview.objects.all()
    assert (preview.title, preview.language, len(preview.libraries)) == ("Thử", "vi", 3)
    again = look(client, params='{"question": ""}', package=before).json()
    assert [problem["path"] for problem in again["problems"]][:1] == ["question"]
    assert again["frame"] == ""  # what was shown before stays
    (same,) = Preview.objects.all()
    assert same.key == preview.key
    assert now().sha256 == before


def test_a_preview_that_cannot_be_shown_says_why(client: Client, here: Module) -> None:
    assert look(client, library="LanToa.Gone 1.0").status_code == 422
    assert "LanToa.Gone 1.0" in look(client, library="LanToa.Gone 1.0").json()["message"]
    assert look(client, params="{").status_code == 422
    assert look(client, params=1).status_code == 400
    assert client.post(pages("h5p_preview"), "[]", content_type="application/json").status_code == 400


def test_files_of_other_modules_are_not_reached(client: Client, here: Module, tmp_path: Path) -> None:
    other = package(
        content=make_h5p(files={"content/images/hình-một.png": png(4, 4)}, manifest={"title": "B"})
    )
    answer = look(client, package=other.sha256).json()
    (preview,) = Preview.objects.all()
    assert preview.files == now().files
    assert answer["problems"] == []


# Who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["h5p_author", "h5p_new", "h5p_preview", "h5p_files"])
def test_only_trainers_write(here: Module, name: str) -> None:
    client = signed_in(make.person("Học Viên"))
    method = client.post if name in ("h5p_preview", "h5p_files") else client.get
    assert method(pages(name)).status_code == 403


def test_other_blocks_have_no_such_page(client: Client, here: Module) -> None:
    text = "block-v1:LanToa+T1+2026+type@text+block@t1"
    for name in ("h5p_author", "h5p_new"):
        assert client.get(pages(name, text)).status_code == 404


def test_an_uploaded_package_says_the_same_after_a_save(client: Client, here: Module) -> None:
    """What the form does not touch comes out as it went in."""
    before = now()
    client.post(pages("h5p_author"), sent(params=before.params, title=before.title, package=before.sha256))
    assert now().params == before.params


def test_the_form_asks_for_each_library_once(
    client: Client, here: Module, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.SESSION_ENGINE = "lms.shared.sessions"
    client.get(pages("h5p_author"))
    with django_assert_num_queries(13):
        client.get(pages("h5p_author"))
    client.get(pages("h5p_new"))
    with django_assert_num_queries(10):
        client.get(pages("h5p_new"))
