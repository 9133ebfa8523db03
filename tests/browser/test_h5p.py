"""H5P in Chromium: played in our unit page, answered, resumed here and on another device, counted.

Our own small package is always there; packages of h5p.org are played where they are at hand.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import Site, pages, sign_in
from tests.browser.h5p_course import corpus, make_course
from tests.make_h5p_shelf import WITHOUT_H5P

LEARNER, OTHER = "hocvien.coso", "giangvien"
PLAYED = ("multichoice", "truefalse", "blanks", "dragtext", "questionset")
FOREIGN = {name: path for name in PLAYED if (path := corpus(name))}
SAVED = re.compile(r"Đã lưu \d\d:\d\d")
ROWS = """
import json
from courses.h5p.models import Statement, UserState
rows = Statement.objects.filter(context__endswith="block@{name}").order_by("pk")
states = UserState.objects.filter(context__endswith="block@{name}")
print(json.dumps([
    [[r.person.username, r.verb, r.sub_content_id, str(r.raw), str(r.maximum)] for r in rows],
    [[s.person.username, s.sub_content_id, s.data] for s in states],
]))
"""

QUIET = 1_000  # milliseconds; longer than the bridge waits before it asks for the state


@pytest.fixture(scope="module", autouse=True)
def course(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("h5p") / "haip"
    make_course(site, folder, foreign=FOREIGN, people=[LEARNER, OTHER])


@pytest.fixture
def another_device(browser: Browser, site: Site) -> Iterator[Page]:
    yield from pages(browser.new_context(base_url=site.url, locale="vi-VN"))


def visit(page: Page, name: str) -> FrameLocator:
    page.goto(f"/learn/HAIP/u-{name}/")
    return ready(page)


def ready(page: Page) -> FrameLocator:
    expect(page.locator("h5p-player")).to_have_attribute("data-state", "ready")
    return page.frame_locator("h5p-player iframe")


def told(site: Site, name: str) -> tuple[list[list[str]], list[list[str]]]:
    """Statements and states of the block that the server keeps."""
    found = json.loads(site.manage("shell", "--no-imports", "-c", ROWS.format(name=name)))
    return found[0], found[1]


def results(site: Site, name: str) -> list[list[str]]:
    """Points of results of the whole content."""
    return [row[3:] for row in told(site, name)[0] if row[1] in {"answered", "completed"} and not row[2]]


def saved(page: Page) -> None:
    """Everything, also what the content says of its state when it has been left alone for a moment."""
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    page.wait_for_timeout(QUIET)
    expect(page.locator("h5p-player")).to_have_attribute("data-waiting", "0")


def waits(page: Page) -> None:
    """The page says that something is not sent, and why."""
    status = page.locator("[data-status][data-outcome=waits]")
    expect(status).not_to_be_empty(timeout=15_000)


def is_done(page: Page, name: str) -> None:
    """The list of units says so, in words for who cannot see its signs."""
    expect(page.locator(".side ol.ol li", has_text=name).locator(".vh")).to_have_count(1)


def test_our_own_package_is_answered_resumed_and_counted(
    site: Site, desktop: Page, another_device: Page
) -> None:
    sign_in(desktop, LEARNER)
    frame = visit(desktop, "card")
    for picture in frame.locator("img").all():
        assert picture.evaluate("image => image.naturalWidth") > 0
    expect(frame.locator(".copyright")).not_to_be_empty()
    frame.get_by_label("Bốn").check()
    frame.get_by_role("button", name="Kiểm tra").click()
    expect(frame.locator(".told")).to_have_text("Đúng")
    saved(desktop)
    expect(desktop.locator("[data-standing-line]")).to_contain_text("1/")
    assert results(site, "card") == [["2.000", "2.000"]]

    desktop.reload()
    expect(ready(desktop).get_by_label("Bốn")).to_be_checked()

    sign_in(another_device, LEARNER)
    expect(visit(another_device, "card").get_by_label("Bốn")).to_be_checked()


def test_without_a_network_answers_wait_and_go_later(site: Site, desktop: Page) -> None:
    sign_in(desktop, OTHER)
    frame = visit(desktop, "card")
    desktop.context.set_offline(True)
    frame.get_by_label("Năm").check()
    frame.get_by_role("button", name="Kiểm tra").click()
    waits(desktop)
    desktop.context.set_offline(False)
    saved(desktop)
    rows, states = told(site, "card")
    assert [OTHER, "answered", "", "0.000", "2.000"] in rows
    assert [OTHER, "", '{"chosen":1}'] in states


def test_what_waits_on_the_device_comes_back_into_the_content(desktop: Page) -> None:
    """The page was closed without a network; the next visit sends first and then begins with it."""
    sign_in(desktop, LEARNER)
    frame = visit(desktop, "card")
    desktop.route("**/h5p/record/**", lambda route: route.abort())
    frame.get_by_label("Năm").check()
    waits(desktop)
    desktop.unroute("**/h5p/record/**")
    desktop.reload()
    expect(ready(desktop).get_by_label("Năm")).to_be_checked()


def test_on_a_shared_phone_nobody_sends_in_anothers_name(site: Site, phone: Page) -> None:
    sign_in(phone, LEARNER)
    frame = visit(phone, "card")
    before = len(told(site, "card")[0])
    second = phone.context.new_page()
    second.goto("/accounts/logout/")
    second.click("main form button[type=submit]")
    second.wait_for_url(lambda url: "logout" not in url)
    sign_in(second, OTHER)
    frame.get_by_role("button", name="Kiểm tra").click()
    waits(phone)
    assert len(told(site, "card")[0]) == before


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_a_phone(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(
        base_url=site.url, locale="vi-VN", viewport={"width": width, "height": 844}, is_mobile=True
    )
    for page in pages(context):
        sign_in(page, LEARNER)
        for name in ("card", *FOREIGN):
            visit(page, name)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            inside = page.frames[1].evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert inside, name


def test_a_hostile_package_reaches_nothing(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, LEARNER)
    frame = visit(page, "hostile")
    container = frame.locator(".h5p-container")
    expect(container).to_have_attribute("data-left", "0")
    tries = json.loads(container.get_attribute("data-tries") or "{}")
    assert tries.pop("top") in {"refused", "moved"}  # what it did is looked at below
    assert tries == {
        "page": "refused",
        "cookie": "empty",
        "store": "b",  # its own, which is gone with the page
        "origin": "null",
        "frame": "null",
        "eval": "refused",
        "inline": "refused",
        "site": "refused",
        "record": "refused",
        "elsewhere": "refused",
    }
    saved(page)
    assert page.url.endswith("/learn/HAIP/u-hostile/")
    box = page.locator("h5p-player iframe").bounding_box()
    assert box is not None
    assert box["height"] <= 20_000
    rows, states = told(site, "hostile")
    assert rows == [[LEARNER, "answered", "", "2.000", "2.000"]]
    assert states == []
    context.close()


# ---- packages of h5p.org ---------------------------------------------------------------------------
Act = Callable[[Page, FrameLocator], None]


def press_to(page: Page, selector: str, key: str = "Tab") -> str:
    """Press a key until the focus in the frame is on what the selector names; its text."""
    frame = page.frames[1]
    for _ in range(40):
        page.keyboard.press(key)
        found: str | None = frame.evaluate(
            """(selector) => document.activeElement.matches(selector)
                ? document.activeElement.textContent.trim() : null""",
            selector,
        )
        if found is not None:
            return found
    raise AssertionError(f"the keyboard does not reach {selector}")


def check(page: Page) -> None:
    press_to(page, ".h5p-question-check-answer")
    page.keyboard.press("Enter")


def choose(page: Page, wanted: str) -> None:
    """A radio button among others: Tab reaches the group, arrows go on in it."""
    found = press_to(page, ".h5p-answer")
    for _ in range(5):
        if found == wanted:
            break
        found = press_to(page, ".h5p-answer", "ArrowDown")
    page.keyboard.press("Space")


def tick(page: Page, wanted: set[str], number: int) -> None:
    """Checkboxes: Tab goes from one to the next."""
    for _ in range(number):
        if press_to(page, ".h5p-answer") in wanted:
            page.keyboard.press("Space")


def play_multichoice(page: Page, frame: FrameLocator) -> None:
    choose(page, "Very dark purple")
    check(page)
    expect(frame.locator(".h5p-joubelui-score-bar")).to_be_visible()


def play_truefalse(page: Page, frame: FrameLocator) -> None:
    press_to(page, ".h5p-true-false-answer")
    page.keyboard.press("Space")
    check(page)
    expect(frame.locator(".h5p-joubelui-score-bar")).to_be_visible()


def play_blanks(page: Page, frame: FrameLocator) -> None:
    for word in ("blue", "Cloud", "black"):
        press_to(page, ".h5p-text-input")
        page.keyboard.type(word)
    page.keyboard.press("Enter")
    expect(frame.locator(".h5p-joubelui-score-bar")).to_be_visible()


def play_dragtext(page: Page, frame: FrameLocator) -> None:
    for place, word in enumerate(("blue", "red", "orange"), 1):
        found = press_to(page, ".ui-draggable")
        for _ in range(5):
            if found.startswith(word):
                break
            found = press_to(page, ".ui-draggable", "ArrowRight")
        page.keyboard.press("Space")  # takes the word up and goes to the first gap
        gap = f"[aria-label^='Drop Zone {place}.']"
        if not page.frames[1].evaluate("gap => document.activeElement.matches(gap)", gap):
            press_to(page, gap, "ArrowDown")
        page.keyboard.press("Enter")
        expect(frame.locator(".ui-droppable").nth(place - 1)).to_contain_text(word)
    check(page)
    expect(frame.locator(".h5p-joubelui-score-bar")).to_be_visible()


def play_questionset(page: Page, frame: FrameLocator) -> None:
    tick(page, {"Blueberry", "Raspberry", "Cloudberry", "Strawberry"}, 6)
    next_question(page)
    press_to(page, ".h5p-draggable")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # into the first zone, right or wrong
    next_question(page)
    choose(page, "Cranberries")
    expect(frame.locator(".h5p-question-finish").locator("visible=true")).to_have_count(1)
    press_to(page, ".h5p-question-finish")
    page.keyboard.press("Enter")
    expect(frame.locator(".questionset-results")).to_be_visible()


def next_question(page: Page) -> None:
    press_to(page, ".h5p-question-next")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_500)  # it slides, and nothing in it says when it has come to rest


def is_chosen(_page: Page, frame: FrameLocator) -> None:
    expect(frame.locator(".h5p-answer[aria-checked=true], .h5p-answer.h5p-selected").first).to_be_attached()


def says_yes(_page: Page, frame: FrameLocator) -> None:
    chosen = ".h5p-true-false-answer[aria-checked=true], .h5p-true-false-answer-correct"
    expect(frame.locator(chosen)).to_have_count(1)


def has_words(_page: Page, frame: FrameLocator) -> None:
    expect(frame.locator(".h5p-text-input").first).to_have_value("blue")


def has_dropped(_page: Page, frame: FrameLocator) -> None:
    expect(frame.locator(".ui-droppable").first).to_contain_text("blue")


def has_all_answers(_page: Page, frame: FrameLocator) -> None:
    expect(frame.locator(".h5p-answer[aria-checked=true]")).to_have_count(5)


ANSWERS: dict[str, tuple[Act, Act]] = {
    "multichoice": (play_multichoice, is_chosen),
    "truefalse": (play_truefalse, says_yes),
    "blanks": (play_blanks, has_words),
    "dragtext": (play_dragtext, has_dropped),
    "questionset": (play_questionset, has_all_answers),
}


@pytest.mark.parametrize("name", PLAYED)
def test_a_package_of_h5p_org_by_keyboard_alone(
    site: Site, desktop: Page, another_device: Page, name: str
) -> None:
    if name not in FOREIGN:
        pytest.skip(WITHOUT_H5P)
    play, is_still_there = ANSWERS[name]
    sign_in(desktop, LEARNER)
    frame = visit(desktop, name)
    play(desktop, frame)
    saved(desktop)
    is_done(desktop, name)
    raw, maximum = (float(value) for value in results(site, name)[-1])
    assert 0 < raw <= maximum
    if name != "questionset":  # its pictures were dropped anywhere
        assert raw == maximum

    desktop.reload()
    is_still_there(desktop, ready(desktop))
    sign_in(another_device, LEARNER)
    is_still_there(another_device, visit(another_device, name))


def test_a_page_asks_for_little(browser: Browser, site: Site) -> None:
    """The first visit of MultiChoice: how often the player host is asked until one can answer."""
    if "multichoice" not in FOREIGN:
        pytest.skip(WITHOUT_H5P)
    context = browser.new_context(base_url=site.url, locale="vi-VN")
    page = context.new_page()
    sign_in(page, LEARNER)
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.url) if site.player_url in request.url else None)
    visit(page, "multichoice")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 12, asked
    context.close()
