"""The studio's outline by mouse, finger and keyboard, and without script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import Site, pages, sign_in
from tests.browser.test_journey import audit, fits

TRAINER = "giangvien"


@pytest.fixture
def studio(desktop: Page) -> Page:
    sign_in(desktop, TRAINER)
    return desktop


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser without script."""
    context = browser.new_context(
        base_url=site.url, locale="vi-VN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield from pages(context)


def begin(page: Page, code: str, *types: str) -> str:
    """A module of two units, the first with a block of each type; back on its page."""
    page.goto("/studio/new/")
    page.fill("#id_code", code)
    page.fill("#id_title_vi", f"Mô-đun thử {code}")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    for title in ("Bài một", "Bài hai"):
        form = page.locator("form[action$='/outline/units/']").first
        if not form.is_visible():
            page.locator(".o-sec .o-new > summary").first.click()
        form.locator("input[name^=title_]").fill(title)
        with page.expect_navigation():
            form.locator("button").click()
    for block_type in types:
        add_block(page, code, 0, block_type)
        page.goto(f"/studio/{code}/")
    return f"/studio/{code}/"


def add_block(page: Page, code: str, unit: int, block_type: str) -> None:
    with page.expect_navigation():
        page.locator(".o-unit").nth(unit).locator(".o-add a").click()
    with page.expect_navigation():
        page.click(f"button[name=type][value={block_type}]")
    assert "/blocks/" in page.url


def units(page: Page) -> list[str]:
    return [re.sub(r"^\d+\. ", "", text) for text in page.locator(".o-unit h4").all_inner_texts()]


def blocks(page: Page) -> list[list[str]]:
    """The types of the blocks in each unit."""
    return [
        [
            re.findall(r"type@(\w+)", row.get_attribute("data-key") or "")[0]
            for row in unit.locator(".o-block").all()
        ]
        for unit in page.locator(".o-unit").all()
    ]


def grip(page: Page, row: str) -> Locator:
    return page.locator(row).locator("[data-grip]").first


def middle(locator: Locator) -> tuple[float, float]:
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_reorder_by_keyboard_is_announced_and_kept(studio: Page) -> None:
    begin(studio, "KB1")
    voice = studio.locator("#outline-voice")
    key = studio.locator(".o-unit").nth(1).get_attribute("id")
    handle = grip(studio, f"#{key}")
    handle.focus()
    studio.keyboard.press("Space")
    assert handle.get_attribute("aria-pressed") == "true"
    studio.keyboard.press("ArrowUp")
    first_words = voice.inner_text()
    assert "1" in first_words
    assert "2" in first_words
    studio.keyboard.press("ArrowUp")  # no further: it stands first
    with studio.expect_response("**/outline/move/"):
        studio.keyboard.press("Space")
    studio.locator("outline-tree[data-base='4']").wait_for()
    assert "Bài hai" in voice.inner_text()
    assert studio.evaluate("document.activeElement.closest('[data-item]').id") == key
    assert units(studio) == ["Bài hai", "Bài một"]
    studio.reload()
    assert units(studio) == ["Bài hai", "Bài một"]


def test_escape_and_leaving_put_it_back(studio: Page) -> None:
    begin(studio, "KB2")
    grip(studio, ".o-unit >> nth=1").focus()
    for last in ("Escape", "Tab"):
        grip(studio, ".o-unit >> nth=1").focus()
        studio.keyboard.press("Space")
        studio.keyboard.press("ArrowUp")
        assert units(studio) == ["Bài hai", "Bài một"]
        studio.keyboard.press(last)
        assert units(studio) == ["Bài một", "Bài hai"]
    assert studio.locator("outline-tree").get_attribute("data-base") == "3"


def test_drag_a_block_into_an_empty_unit_with_the_mouse(studio: Page) -> None:
    begin(studio, "DR1", "text", "video")
    assert blocks(studio) == [["text", "video"], []]
    start = middle(grip(studio, ".o-block >> nth=0"))
    end = middle(studio.locator(".o-unit").nth(1).locator("h4"))
    studio.mouse.move(*start)
    studio.mouse.down()
    studio.mouse.move(start[0], start[1] + 30, steps=4)
    studio.mouse.move(*end, steps=8)
    with studio.expect_response("**/outline/move/"):
        studio.mouse.up()
    studio.locator("outline-tree[data-base='6']").wait_for()
    assert blocks(studio) == [["video"], ["text"]]
    studio.reload()
    assert blocks(studio) == [["video"], ["text"]]
    # What learners do not see yet, the history and the undo button came with the same answer.
    assert studio.locator("#undo-form button").is_enabled()


def test_drag_with_a_finger(phone: Page) -> None:
    sign_in(phone, TRAINER)
    begin(phone, "DR2", "text", "video")
    start = middle(grip(phone, ".o-block >> nth=1"))
    end = middle(phone.locator(".o-block").nth(0).locator(".o-name"))
    start = middle(grip(phone, ".o-block >> nth=1"))
    touch = phone.context.new_cdp_session(phone)

    def at(kind: str, *points: tuple[float, float]) -> None:
        touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    at("touchStart", start)
    for step in range(1, 9):
        at("touchMove", (start[0], start[1] + (end[1] - 12 - start[1]) * step / 8))
    with phone.expect_response("**/outline/move/"):
        at("touchEnd")
    phone.locator("outline-tree[data-base='6']").wait_for()
    assert blocks(phone)[0] == ["video", "text"]


def test_a_move_a_colleague_made_impossible_says_so(studio: Page, browser: Browser, site: Site) -> None:
    path = begin(studio, "DR3")
    other = browser.new_context(base_url=site.url, locale="vi-VN").new_page()
    sign_in(other, "quantri")
    other.goto(path)
    remove(other, ".o-unit >> nth=1")
    grip(studio, ".o-unit >> nth=1").focus()
    for key in ("Space", "ArrowUp", "Space"):
        studio.keyboard.press(key)
    studio.locator("#refusal").wait_for()
    assert units(studio) == ["Bài một"]
    assert studio.locator("#outline-voice").inner_text()
    other.context.close()


def remove(page: Page, row: str) -> None:
    item = page.locator(row)
    item.locator("summary").first.click()
    item.locator("form[action$='/outline/remove/'] button").first.click()
    with page.expect_navigation():
        page.locator("dialog[open] .btn:not(.btn-2)").click()


def test_remove_asks_and_undo_brings_it_back(studio: Page) -> None:
    begin(studio, "RM1")
    remove(studio, ".o-unit >> nth=0")
    assert units(studio) == ["Bài hai"]
    with studio.expect_navigation():
        studio.click(".note button[form=undo-form]")
    assert units(studio) == ["Bài một", "Bài hai"]
    with studio.expect_navigation():
        studio.click("form[action$='/outline/redo/'] button")
    assert units(studio) == ["Bài hai"]


def test_a_lost_connection_puts_the_row_back(studio: Page) -> None:
    begin(studio, "OFF1")
    studio.context.set_offline(True)
    grip(studio, ".o-unit >> nth=1").focus()
    for key in ("Space", "ArrowUp", "Space"):
        studio.keyboard.press(key)
    studio.locator("outline-tree:not(.o-busy)").wait_for()
    assert units(studio) == ["Bài một", "Bài hai"]
    studio.context.set_offline(False)


def test_everything_works_without_script(plain: Page) -> None:
    sign_in(plain, TRAINER)
    begin(plain, "NOJS", "text", "video")
    assert plain.locator("[data-grip]").count() == 0
    row = plain.locator(".o-block").nth(0)
    row.locator("summary").click()
    with plain.expect_navigation():
        row.locator("button[name=step][value='1']").click()
    assert blocks(plain)[0] == ["video", "text"]
    row = plain.locator(".o-block").nth(0)
    row.locator("summary").click()
    with plain.expect_navigation():
        row.locator("a[href*='/outline/move/']").click()
    plain.select_option("#place", index=plain.locator("#place option").count() - 1)
    with plain.expect_navigation():
        plain.click("main form button[type=submit]")
    assert blocks(plain) == [["text"], ["video"]]
    unit = plain.locator(".o-unit").nth(1)
    unit.locator("summary").first.click()
    unit.locator("input[name=title_vi]").first.fill("Bài cuối")
    with plain.expect_navigation():
        unit.locator("form[action$='/outline/change/'] button").first.click()
    assert units(plain) == ["Bài một", "Bài cuối"]
    unit = plain.locator(".o-unit").nth(0)
    unit.locator("summary").first.click()
    with plain.expect_navigation():
        unit.locator("form[action$='/outline/remove/'] button").first.click()
    with plain.expect_navigation():
        plain.click(".note button[form=undo-form]")
    assert units(plain) == ["Bài một", "Bài cuối"]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "light")]
)
def test_studio_pages_are_clean_and_fit(
    browser: Browser, site: Site, width: int, scheme: str, tmp_path: Path
) -> None:
    context = browser.new_context(
        base_url=site.url,
        locale="vi-VN",
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    sign_in(page, TRAINER)
    path = begin(page, f"AX{width}{scheme[0].upper()}", "text", "video")
    unit = page.locator(".o-unit").first.get_attribute("data-key")
    for address in (
        path,
        "/studio/",
        "/studio/?q=khongco",
        "/studio/new/",
        f"{path}outline/blocks/?unit={unit}",
        f"{path}outline/move/?kind=unit&key={unit}",
        f"{path}versions/",
        f"{path}versions/4/",
        f"{path}units/{unit}/?width=phone",
    ):
        page.goto(address)
        for summary in page.locator(".o-more > summary").all()[:3]:
            summary.click()
        fits(page)
        audit(page)
        page.screenshot(path=tmp_path / f"{width}{scheme}.png", full_page=True)
    context.close()
