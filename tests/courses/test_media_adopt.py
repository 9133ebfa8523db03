"""Files of imported modules in the library: without copies, without made-up facts."""

from pathlib import Path

import pytest

from courses.actions.import_olx import import_module
from courses.actions.media import edit_item, place_in_module
from courses.actions.media_adopt import adopt_assets
from courses.media_files.names import language_in
from courses.models import Asset, MediaItem
from courses.olx.media_said import said_by_block
from lms.audit.models import AuditEvent
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_media

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def test_adopt_assets_lists_files_once_and_copies_nothing(tmp_path: Path) -> None:
    files = {
        "anh.png": make_media.png(),
        "tieng.en.mp3": make_media.mp3(),
        "slides.json": b"{}",
        "gia.png": b"khong phai anh",
    }
    module = make_courses.module(tmp_path / "t1", files=files)
    assert adopt_assets(by=SYSTEM) == 2
    assert adopt_assets(by=SYSTEM) == 0
    sound = MediaItem.objects.get(kind="audio")
    assert sound.file == Asset.objects.get(path="tieng.en.mp3").file
    assert (sound.language, sound.licence, sound.lacks_facts) == ("en", "unknown", True)
    assert module.code in sound.source
    picture = MediaItem.objects.get(kind="image")
    assert (picture.width, bool(picture.thumbnail), picture.bands.count()) == (64, True, 8)


def test_adopted_file_is_not_placed_elsewhere_before_its_licence_is_known(tmp_path: Path) -> None:
    module = make_courses.module(tmp_path / "t1", files={"anh.png": make_media.png()})
    adopt_assets(by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        place_in_module(item=MediaItem.objects.get(), module=module, by=SYSTEM)
    assert refusal.value.code == "no-licence"


SAYS = (
    '<video url_name="v" kind="audio" synthetic_voice="true" ai_tool="espeak-ng" licence="own" '
    'people="nobody" origin="Tổ biên soạn"><source src="/static/a.mp3" lang="vi"/>'
    '<transcript src="/static/a.vtt" language="vi"/>'
    '</video><file url_name="f" src="/static/b.txt" licence="permission" source="Báo Sơn La cho dùng"/>'
    '<video url_name="w" people="consented" licence="cc-by" ai_content="none">'
    '<source src="/static/c.mp3" lang="vi"/></video>'
)
SAYS_FILES = {
    "a.mp3": make_media.mp3(),
    "a.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nXin chào\n".encode(),
    "b.txt": b"Ba",
    "c.mp3": make_media.mp3(41),
    "d.txt": b"Nobody names it",
}


def facts_of(name: str) -> tuple[str, ...]:
    item = MediaItem.objects.get(file_name=name)
    return item.licence, item.consent, item.ai_label, item.ai_tool, item.rights_note, item.source


def test_adopt_assets_takes_over_what_the_module_says(tmp_path: Path) -> None:
    make_courses.module(tmp_path / "t1", {"u1": SAYS}, files=SAYS_FILES)

    assert adopt_assets(by=SYSTEM) == 5

    assert facts_of("a.mp3") == ("own", "nobody", "generated", "espeak-ng", "", "Tổ biên soạn")
    assert facts_of("a.vtt") == ("own", "nobody", "none", "", "", "Tổ biên soạn")
    assert facts_of("b.txt")[0::4] == ("permission", "Báo Sơn La cho dùng")
    # Where consent is kept no course says, so a person must.
    assert facts_of("c.mp3")[:3] == ("cc-by", "unknown", "none")
    assert facts_of("d.txt")[0] == "unknown"
    assert [item.file_name for item in MediaItem.objects.all() if item.lacks_facts] == ["c.mp3", "d.txt"]


def test_adopt_assets_fills_in_what_a_module_says_later_and_changes_nothing_known(tmp_path: Path) -> None:
    silent = '<video url_name="v" kind="audio"><source src="/static/a.mp3" lang="vi"/></video>'
    make_courses.module(tmp_path / "t1", {"u1": silent}, files=SAYS_FILES)
    adopt_assets(by=SYSTEM)
    edit_item(item=MediaItem.objects.get(file_name="b.txt"), facts=make_media.facts(), by=SYSTEM)
    before = facts_of("b.txt")

    make_courses.module(tmp_path / "t1", {"u1": SAYS}, files=SAYS_FILES)
    for _round in range(2):
        assert adopt_assets(by=SYSTEM) == 0

    assert facts_of("a.mp3")[:4] == ("own", "nobody", "generated", "espeak-ng")
    assert facts_of("b.txt") == before
    edited = AuditEvent.objects.filter(kind="media.edited", actor_id=SYSTEM.pk)
    assert edited.filter(details__has_key="after").count() == 4  # b.txt by hand, then a.mp3, a.vtt and c.mp3


@pytest.mark.slow
def test_our_own_modules_say_all_of_their_files() -> None:
    for folder in ("c1", "c2", "c3", "g1"):
        import_module(ROOT / "content" / folder, by=SYSTEM)

    assert adopt_assets(by=SYSTEM) > 20

    assert [str(item) for item in MediaItem.objects.all() if item.lacks_facts] == []
    sound = MediaItem.objects.filter(kind__in=("audio", "video"))
    assert set(sound.values_list("ai_label", "ai_tool")) == {("generated", "espeak-ng 1.51")}


@pytest.mark.parametrize("olx", ["", "<video", "<video>&a;</video>", '<file src="../x"/>', "<html/>"])
def test_said_by_block_of_what_says_nothing(olx: str) -> None:
    assert said_by_block(olx) == {}


def test_adopt_assets_leaves_what_the_library_has(tmp_path: Path) -> None:
    item = make_media.item(make_media.png())
    make_courses.module(tmp_path / "t1", files={"anh.png": make_media.png()})
    assert adopt_assets(by=SYSTEM) == 0
    assert MediaItem.objects.get() == item


def test_adopt_assets_refuses_learners() -> None:
    with pytest.raises(Refused) as refusal:
        adopt_assets(by=make.person())
    assert refusal.value.code == "not-allowed"


def test_language_in() -> None:
    assert [language_in(name) for name in ("a.en.mp3", "a.mp3", "a.b.mp3", "en.mp3")] == [
        "en",
        "vi",
        "vi",
        "vi",
    ]
