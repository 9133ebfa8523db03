"""Files, sessions, recordings, pictures and other people's editors: from the studio to the learner."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.shared import clock
from tests import make_courses
from tests.browser.conftest import Site, pages, sign_in
from tests.browser.test_journey import audit, fits
from tests.browser.test_studio_editors import looks_right, save

TRAINER, LEARNER = "giangvien", "hocvien.coso"
KEY = "block-v1:LanToa+E1+2026+type@{}+block@{}"
UNITS = {
    "u1": '<file url_name="e1-file" display_name="Mẫu kế hoạch"/>',
    "u2": '<session url_name="e1-session" display_name="Buổi trực tuyến" minutes="60"/>',
    "u3": '<video url_name="e1-audio" kind="audio" display_name="Nghe"/>',
    "u4": make_courses.text_block("e1-text", "<p>Chữ có ảnh</p>"),
    "u5": '<poll url_name="e1-poll" display_name="Thăm dò"/>',
}
PREPARE = """
from pathlib import Path
from courses.models import Module
from lms.people.models import Person
from tests import make_courses, make_media
module = Module.objects.get(code="E1")
make_courses.enrolment(Person.objects.get(username="{learner}"),
                       make_courses.programme(module, code="TE", duty="EDITORS"))
by = Person.objects.get(username="{trainer}")
# A recording that can be heard; the empty tag behind it makes it another file than the module's own.
spoken = next(Path("content").glob("*/static/c1-u1.vi.mp3")).read_bytes() + b"TAG" + bytes(125)
make_media.filed(spoken, by=by, name="loa.mp3", title={{"vi": "Tiếng loa thử"}})
make_media.filed(make_media.png(32, (320, 240)), by=by, name="loa.png", title={{"vi": "Ảnh loa thử"}},
                 description="Loa trên cột", ai_label="generated", ai_tool="Máy vẽ thử")
"""
PUBLISH = """
from courses.actions.publish import publish_module
from courses.models import Module
from lms.shared.actors import SYSTEM
publish_module(module=Module.objects.get(code="E1"), by=SYSTEM, note="Thử")
"""
DRAFTS = "from courses.models import Module; print(Module.objects.get(code='E1').draft.number)"


@pytest.fixture(scope="module", autouse=True)
def prepared(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    site.manage("import_olx", str(make_courses.olx(tmp_path_factory.mktemp("e1"), UNITS, code="E1")))
    site.manage("shell", "--no-imports", "-c", PREPARE.format(learner=LEARNER, trainer=TRAINER))


@pytest.fixture
def trainer(desktop: Page) -> Page:
    sign_in(desktop, TRAINER)
    return desktop


def editor(page: Page, tag: str, name: str) -> None:
    page.goto(f"/studio/E1/blocks/{KEY.format(tag, name)}/")


def learn(site: Site, browser: Browser, unit: str) -> "Learner":
    """Publish and open the unit as a learner does."""
    site.manage("shell", "--no-imports", "-c", PUBLISH)
    return Learner(browser, site, unit)


class Learner:
    """A learner's page on one unit; a script error or a refusal by the CSP fails the test at its end."""

    def __init__(self, browser: Browser, site: Site, unit: str) -> None:
        self._pages = pages(
            browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 390, "height": 844})
        )
        self._unit = unit

    def __enter__(self) -> Page:
        page = next(self._pages)
        sign_in(page, LEARNER)
        page.goto(f"/learn/E1/{self._unit}/")
        return page

    def __exit__(self, *_error: object) -> None:
        next(self._pages, None)


def choose(page: Page, title: str) -> None:
    """Choose an item in the library's dialog by keyboard."""
    page.fill("dialog input[type=search]", title)
    with page.expect_response("**/library/pick/**"):
        page.keyboard.press("Enter")
    page.locator("dialog [data-place] li", has_text=title).locator("button").press("Enter")


