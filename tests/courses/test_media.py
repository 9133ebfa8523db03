"""The media library: taking in, what must be said, the same file twice, near ones, placing, withdrawing."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from courses.actions.media import (
    StillUsed,
    add_item,
    bring_back_item,
    edit_item,
    place_in_module,
    replace_item,
    withdraw_item,
)
from courses.actions.publish import publish_module, save_block_draft
from courses.media_files.names import clean_name, name_with, static_path
from courses.models import Asset, MediaItem, Module
from courses.queries.media import LibraryFilters, library, similar_to
from courses.queries.media_use import paths_named, where_used
from courses.queries.outline import draft_outline
from lms.audit.models import AuditEvent
from lms.people.models import Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_media

pytestmark = pytest.mark.django_db
BLOCK = "block-v1:LanToa+T1+2026+type@text+block@u1-text"


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


def refused(code: str, **options: Any) -> None:
    """Nothing is filed, and the reason is this one."""
    with pytest.raises(Refused) as refusal:
        make_media.filed(options.pop("content", make_media.png()), **options)
    assert refusal.value.code == code
    assert MediaItem.objects.count() == 0


def kept(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def test_add_item_keeps_file_facts_and_audit() -> None:
    trainer = make_media.trainer()
    item = make_media.filed(make_media.png(), by=trainer, name="C:\\ảnh\\Cờ đỏ.PNG").item
    assert (item.kind, item.media_type, item.width, item.height) == ("image", "image/png", 64, 48)
    assert item.file == f"courses/{item.sha256[:2]}/{item.sha256}.png"
    assert item.file_name == "Cờ đỏ.PNG"
    assert default_storage.size(item.file) == item.size
    assert kept(item.thumbnail)[:4] == b"RIFF"
    assert item.search_text == "co do tren ban muong co do.png"
    kinds = list(AuditEvent.objects.filter(thing_id=str(item.pk)).values_list("kind", flat=True))
    assert kinds == ["media.added", "upload.declared"]


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.OFFICE, Role.HR, Role.AUDITOR])
def test_add_item_refuses_who_does_not_author(role: str | None) -> None:
    person = make.person()
    if role:
        make.grant(person, role, make.organisation() if role == Role.HR else None)
    refused("not-allowed", by=person)


def test_add_item_refuses_without_declaration() -> None:
    with pytest.raises(Refused) as refusal:
        add_item(
            file=BytesIO(make_media.png()),
            file_name="a.png",
            facts=make_media.facts(),
            declares_no_secret=False,
            by=make_media.trainer(),
        )
    assert refusal.value.code == "not-declared"
    assert MediaItem.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no-title", {"title": {"vi": "", "en": ""}}),
        ("no-licence", {"licence": ""}),
        ("no-licence", {"licence": "unknown"}),
        ("no-licence", {"licence": "mine"}),
        ("no-permission", {"licence": "permission"}),
        ("no-source", {"source": ""}),
        ("no-consent", {"consent": ""}),
        ("no-consent", {"consent": "unknown"}),
        ("no-consent-note", {"consent": "consented"}),
        ("no-ai-label", {"ai_label": ""}),
        ("no-ai-tool", {"ai_label": "generated"}),
        ("not-open", {"licence": "own", "is_public": True}),
    ],
)
def test_add_item_refuses_what_is_not_said(code: str, said: dict[str, Any]) -> None:
    refused(code, **said)


def test_add_item_asks_nothing_about_people_of_a_document() -> None:
    item = make_media.item(b"%PDF-1.7\n", consent="", ai_label="", name="Kế hoạch.pdf")
    assert (item.kind, item.consent, item.ai_label) == ("document", "nobody", "none")


def test_add_item_again_shows_the_one_that_is_there() -> None:
    first = make_media.filed(make_media.png())
    again = make_media.filed(make_media.png(), title={"vi": "Tên khác"}, by=make_media.trainer())
    assert (again.item, again.is_new, first.is_new) == (first.item, False, True)
    assert MediaItem.objects.count() == 1


def test_add_item_knows_a_photograph_it_took_the_place_out_of() -> None:
    exif = make_media.drawing().getexif()
    exif[0x010F] = "Máy ảnh của chị Lò"
    exif.get_ifd(0x8825)[1] = "N"
    content = make_media.jpeg(exif=exif)
    first = make_media.filed(content, name="a.jpg").item
    assert b"Exif" in content
    assert b"Exif" not in kept(first.file)
    assert not make_media.filed(content, name="b.jpg").is_new
    assert not make_media.filed(kept(first.file), name="c.jpg").is_new


def test_add_item_refuses_more_than_a_days_share(settings: Any) -> None:
    trainer = make_media.trainer()
    settings.MEDIA_A_DAY = {"files": 1, "bytes": 10**9}
    make_media.filed(make_media.png(1), by=trainer)
    with pytest.raises(Refused) as refusal:
        make_media.filed(make_media.png(2), by=trainer)
    assert refusal.value.code == "too-many"


def test_add_item_refuses_more_bytes_than_its_kind_may_have(settings: Any) -> None:
    settings.MEDIA_LIMITS = {**settings.MEDIA_LIMITS, "image": 100}
    refused("too-large")


def test_add_item_to_a_storage_that_is_no_disk() -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES={"default": memory, "staticfiles": memory}):
        item = make_media.item()
        assert kept(item.file)[:4] == b"\x89PNG"
        assert default_storage.exists(item.thumbnail)


def test_similar_to_finds_the_picture_smaller_and_compressed_but_no_other() -> None:
    original = make_media.item(make_media.png(1, (800, 600)))
    small = make_media.item(make_media.jpeg(1, (200, 150), quality=60), name="nho.jpg")
    make_media.item(make_media.png(2, (800, 600)))
    assert [found for found, _bits in similar_to(original)] == [small]
    assert [found for found, _bits in similar_to(small)] == [original]


def test_library_finds_without_accents_every_word() -> None:
    flag = make_media.item(keywords=("nghị quyết 57",), description="Lá cờ ở Đắk Lắk")
    make_media.item(title={"vi": "Ruộng bậc thang"})
    for text in ("co do", "Đắk lắk", "dak", "quyet nghi", "CỜ"):
        assert list(library(LibraryFilters(text=text))) == [flag], text
    assert not library(LibraryFilters(text="co thang")).exists()


def test_library_filters(module: Module) -> None:
    sound = make_media.item(make_media.mp3(), name="a.mp3", licence="own", language="hmn")
    picture = make_media.item()
    place_in_module(item=picture, module=module, by=SYSTEM)

    def found(**asked: Any) -> list[MediaItem]:
        return list(library(LibraryFilters(**asked)))

    assert found() == [picture, sound]
    assert found(kinds=("audio",)) == found(licence="own") == found(language="hmn") == [sound]
    assert found(use="used") == [picture]
    assert found(use="unused") == [sound]
    assert found(state="withdrawn") == found(state="lacking") == []


def test_place_in_module_makes_a_draft_that_has_the_file(module: Module) -> None:
    item = make_media.item()
    path = place_in_module(item=item, module=module, by=make_media.trainer())
    assert path == f"/static/co-do-tren-ban-muong-{item.sha256[:8]}.png"
    module.refresh_from_db()
    assert module.draft_id != module.published_id
    outline = draft_outline(module)
    assert outline is not None
    assert outline.assets[path.removeprefix("/static/")].sha256 == item.sha256
    asset = Asset.objects.get(module=module, sha256=item.sha256)
    assert asset.file == item.file  # no second copy of the bytes


def test_place_in_module_again_changes_nothing(module: Module) -> None:
    item = make_media.item()
    first = place_in_module(item=item, module=module, by=SYSTEM)
    module.refresh_from_db()
    draft = module.draft_id
    assert place_in_module(item=item, module=module, by=SYSTEM) == first
    module.refresh_from_db()
    assert module.draft_id == draft


def test_place_in_module_under_a_given_path(module: Module) -> None:
    item = make_media.item()
    assert place_in_module(item=item, module=module, by=SYSTEM, path="/static/anh/co.png") == (
        "/static/anh/co.png"
    )
    for path, code in [
        ("/static/anh/co.png", "path-taken"),
        ("../co.png", "bad-path"),
        ("a//co.png", "bad-path"),
        ("co.mp3", "bad-path"),
    ]:
        with pytest.raises(Refused) as refusal:
            place_in_module(item=make_media.item(), module=module, by=SYSTEM, path=path)
        assert refusal.value.code == code


def test_place_in_module_refuses_learners_and_withdrawn_files(module: Module) -> None:
    item = make_media.item()
    with pytest.raises(Refused) as refusal:
        place_in_module(item=item, module=module, by=make.person())
    assert refusal.value.code == "not-allowed"
    item = withdraw_item(item=item, reason="Sai bản quyền", by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        place_in_module(item=item, module=module, by=SYSTEM)
    assert refusal.value.code == "withdrawn"


def shown_in_block(module: Module, path: str) -> None:
    body = f'<body lang="vi"><p><img src="{path}"/></p></body>'
    olx = f'<text url_name="u1-text" display_name="Chữ">{body}</text>'
    save_block_draft(module=module, usage_key=BLOCK, olx=olx, by=SYSTEM)
    module.refresh_from_db()


def test_where_used_names_module_unit_and_block(module: Module) -> None:
    item = make_media.item()
    path = place_in_module(item=item, module=module, by=SYSTEM)
    (use,) = where_used(item)
    assert (use.module, use.shown, use.in_draft, use.in_published) == (module, None, True, False)
    shown_in_block(module, path)
    (use,) = where_used(item)
    assert use.unit is not None
    assert use.shown is not None
    assert (use.unit.key, use.shown.key) == ("u1", "u1-text")
    assert (use.in_draft, use.in_published) == (True, False)
    publish_module(module=module, by=SYSTEM)
    (use,) = where_used(item)
    assert (use.in_draft, use.in_published) == (True, True)


@pytest.mark.parametrize(
    ("olx", "found"),
    [
        ('<video><source src="/static/a b.mp3"/></video>', {"a b.mp3"}),
        ('<video><source src="/static/a%20b.mp3"/></video>', {"a b.mp3"}),
        ('<p>{"image": "/static/anh.png"}</p>', {"anh.png"}),
        ("<p>&lt;img src=&quot;/static/anh.png&quot;&gt;</p>", {"anh.png"}),
        ('<img src="/static/th%C6%B0.png"/>', {"thư.png"}),
        ('<img src="/static/anh.png2"/>', set()),
        ("<p>anh.png</p>", set()),
    ],
)
def test_paths_named(olx: str, found: set[str]) -> None:
    assert paths_named(olx, ["a b.mp3", "anh.png", "thư.png"]) == found


def test_withdraw_item_is_refused_while_learners_see_it(module: Module) -> None:
    item = make_media.item()
    shown_in_block(module, place_in_module(item=item, module=module, by=SYSTEM))
    office = make.person()
    make.grant(office, Role.OFFICE)
    publish_module(module=module, by=SYSTEM)
    with pytest.raises(StillUsed) as refusal:
        withdraw_item(item=item, reason="Hết hạn", by=office)
    assert [use.module for use in refusal.value.uses] == [module]
    shown_in_block(module, "/static/khac.png")
    publish_module(module=module, by=SYSTEM)
    assert withdraw_item(item=item, reason="Hết hạn", by=office).withdrawn_reason == "Hết hạn"
    assert bring_back_item(item=item, by=office).withdrawn_at is None


def test_withdraw_item_is_for_the_office_and_needs_a_reason() -> None:
    item = make_media.item()
    for by, code in ((make_media.trainer(), "not-allowed"), (SYSTEM, "no-reason")):
        with pytest.raises(Refused) as refusal:
            withdraw_item(item=item, reason=" ", by=by)
        assert refusal.value.code == code


def test_edit_item_keeps_what_was_said_before() -> None:
    item = make_media.item()
    edit_item(item=item, facts=make_media.facts(licence="public-domain", is_public=True), by=SYSTEM)
    item.refresh_from_db()
    assert item.is_harvested
    assert item.first_public_at == item.changed_at
    event = AuditEvent.objects.get(kind="media.edited")
    assert event.details["before"] == {"licence": "cc-by", "is_public": False}
    assert event.details["after"] == {"licence": "public-domain", "is_public": True}
    edit_item(item=item, facts=make_media.facts(licence="public-domain", is_public=True), by=SYSTEM)
    assert AuditEvent.objects.filter(kind="media.edited").count() == 1


def test_replace_item_in_drafts_under_the_same_path(module: Module) -> None:
    older, newer = make_media.item(), make_media.item()
    path = place_in_module(item=older, module=module, by=SYSTEM).removeprefix("/static/")
    assert replace_item(item=older, newer=newer, by=SYSTEM) == [module]
    module.refresh_from_db()
    outline = draft_outline(module)
    assert outline is not None
    assert outline.assets[path].sha256 == newer.sha256
    older.refresh_from_db()
    assert older.replaced_by == newer
    with pytest.raises(Refused) as refusal:
        replace_item(item=newer, newer=make_media.item(make_media.mp3(), name="a.mp3"), by=SYSTEM)
    assert refusal.value.code == "other-type"


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("C:\\Users\\x\\anh.png", "anh.png"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202egnp.exe", "a b gnp.exe"),
        ("Ca\u0302y.png", "Cây.png"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".png", "x" * 109 + ".png"),
    ],
)
def test_clean_name(given: str, clean: str) -> None:
    assert clean_name(given) == clean


def test_name_with_says_what_the_content_is() -> None:
    assert name_with("virus.exe", ".png") == "virus.exe.png"
    assert name_with("a.JPEG", ".jpg") == "a.JPEG"


def test_static_path_is_readable_and_plain() -> None:
    assert static_path("Đài truyền thanh xã", ".mp3", "ab" * 32) == "dai-truyen-thanh-xa-abababab.mp3"
