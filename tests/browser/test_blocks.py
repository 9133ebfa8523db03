"""Other people's blocks, unmodified, in Chromium: shown, answered, still answered after a reload, edited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests import make_courses
from tests.browser.conftest import Site, pages, sign_in

pytest.importorskip("poll")
LEARNER, AUTHOR = "hocvien.coso", "giangvien"
UNITS = {
    "u1": '<done url_name="d1" display_name="Đã làm" required="true"/>',
    "u2": '<poll url_name="p1" display_name="Thăm dò"/>',
    "u3": '<survey url_name="s1" display_name="Khảo sát"/>',
    "u4": '<drag-and-drop-v2 url_name="k1" display_name="Kéo thả"/>',
}
ENROL = """
from courses.models import Module
from lms.people.models import Person
from tests import make_courses
programme = make_courses.programme(Module.objects.get(code="B1"), code="TB", duty="BLOCKS")
for name in ("{learner}", "{author}"):
    make_courses.enrolment(Person.objects.get(username=name), programme)
"""


@pytest.fixture(scope="module", autouse=True)
def blocks(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = make_courses.olx(tmp_path_factory.mktemp("blocks"), UNITS, code="B1")
    site.manage("import_olx", str(folder))
    site.manage("shell", "--no-imports", "-c", ENROL.format(learner=LEARNER, author=AUTHOR))


@pytest.fixture
def learner(desktop: Page) -> Page:
    sign_in(desktop, LEARNER)
    return desktop


@pytest.fixture
def author(desktop: Page) -> Page:
    sign_in(desktop, AUTHOR)
    return desktop


@pytest.fixture
def dark_phone(browser: Browser, site: Site) -> Iterator[Page]:
    yield from pages(
        browser.new_context(
            base_url=site.url,
            locale="vi-VN",
            color_scheme="dark",
            viewport={"width": 390, "height": 844},
            is_mobile=True,
            has_touch=True,
        )
    )


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("block-frame iframe")


def edit(page: Page, kind: str, name: str) -> FrameLocator:
    page.goto(f"/parts/B1/block-v1:LanToa+B1+2026+type@{kind}+block@{name}/?mode=draft")
    return frame(page)


def olx_of(site: Site, name: str) -> list[str]:
    """Every version of a block, oldest first."""
    code = (
        "from courses.models import BlockVersion\n"
        f"of_b1 = BlockVersion.objects.filter(usage_key__contains='+B1+', usage_key__endswith='@{name}')\n"
        "for v in of_b1.order_by('number'):"
        " print(v.olx.replace(chr(10), ' '))"
    )
    return site.manage("shell", "--no-imports", "-c", code).strip().splitlines()


def test_done_is_kept_and_the_page_learns_of_it(learner: Page) -> None:
    learner.goto("/learn/B1/u1/")
    expect(learner.locator("[data-standing-line]")).to_contain_text("0/4")
    frame(learner).locator(".done_onoffswitch-label").click()
    expect(learner.locator("[data-standing-line]")).to_contain_text("1/4")
    learner.reload()
    expect(frame(learner).locator(".done_onoffswitch-checkbox")).to_be_checked()


def test_poll_is_answered_once_and_shows_what_others_said(learner: Page) -> None:
    learner.goto("/learn/B1/u2/")
    frame(learner).locator("input[type=radio]").nth(1).check()
    with learner.expect_response("**/vote"):
        frame(learner).locator("input[type=submit], .submit").first.click()
    expect(frame(learner).locator(".poll-results")).to_contain_text("100%")
    learner.reload()
    expect(frame(learner).locator(".poll-results")).to_contain_text("100%")


def test_survey_is_answered_and_stays_answered(learner: Page) -> None:
    learner.goto("/learn/B1/u3/")
    rows = frame(learner).locator("tr.survey-row")
    expect(rows).to_have_count(3)
    for row in rows.all():
        row.locator("input[type=radio]").first.check()
    with learner.expect_response("**/vote"):
        frame(learner).locator("input[type=submit], .submit").first.click()
    expect(frame(learner).locator(".survey-percentage").first).to_contain_text("100%")
    learner.reload()
    expect(frame(learner).locator(".survey-percentage").first).to_contain_text("100%")


def test_drag_and_drop_by_keyboard_and_by_mouse(learner: Page) -> None:
    learner.goto("/learn/B1/u4/")
    bank, zones = frame(learner).locator(".item-bank .option"), frame(learner).locator(".zone")
    expect(bank).to_have_count(5)
    bank.first.focus()
    learner.keyboard.press("Control+m")
    with learner.expect_response("**/drop_item"):
        zones.first.focus()
        learner.keyboard.press("Control+m")
    expect(zones.first.locator(".option")).to_have_count(1)
    frame(learner).locator(".popup .close-feedback-popup-button, .popup button").first.click()
    with learner.expect_response("**/drop_item"):
        bank.filter(has_text="middle").drag_to(zones.nth(1))
    learner.reload()
    expect(frame(learner).locator(".zone .option")).to_have_count(2)


def test_poll_editor_saves_a_draft(author: Page, site: Site) -> None:
    before = len(olx_of(site, "p1"))
    editor = edit(author, "poll", "p1")
    editor.locator("#poll-question-editor").fill("Kênh nào tới được bà con nhanh nhất?")
    editor.locator("input[name^=answer-label]").first.fill("Loa truyền thanh")
    editor.locator(".save-button").click()
    author.wait_for_url("**/studio/B1/")
    versions = olx_of(site, "p1")
    assert len(versions) == before + 1
    assert "Kênh nào tới được bà con nhanh nhất?" in versions[-1]
    again = edit(author, "poll", "p1").locator("#poll-question-editor")
    expect(again).to_have_value("Kênh nào tới được bà con nhanh nhất?")


def test_survey_editor_saves_a_draft(author: Page, site: Site) -> None:
    editor = edit(author, "survey", "s1")
    editor.locator("input[name^=question-label]").first.fill("Bài dễ hiểu không?")
    editor.locator(".save-button").click()
    author.wait_for_url("**/studio/B1/")
    assert len(olx_of(site, "s1")) == 2


def test_drag_and_drop_editor_saves_a_draft(author: Page, site: Site) -> None:
    editor = edit(author, "drag-and-drop-v2", "k1")
    editor.locator("input.display-name").fill("Xếp bậc")
    for _ in range(2):
        editor.locator(".continue-button").click()
    editor.locator(".save-button").click()
    author.wait_for_url("**/studio/B1/")
    assert 'display_name="Xếp bậc"' in olx_of(site, "k1")[-1]


def test_an_editor_that_is_left_changes_nothing(author: Page, site: Site) -> None:
    before = olx_of(site, "s1")
    edit(author, "survey", "s1").locator(".cancel-button").click()
    author.wait_for_url("**/studio/B1/")
    assert olx_of(site, "s1") == before


def test_a_frame_reaches_nothing_of_ours(browser: Browser, site: Site) -> None:
    """What a hostile block would try, typed into the block's own window. The browser complains aloud."""
    context = browser.new_context(base_url=site.url, locale="vi-VN")
    learner = context.new_page()
    sign_in(learner, LEARNER)
    learner.goto("/learn/B1/u1/")
    frame(learner).locator(".done_onoffswitch-label").wait_for()
    inside = next(f for f in learner.frames if f.url.startswith(site.player_url))
    tried = inside.evaluate(
        """async (site) => {
            const attempt = async (what) => {
                try { return String(await what()); } catch { return "no"; }
            };
            return {
                origin: self.origin,
                // what the browser itself says, not what the player tells scripts that ask
                cookies: await attempt(() =>
                    Object.getOwnPropertyDescriptor(Document.prototype, "cookie").get.call(document)),
                storage: await attempt(() => localStorage.length),
                parent: await attempt(() => parent.document.title),
                pages: await attempt(() => fetch(site + "/api/v1/me/").then((r) => r.status)),
            };
        }""",
        site.url,
    )
    assert tried == {"origin": "null", "cookies": "no", "storage": "no", "parent": "no", "pages": "no"}
    context.close()


def test_frames_fit_a_phone_in_the_dark(dark_phone: Page) -> None:
    sign_in(dark_phone, LEARNER)
    for unit in UNITS:
        dark_phone.goto(f"/learn/B1/{unit}/")
        frame(dark_phone).locator(".xblock").wait_for()
        assert dark_phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), unit