def test_a_file_is_uploaded_with_its_declaration_and_taken_along(
    trainer: Page, site: Site, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "Kế hoạch tuần.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    editor(trainer, "file", "e1-file")
    looks_right(trainer)
    trainer.set_input_files("input[name=upload]", path)
    trainer.fill("#id_source", "Phòng Văn hoá xã Mẫu")
    trainer.check("input[name=ai_content][value=none]")
    save(trainer)
    assert trainer.locator(".err-sum a[href='#id_declares_no_secret']").count() == 1
    audit(trainer)
    trainer.set_input_files("input[name=upload]", path)
    trainer.check("input[name=declares_no_secret]")
    save(trainer)
    assert trainer.locator(".err-sum").count() == 0
    expect(trainer.locator("#id_src")).to_have_value("/static/e1-file-ke-hoach-tuan.pdf")
    with learn(site, browser, "u1") as page:
        fits(page)
        audit(page)
        assert "Phòng Văn hoá xã Mẫu" in page.locator(".take").inner_text()
        with page.expect_download() as download:
            page.click(".take a")
        assert download.value.suggested_filename == "e1-file-ke-hoach-tuan.pdf"
        assert Path(download.value.path()).read_bytes() == path.read_bytes()


def test_a_session_has_its_day_and_goes_into_the_calendar(
    trainer: Page, site: Site, browser: Browser
) -> None:
    day = clock.today() + timedelta(days=9)
    editor(trainer, "session", "e1-session")
    looks_right(trainer)
    trainer.fill("#id_starts_at", f"{day}T14:30")
    trainer.fill("#id_minutes", "90")
    trainer.fill("#id_url", "http://phong.example.vn/c1")
    save(trainer)
    assert trainer.locator(".err-sum a[href='#id_url']").count() == 1
    trainer.fill("#id_url", "https://phong.example.vn/c1")
    trainer.fill("#id_how_vi", "Vào trước năm phút.")
    save(trainer)
    assert trainer.locator(".err-sum").count() == 0
    expect(trainer.locator("#id_starts_at")).to_have_value(f"{day}T14:30")
    with learn(site, browser, "u2") as page:
        fits(page)
        audit(page)
        shown = page.locator(".live-s").inner_text()
        assert f"{day:%d/%m/%Y}" in shown
        assert "14:30–16:00" in shown.replace("-", "–")
        assert "Vào trước năm phút." in shown
        assert page.locator(".live-s a").first.get_attribute("href") == "https://phong.example.vn/c1"
        with page.expect_download() as download:
            page.click(".live-s button")
        entry = Path(download.value.path()).read_text("utf-8")
        assert f"{day:%Y%m%d}T073000Z" in entry or f"{day:%Y%m%d}T143000" in entry
        assert download.value.suggested_filename.endswith(".ics")


def test_a_recording_is_chosen_from_the_library_and_played(
    trainer: Page, site: Site, browser: Browser
) -> None:
    editor(trainer, "video", "e1-audio")
    trainer.locator("[data-language=vi] media-picker [data-open]").press("Enter")
    trainer.wait_for_selector("dialog [data-place]")
    audit(trainer)
    choose(trainer, "Tiếng loa thử")
    expect(trainer.locator("#id_file_vi")).to_have_value(re.compile(r"^/static/tieng-loa-thu-\w+\.mp3$"))
    trainer.check("input[name=ai_content][value=none]")
    save(trainer)
    assert trainer.locator(".err-sum").count() == 0
    assert trainer.locator("#media-vi").count() == 1
    with learn(site, browser, "u3") as page:
        audit(page)
        if not page.locator("details.media").first.evaluate("(part) => part.open"):
            page.locator("details.media > summary").first.click()
        # Until the script has put the player in its place a play would be broken off.
        expect(page.locator("media-player .controls").first).to_be_visible()
        sound = page.locator("audio").first
        moved = sound.evaluate(
            """async (sound) => {
                sound.muted = true;
                const goes = new Promise((done) => {
                    sound.addEventListener("timeupdate", () => sound.currentTime > 0 && done(true));
                });
                await sound.play();
                return goes;
            }"""
        )
        assert moved
        assert sound.evaluate("(sound) => sound.duration") > 5


def test_a_picture_of_the_library_stands_in_the_text_with_its_label(
    trainer: Page, site: Site, browser: Browser
) -> None:
    editor(trainer, "text", "e1-text")
    trainer.locator("[data-language=vi] [contenteditable=true]").click()
    trainer.keyboard.press("Control+End")
    trainer.locator("[data-language=vi] [data-face='▣']").click()
    trainer.locator("dialog [data-open]").press("Enter")
    trainer.wait_for_selector("dialog [data-place]")
    choose(trainer, "Ảnh loa thử")
    expect(trainer.locator("#ask-alt")).to_have_value("Loa trên cột")
    audit(trainer)
    trainer.fill("#ask-caption", "Loa xã Mẫu")
    trainer.click("dialog form button[type=submit]")
    seen = trainer.locator("[data-language=vi] [contenteditable=true] img")
    assert seen.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 320
    looks_right(trainer)
    save(trainer)
    assert trainer.locator("[contenteditable=true] img").count() == 1
    with learn(site, browser, "u4") as page:
        fits(page)
        audit(page)
        figure = page.locator("figure", has=page.locator("img[alt='Loa trên cột']"))
        assert "Do trí tuệ nhân tạo tạo ra." in figure.inner_text()
        assert "Máy vẽ thử" in figure.inner_text()
        assert figure.locator("img").evaluate("(image) => image.naturalWidth") == 320


def test_other_peoples_editor_saves_a_new_draft(trainer: Page, site: Site) -> None:
    pytest.importorskip("poll")
    before = int(site.manage("shell", "--no-imports", "-c", DRAFTS))
    editor(trainer, "poll", "e1-poll")
    frame = trainer.frame_locator("block-frame iframe")
    frame.locator("#poll-question-editor").fill("Kênh nào nhanh nhất?")
    looks_right(trainer)
    frame.locator(".save-button").click()
    trainer.wait_for_url("**/studio/E1/")
    assert int(site.manage("shell", "--no-imports", "-c", DRAFTS)) == before + 1
    assert f"{before + 1}" in trainer.locator("main").inner_text()
    editor(trainer, "poll", "e1-poll")
    expect(frame.locator("#poll-question-editor")).to_have_value("Kênh nào nhanh nhất?")
