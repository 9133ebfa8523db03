"""The frame around other people's blocks in Chromium: what its page learns, what the frame cannot reach."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests import make_courses
from tests.browser.conftest import Site, sign_in

pytest.importorskip("poll")
LEARNER = "hocvien.coso"
UNITS = {
    "u1": '<done url_name="d1" display_name="Đã làm" required="true"/>',
    "u2": '<acid url_name="a1" display_name="Acid"/>',
}
ENROL = """
from courses.models import Module
from lms.people.models import Person
from tests import make_courses
programme = make_courses.programme(Module.objects.get(code="B1"), code="TB", duty="BLOCKS")
make_courses.enrolment(Person.objects.get(username="{learner}"), programme)
"""


@pytest.fixture(scope="module", autouse=True)
def blocks(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = make_courses.olx(tmp_path_factory.mktemp("blocks"), UNITS, code="B1")
    site.manage("import_olx", str(folder))
    site.manage("shell", "--no-imports", "-c", ENROL.format(learner=LEARNER))


@pytest.fixture
def learner(desktop: Page) -> Page:
    sign_in(desktop, LEARNER)
    return desktop


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("block-frame iframe")


def test_done_is_kept_and_the_page_learns_of_it(learner: Page) -> None:
    learner.goto("/learn/B1/u1/")
    expect(learner.locator("[data-standing-line]")).to_contain_text("0/2")
    frame(learner).locator(".done_onoffswitch-checkbox").check()
    expect(learner.locator("[data-standing-line]")).to_contain_text("1/2")
    learner.reload()
    expect(frame(learner).locator(".done_onoffswitch-checkbox")).to_be_checked()


def test_acid_finds_scripts_files_and_every_scope_of_a_learner(learner: Page) -> None:
    """The block that tries a runtime: its script starts, its file loads, and what it stored in the view
    is there for handlers whose addresses were made by the server and by the browser."""
    pytest.importorskip("acid")
    learner.goto("/learn/B1/u2/")
    acid = frame(learner).locator(".acid-block")
    for checked in (".js-init-run", ".local-resource-test"):
        expect(acid.locator(f"{checked} .pass")).to_have_count(1)
    for scope in ("user_state", "user_state_summary", "preferences", "user_info"):
        expect(acid.locator(f".scope-{scope} .pass")).to_have_count(4)
    expect(acid.locator(".fail, .error, .unknown")).to_have_count(0)


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
