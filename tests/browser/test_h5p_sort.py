"""Sorting true and false news in C2: by keyboard, resumed exactly where it stopped, on the smallest phone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import ROOT, Site, sign_in

pytestmark = pytest.mark.browser
SOURCE: Any = json.loads((ROOT / "content/h5p/tin-that-tin-gia/vi/content.json").read_text("utf-8"))
BOX_OF = {one["text"]: int(one["box"]) - 1 for one in SOURCE["statements"]}
TOTAL = len(BOX_OF)


def opened(page: Page) -> FrameLocator:
    page.goto("/learn/C2/c2-u3/")
    page.locator("h5p-player").scroll_into_view_if_needed()
    frame = page.frame_locator("h5p-player iframe")
    expect(frame.locator(".lt-sort-root")).to_be_visible()
    return frame


def right_box(frame: FrameLocator) -> int:
    text = frame.locator(".lt-sort-statement").inner_text()
    return next(box for words, box in BOX_OF.items() if words in text)


def place(page: Page, frame: FrameLocator, box: int) -> None:
    """Without a mouse: the focus stays on the buttons from statement to statement."""
    left = frame.locator(".lt-sort-statement").inner_text()
    frame.locator(".lt-sort-choose button").nth(box).focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".lt-sort-statement")).not_to_have_text(left)


def test_sorting_by_keyboard_resumes_where_it_stopped_and_is_recorded(desktop: Page) -> None:
    sign_in(desktop, "hocvien.coso")
    frame = opened(desktop)
    place(desktop, frame, (right_box(frame) + 1) % 3)  # wrong on purpose
    for _ in range(TOTAL - 2):
        place(desktop, frame, right_box(frame))
    expect(frame.locator(".lt-sort-live")).to_contain_text(f"Câu {TOTAL} trên {TOTAL}")
    shelf = frame.locator(".lt-sort-boxes").inner_text()
    expect(desktop.locator("h5p-player [data-status]")).to_contain_text("Đã lưu", timeout=20_000)

    frame = opened(desktop)
    assert frame.locator(".lt-sort-boxes").inner_text() == shelf
    place(desktop, frame, right_box(frame))
    expect(frame.get_by_role("button", name="Kiểm tra")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(frame.locator(".lt-sort-score")).to_have_text(f"Anh/chị xếp đúng {TOTAL - 1} trên {TOTAL} câu.")
    expect(frame.locator(".lt-sort-score")).to_be_focused()
    expect(frame.locator(".lt-sort-reason")).to_have_count(TOTAL)
    expect(frame.locator(".lt-sort-belongs")).to_have_count(1)

    frame.get_by_role("button", name="Làm lại").click()
    expect(frame.locator(".lt-sort-statement")).to_contain_text(f"Câu {TOTAL} trên {TOTAL}")
    place(desktop, frame, right_box(frame))
    desktop.keyboard.press("Enter")
    expect(frame.locator(".lt-sort-score")).to_have_text(f"Anh/chị xếp đúng {TOTAL} trên {TOTAL} câu.")


def test_smallest_phone_in_the_dark_shows_everything_and_large_buttons(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        base_url=site.url,
        locale="vi-VN",
        viewport={"width": 320, "height": 640},
        is_mobile=True,
        has_touch=True,
        color_scheme="dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    sign_in(page, "hocvien.baochi")
    frame = opened(page)
    frame.locator(".lt-sort-choose button").first.tap()
    expect(frame.get_by_role("button", name="Lấy lại")).to_have_count(1)
    facts = frame.locator(".lt-sort-root").evaluate(
        """root => ({
          overflow: document.documentElement.scrollWidth - innerWidth,
          low: [...root.querySelectorAll("button")].filter(b => b.getBoundingClientRect().height < 44).length,
          paper: getComputedStyle(root).backgroundColor,
          moves: parseFloat(getComputedStyle(root.querySelector("button")).transitionDuration) > 0.001,
        })"""
    )
    context.close()
    assert facts == {"overflow": 0, "low": 0, "paper": "rgb(20, 24, 31)", "moves": False}
