"""Files of imported modules in the library: without copies, without made-up facts."""

from pathlib import Path

import pytest

from courses.actions.media import place_in_module
from courses.actions.media_adopt import adopt_assets
from courses.media_files.names import language_in
from courses.models import Asset, MediaItem
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_media

pytestmark = pytest.mark.django_db


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
