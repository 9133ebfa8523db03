"""The editors' pages: what they save, what they refuse, what they never lose."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.publish import save_block_draft
from courses.models import Asset, BlockVersion, Module, ModuleVersion
from courses.olx.captions import write_vtt
from courses.olx.edit import read_text
from courses.olx.edit_file import read_file
from courses.olx.edit_media import read_media
from courses.olx.edit_session import read_session
from courses.olx.vtt import Cue
from courses.queries.editing import EditedBlock, edited_block
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared.errors import Refused
from tests import make, make_courses

pytestmark = pytest.mark.django_db
VTT = write_vtt([Cue(0.0, "Xin chào.", 2.0)])
UNITS = {
    "u1": make_courses.text_block("u1-text")
    + '<video url_name="u1-audio" kind="audio" display_name="Nghe"><source src="/static/a.mp3" lang="vi"/>'
    '<transcript language="vi" src="/static/a.vtt"/></video>'
    '<file url_name="u1-file"/><session url_name="u1-live" minutes="60"/><odd url_name="u1-odd"/>',
}
FILES = {"a.mp3": b"ID3", "a.vtt": VTT.encode(), "map.png": b"PNG", "note.pdf": b"%PDF"}


@pytest.fixture
def module(tmp_path: Path, settings: Any) -> Module:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_courses.module(tmp_path / "t1", UNITS, files=FILES)


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def key(name: str, tag: str) -> str:
    return f"block-v1:LanToa+T1+2026+type@{tag}+block@{name}"


def block(module: Module, name: str, tag: str) -> EditedBlock:
    found = edited_block(Module.objects.get(pk=module.pk), key(name, tag))
    assert found is not None
    return found


def post(client: Client, module: Module, name: str, tag: str, **fields: Any) -> Any:
    version = fields.pop("base_version", None) or block(module, name, tag).ref.version
    url = reverse("courses:studio_block", args=["T1", key(name, tag)])
    return client.post(url, {"base_version": version, "stay": "1", **fields})


def page(client: Client, name: str, tag: str) -> str:
    return client.get(reverse("courses:studio_block", args=["T1", key(name, tag)])).content.decode()


# Text -------------------------------------------------------------------------------------------


def test_text_editor_keeps_citations_and_adds_a_language(client: Client, module: Module) -> None:
    html = '<p>Có 34 tỉnh<sup class="cite" data-source="S3" data-lines="8"></sup>.</p>'
    answer = post(client, module, "u1-text", "text", title_vi="Chữ", body_vi=html, body_en="<p>One</p>")
    assert answer.status_code == 302
    bodies = read_text(block(module, "u1-text", "text").olx).bodies
    assert 'data-source="S3"' in bodies["vi"]
    assert bodies["en"] == "<p>One</p>"
    shown = page(client, "u1-text", "text")
    assert 'id="studio-sources"' in shown
    assert "/static/map.png" in shown


def test_text_editor_leaves_a_language_that_was_not_sent(client: Client, module: Module) -> None:
    post(client, module, "u1-text", "text", title_vi="Chữ", body_vi="<p>A</p>", body_en="<p>One</p>")
    post(client, module, "u1-text", "text", title_vi="Chữ", body_vi="<p>B</p>")
    assert read_text(block(module, "u1-text", "text").olx).bodies["en"] == "<p>One</p>"


def test_a_lost_race_shows_both_texts_and_can_be_settled(client: Client, module: Module) -> None:
    old = block(module, "u1-text", "text").ref.version
    post(client, module, "u1-text", "text", title_vi="Chữ", body_vi="<p>Của đồng nghiệp</p>")
    mine = {"title_vi": "Chữ", "body_vi": "<p>Của tôi</p>", "base_version": old}
    answer = post(client, module, "u1-text", "text", **mine)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "đồng nghiệp" in shown.split("<form", 1)[0] or "<del>" in shown
    assert "<ins>" in shown
    theirs = block(module, "u1-text", "text").ref.version
    assert f'name="over" value="{theirs}"' in shown
    assert post(client, module, "u1-text", "text", **mine, over=theirs).status_code == 302
    assert read_text(block(module, "u1-text", "text").olx).bodies["vi"] == "<p>Của tôi</p>"


def test_writing_over_a_version_that_is_old_again_is_refused(client: Client, module: Module) -> None:
    old = block(module, "u1-text", "text").ref.version
    post(client, module, "u1-text", "text", title_vi="Chữ", body_vi="<p>Một</p>")
    seen = block(module, "u1-text", "text").ref.version
    post(client, module, "u1-text", "text", title_vi="Chữ", body_vi="<p>Hai</p>")
    answer = post(client, module, "u1-text", "text", body_vi="<p>Ba</p>", base_version=old, over=seen)
    assert answer.status_code == 400
    assert read_text(block(module, "u1-text", "text").olx).bodies["vi"] == "<p>Hai</p>"


# Recordings -------------------------------------------------------------------------------------

LABEL = {"kind": "audio", "ai_content": "none", "file_vi": "/static/a.mp3", "captions_vi": VTT}


def test_recording_without_a_label_is_refused_by_form_and_action(
    client: Client, module: Module, trainer: Person
) -> None:
    fields = {name: value for name, value in LABEL.items() if name != "ai_content"}
    assert post(client, module, "u1-audio", "video", **fields).status_code == 400
    with pytest.raises(Refused, match="ai-undeclared"):
        save_block_draft(
            module=module,
            usage_key=key("u1-audio", "video"),
            olx='<video url_name="u1-audio" kind="audio"><source src="/static/a.mp3"/></video>',
            by=trainer,
        )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ai_content": "generated"}, "ai_tool"),
        ({"synthetic_voice": "on"}, "ai_content"),
        ({"file_vi": "/static/none.mp3"}, "file_vi"),
        ({"file_vi": "/static/map.png"}, "file_vi"),
        ({"file_vi": "http://example.vn/a.mp3"}, "file_vi"),
        ({"captions_vi": "WEBVTT\n\n00:01 --> 2\nA\n"}, "captions_vi"),
    ],
)
def test_recording_editor_refuses(client: Client, module: Module, fields: Any, field: str) -> None:
    answer = post(client, module, "u1-audio", "video", **(LABEL | fields))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_recording_keeps_its_label_and_learners_see_it(client: Client, module: Module) -> None:
    fields = LABEL | {"ai_content": "assisted", "ai_tool": "Máy đọc 2", "file_en": "https://example.vn/a.mp3"}
    assert post(client, module, "u1-audio", "video", **fields).status_code == 302
    saved = read_media(block(module, "u1-audio", "video").olx)
    assert (saved.ai_content, saved.ai_tool) == ("assisted", "Máy đọc 2")
    preview = client.get(reverse("courses:preview", args=["T1", "u1"])).content.decode()
    assert "Máy đọc 2" in preview


def test_unchanged_captions_make_no_new_file(client: Client, module: Module) -> None:
    before = Asset.objects.count()
    post(client, module, "u1-audio", "video", **LABEL)
    assert Asset.objects.count() == before
    assert read_media(block(module, "u1-audio", "video").olx).captions == {"vi": "/static/a.vtt"}


def test_typed_captions_become_a_file_of_the_draft_only(client: Client, module: Module) -> None:
    text = write_vtt([Cue(0.0, "Câu mới.", 3.0)])
    post(client, module, "u1-audio", "video", **(LABEL | {"captions_vi": text}))
    edited = block(module, "u1-audio", "video")
    path = read_media(edited.olx).captions["vi"]
    assert path == "/static/u1-audio.vi.vtt"
    assert edited.text_of(path) == text
    module.refresh_from_db()
    assert module.published is not None
    assert "u1-audio.vi.vtt" not in module.published.outline["assets"]
    assert "Câu mới." in page(client, "u1-audio", "video")


def test_captions_from_a_file_need_the_declaration(client: Client, module: Module) -> None:
    def srt() -> SimpleUploadedFile:
        return SimpleUploadedFile("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nTừ tệp\n".encode())

    answer = post(client, module, "u1-audio", "video", **LABEL, upload_en=srt())
    assert list(answer.context["form"].errors) == ["declares_no_secret"]
    fields = LABEL | {"upload_en": srt(), "declares_no_secret": "on"}
    assert post(client, module, "u1-audio", "video", **fields).status_code == 302
    edited = block(module, "u1-audio", "video")
    assert "Từ tệp" in edited.text_of(read_media(edited.olx).captions["en"])
    event = AuditEvent.objects.get(kind="upload.declared")
    assert list(event.details["files"]) == ["u1-audio.en.vtt"]


def test_a_refused_save_keeps_no_file(client: Client, module: Module) -> None:
    old = block(module, "u1-audio", "video").ref.version
    post(client, module, "u1-audio", "video", **(LABEL | {"ai_content": "assisted", "ai_tool": "X"}))
    before = Asset.objects.count()
    text = write_vtt([Cue(0.0, "Muộn.", 3.0)])
    answer = post(client, module, "u1-audio", "video", **(LABEL | {"captions_vi": text}), base_version=old)
    assert answer.status_code == 400
    assert Asset.objects.count() == before


# Files and sessions -----------------------------------------------------------------------------

FILE = {"source": "Sở VHTT", "licence": "own", "ai_content": "none", "src": "/static/note.pdf"}


def test_file_is_offered_with_size_type_source_and_licence(client: Client, module: Module) -> None:
    assert post(client, module, "u1-file", "file", **FILE, title_vi="Mẫu đơn").status_code == 302
    assert read_file(block(module, "u1-file", "file").olx).source == "Sở VHTT"
    preview = client.get(reverse("courses:preview", args=["T1", "u1"])).content.decode()
    assert "note.pdf" in preview
    assert "PDF, 1 KB" in preview
    assert "Sở VHTT" in preview


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"source": ""}, "source"),
        ({"src": ""}, "src"),
        ({"src": "/static/gone.pdf"}, "src"),
        ({"ai_content": "generated"}, "ai_tool"),
        ({"upload": SimpleUploadedFile("a.html", b"<p>")}, "declares_no_secret"),
    ],
)
def test_file_editor_refuses(client: Client, module: Module, fields: Any, field: str) -> None:
    answer = post(client, module, "u1-file", "file", **(FILE | fields))
    assert field in answer.context["form"].errors


def test_uploaded_file_gets_a_plain_name_and_a_declaration(client: Client, module: Module) -> None:
    upload = SimpleUploadedFile("Đơn đề nghị (1).PDF", b"%PDF-1.7")
    fields = FILE | {"upload": upload, "declares_no_secret": "on"}
    assert post(client, module, "u1-file", "file", **fields).status_code == 302
    edited = block(module, "u1-file", "file")
    assert read_file(edited.olx).src == "/static/u1-file-don-de-nghi-1.pdf"
    assert "u1-file-don-de-nghi-1.pdf" in edited.files
    assert AuditEvent.objects.filter(kind="upload.declared").exists()


def test_upload_of_a_page_that_could_run_is_refused(client: Client, module: Module) -> None:
    fields = FILE | {"upload": SimpleUploadedFile("a.html", b"<script>"), "declares_no_secret": "on"}
    answer = post(client, module, "u1-file", "file", **fields)
    assert list(answer.context["form"].errors) == ["upload"]


SESSION = {
    "starts_at": "2026-12-01T09:00",
    "minutes": "90",
    "url": "https://hop.vn/1",
    "how_vi": "Mở liên kết.",
}


def test_session_shows_viet_nam_time_and_gives_a_calendar_file(client: Client, module: Module) -> None:
    assert post(client, module, "u1-live", "session", **SESSION, title_vi="Hỏi đáp").status_code == 302
    saved = read_session(block(module, "u1-live", "session").olx)
    assert saved.starts_at is not None
    assert (saved.starts_at.hour, saved.minutes) == (9, 90)
    assert 'value="2026-12-01T09:00"' in page(client, "u1-live", "session")
    preview = client.get(reverse("courses:preview", args=["T1", "u1"])).content.decode()
    assert "09:00–10:30" in preview
    url = reverse("courses:handler", args=[key("u1-live", "session"), "calendar", "lan-toa.ics"])
    answer = client.post(f"{url}?mode=preview", content_type="application/x-www-form-urlencoded")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20261201T020000Z" in answer.content


@pytest.mark.parametrize("url", ["http://hop.vn", "javascript:alert(1)", "ftp://x.vn/a"])
def test_session_needs_an_https_room(client: Client, module: Module, url: str) -> None:
    answer = post(client, module, "u1-live", "session", **(SESSION | {"url": url}))
    assert list(answer.context["form"].errors) == ["url"]


# Others -----------------------------------------------------------------------------------------


def test_unknown_block_is_edited_as_olx_and_faults_name_their_line(client: Client, module: Module) -> None:
    answer = post(client, module, "u1-odd", "odd", olx='<odd url_name="u1-odd">\n<a>\n</odd>')
    assert answer.status_code == 400
    assert "3" in str(answer.context["form"].errors["olx"])
    good = '<odd url_name="u1-odd"><a/></odd>'
    assert post(client, module, "u1-odd", "odd", olx=good).status_code == 302
    assert block(module, "u1-odd", "odd").olx == good


def test_page_of_a_block_costs_the_same_however_large_the_module(client: Client, tmp_path: Path) -> None:
    counts = []
    for number in (2, 20):
        units = {f"u{n}": make_courses.text_block(f"u{n}-text") for n in range(number)}
        made = make_courses.module(tmp_path / str(number), units, code=f"S{number}")
        url = reverse("courses:studio_block", args=[made.code, make_courses.usage_key(made, "u1-text")])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_saving_the_same_again_makes_no_version(client: Client, module: Module) -> None:
    post(client, module, "u1-live", "session", **SESSION)
    before = (BlockVersion.objects.count(), ModuleVersion.objects.count())
    post(client, module, "u1-live", "session", **SESSION)
    assert (BlockVersion.objects.count(), ModuleVersion.objects.count()) == before
