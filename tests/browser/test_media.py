"""The media library in Chromium: a large file over a line that breaks, and choosing a file for a module."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import make_media
from tests.browser.conftest import Site, sign_in
from tests.browser.test_journey import audit, fits

TRAINER = "giangvien"
PART = 4_000_000


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten megabytes: three parts."""
    path = tmp_path_factory.mktemp("media") / "tieng-loa-xa.mp3"
    path.write_bytes(make_media.mp3(24_000, seed=7))
    return path


@pytest.fixture
def trainer(desktop: Page) -> Page:
    sign_in(desktop, TRAINER)
    return desktop


def declare(page: Page) -> None:
    page.check("input[name=declares_no_secret]")


def reaches(page: Page, state: str) -> None:
    page.wait_for_selector(f".media-progress[data-state={state}]")


def say_the_rest(page: Page) -> None:
    page.fill("input[name=title_vi]", "Tiếng loa xã Mẫu")
    page.fill("input[name=source]", "Đài truyền thanh xã Mẫu")
    page.select_option("select[name=licence]", "own")
    page.check("input[name=consent][value=nobody]")
    page.check("input[name=ai_label][value=none]")


def test_upload_waits_for_the_declaration_and_survives_a_broken_line_and_a_reload(
    trainer: Page, recording: Path
) -> None:
    page, sent = trainer, []

    def breaks_once(route: Route) -> None:
        if route.request.method == "PATCH":
            offset = int(route.request.headers["upload-offset"])
            sent.append(offset)
            if offset == PART and sent.count(PART) == 1:
                route.abort("connectionfailed")
                return
            if offset == 2 * PART and sent.count(2 * PART) == 1:
                return  # never answered: the page is closed over it
        route.continue_()

    page.goto("/library/new/")
    audit(page)
    page.route("**/library/uploads/**", breaks_once)
    page.set_input_files("input[type=file]", recording)
    assert sent == []  # not a byte before the declaration
    with page.expect_request(lambda request: request.headers.get("upload-offset") == str(2 * PART)):
        declare(page)
        reaches(page, "waiting")
    page.reload()
    declare(page)
    page.set_input_files("input[type=file]", recording)
    reaches(page, "done")
    assert sent == [0, PART, PART, 2 * PART, 2 * PART]  # nothing that had arrived went twice
    say_the_rest(page)
    with page.expect_navigation():
        page.click("main form button[type=submit].btn")
    assert "Tiếng loa xã Mẫu" in page.locator("h1").inner_text()
    served = page.request.get(page.url + "file/")
    assert served.body() == recording.read_bytes()
    audit(page)


def test_a_large_file_is_checked_behind_the_page_and_comes_back_with_what_is_wrong(
    trainer: Page, tmp_path: Path
) -> None:
    page = trainer
    path = tmp_path / "rat-lon.mp3"
    path.write_bytes(make_media.mp3(52_000, seed=9))  # 21.7 MB
    page.goto("/library/new/")
    declare(page)
    page.set_input_files("input[type=file]", path)
    reaches(page, "done")
    say_the_rest(page)
    page.check("input[name=ai_label][value=generated]")  # and no tool is named
    page.click("main form button[type=submit].btn")
    page.wait_for_url(re.compile("/filing/$"))
    page.wait_for_selector("#id_ai_tool_error", timeout=60_000)  # the page looks again by itself
    audit(page)
    assert page.input_value("input[name=title_vi]") == "Tiếng loa xã Mẫu"
    page.fill("input[name=ai_tool]", "Máy đọc")
    page.click("main form button[type=submit].btn")
    page.wait_for_url(re.compile(r"/library/\d+/$"), timeout=60_000)
    assert page.request.get(page.url + "file/").body() == path.read_bytes()


def test_the_page_of_a_file_that_is_checked_fits_a_phone(phone: Page, site: Site) -> None:
    upload = site.manage(
        "shell",
        "-v0",
        "-c",
        "from django.utils import timezone; from courses.models import MediaUpload; "
        "from lms.people.models import Person; at = timezone.now(); "
        f"person = Person.objects.get(username={TRAINER!r}); "
        "print(MediaUpload.objects.create(person=person, file_name='a-very-long-name-of-a-film' * 4, "
        "size=1, received=1, state='filing', began_at=at, touched_at=at).pk)",
    ).split()[-1]
    sign_in(phone, TRAINER)
    for address in (f"/library/uploads/{upload}/filing/", "/library/new/"):
        phone.goto(address)
        fits(phone)
        audit(phone)
    assert phone.locator(".note").count() > 0


def test_upload_can_be_paused(trainer: Page, tmp_path: Path) -> None:
    page = trainer
    path = tmp_path / "khac.mp3"
    path.write_bytes(make_media.mp3(24_000, seed=8))
    held: list[Route] = []
    page.route("**/library/uploads/*/", lambda route: held.append(route))
    page.goto("/library/new/")
    declare(page)
    page.set_input_files("input[type=file]", path)
    reaches(page, "sending")
    page.click(".media-progress button")
    reaches(page, "paused")
    page.unroute("**/library/uploads/*/")
    page.click(".media-progress button")
    reaches(page, "done")


def test_a_small_picture_goes_without_script(browser: Browser, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "co.png"
    path.write_bytes(make_media.png(77, (640, 480)))
    context = browser.new_context(base_url=site.url, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, TRAINER)
    page.goto("/library/new/")
    declare(page)
    page.set_input_files("input[type=file]", path)
    say_the_rest(page)
    page.click("main form button[type=submit].btn")
    expect(page.locator(".media-show img")).to_have_count(1)
    page.goto("/library/pick/C1/?kinds=image")
    page.locator("[data-place] button").first.click()
    expect(page.locator(".note")).to_contain_text("/static/")
    context.close()


def test_picker_fills_the_field_by_keyboard(trainer: Page, tmp_path: Path) -> None:
    page = trainer
    path = tmp_path / "ngan.mp3"
    path.write_bytes(make_media.mp3(50, seed=9))
    page.goto("/library/new/")
    declare(page)
    page.set_input_files("input[type=file]", path)
    reaches(page, "done")
    say_the_rest(page)
    with page.expect_navigation():
        page.click("main form button[type=submit].btn")
    page.goto("/library/new/")  # a page that has the studio's script
    page.evaluate(
        """() => { document.querySelector('main').innerHTML = `<div class="wrap"><media-picker
             data-module="C1" data-kinds="audio"><div class="field"><label for="src">Tệp</label>
             <input class="in" id="src" name="src"></div></media-picker></div>`; }"""
    )
    page.focus("[data-open]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog [data-place] button")
    audit(page)
    page.evaluate("document.querySelector('dialog [data-pick]').setAttribute('data-before', '')")
    page.fill("dialog input[type=search]", "tieng loa")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog [data-pick]:not([data-before])")
    page.locator("dialog [data-place] button").first.press("Enter")
    filled = re.compile("^/static/tieng-loa-xa-mau-")
    expect(page.locator("#src")).to_have_value(filled, timeout=15_000)
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("[data-open]:focus")).to_have_count(1)


def test_library_pages_fit_a_phone_and_pass_the_audit(phone: Page) -> None:
    sign_in(phone, TRAINER)
    for address in ("/library/", "/library/new/", "/library/pick/C1/?kinds=audio"):
        phone.goto(address)
        fits(phone)
        audit(phone)
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/library/")
    fits(phone)
    with phone.expect_navigation():
        phone.locator("a.media-card").first.click()
    fits(phone)
