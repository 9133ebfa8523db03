"""The studio's editors as a trainer uses them: write, cite, caption, ask, and lose nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_journey import audit, fits

TRAINER = "giangvien"
KEY = "block-v1:LanToa+C1+2026+type@{}+block@{}"


def editor(page: Page, name: str, tag: str) -> None:
    page.goto(f"/studio/C1/blocks/{KEY.format(tag, name)}/")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("button[name=stay]:not([aria-hidden])")


def sheet(page: Page, language: str = "vi") -> str:
    return page.locator(f"[data-language={language}] [contenteditable=true]").inner_html()


def looks_right(page: Page) -> None:
    """No axe finding and no sideways scrolling: desktop, narrow, dark."""
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        audit(page)
        fits(page)
    page.emulate_media(color_scheme="dark")
    audit(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_text_is_written_cited_kept_and_saved(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    editor(page, "c1-u2-text", "text")
    looks_right(page)
    words = page.locator("[data-language=vi] [contenteditable=true]")
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Câu thử có nguồn")
    page.keyboard.press("Control+Alt+c")
    page.fill("#ask-lines", "8-12")
    page.click("dialog button[type=submit]")
    assert 'data-lines="8-12"' in sheet(page)
    page.keyboard.press("Control+z")
    assert 'data-lines="8-12"' not in sheet(page)
    page.keyboard.press("Control+y")
    assert 'data-lines="8-12"' in sheet(page)

    # kept without saving, and there again after the page is left
    expect(page.locator(".saved")).to_have_text(re.compile(r"\d\d:\d\d"), timeout=10_000)
    editor(page, "c1-u2-text", "text")
    assert "Câu thử có nguồn" not in sheet(page)
    audit(page)
    with page.expect_navigation():
        page.click("a[href='?continue=1']")
    assert "Câu thử có nguồn" in sheet(page)
    save(page)
    assert "Câu thử có nguồn" in sheet(page)
    assert page.locator("a[href='?continue=1']").count() == 0


def test_two_trainers_on_one_block_see_both_texts(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    editor(page, "c1-u3-text", "text")
    other = page.context.new_page()
    editor(other, "c1-u3-text", "text")
    other.locator("#id_title_vi").fill("Của đồng nghiệp")
    save(other)
    page.locator("#id_title_vi").fill("Của tôi")
    save(page)
    assert page.locator("del", has_text="đồng nghiệp").count() == 1
    assert page.locator("ins", has_text="tôi").count() == 1
    audit(page)
    with page.expect_navigation():
        page.click("button[name=over]")
    editor(page, "c1-u3-text", "text")
    assert page.input_value("#id_title_vi") == "Của tôi"


def test_an_expired_session_loses_no_words(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    editor(page, "c1-u4-text", "text")
    page.context.clear_cookies()
    page.locator("#id_title_vi").fill("Viết khi phiên đã hết")
    page.click("button[name=stay]:not([aria-hidden])")
    expect(page.locator(".draft-choices button")).to_have_count(1)
    sign_in(page, TRAINER)
    editor(page, "c1-u4-text", "text")
    page.locator(".draft-choices button").first.click()
    assert page.input_value("#id_title_vi") == "Viết khi phiên đã hết"


def test_recording_needs_its_label_and_captions_are_rows(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    editor(page, "c1-u1-audio", "video")
    looks_right(page)
    save(page)
    assert page.locator(".err-sum a").count() >= 1  # nobody has said yet whether AI made it
    page.check("input[name=ai_content][value=generated]")
    page.fill("#id_ai_tool", "Máy đọc thử")
    rows = page.locator("[data-language=vi] li.cue")
    before = rows.count()
    rows.nth(0).locator("button").nth(2).click()  # split
    expect(rows).to_have_count(before + 1)
    save(page)
    assert page.locator(".err-sum").count() == 0
    expect(page.locator("[data-language=vi] li.cue")).to_have_count(before + 1)
    page.click("a[href*='/studio/C1/units/']")
    assert "Máy đọc thử" in page.content()


def test_a_question_is_written_and_moved(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    editor(page, "c1-quiz", "quiz")
    looks_right(page)
    before = page.locator(".q-list > li").count()
    with page.expect_navigation():
        page.click("a[href$='/question/']")
    looks_right(page)
    with page.expect_navigation():
        page.click("a[href$='kind=single']")
    looks_right(page)
    page.fill("#id_stem_vi", "Loa phát mấy giờ?")
    page.fill("#id_text0_vi", "Năm giờ")
    page.fill("#id_text1_vi", "Mười giờ")
    save(page)
    assert page.locator(".err-sum").count() == 1  # no answer is marked as right
    page.locator("input[name=correct][value='0']").check(force=True)
    save(page)
    expect(page.locator(".q-list > li")).to_have_count(before + 1)
    with page.expect_navigation():
        page.locator(".q-list > li").last.locator("button[value=up]").click()
    assert "Loa phát mấy giờ?" in page.locator(".q-list > li").nth(before - 1).inner_text()


@pytest.mark.parametrize(("name", "tag"), [("c1-u1-text", "text"), ("c1-u1-audio", "video")])
def test_editors_fit_a_phone(phone: Page, name: str, tag: str) -> None:
    sign_in(phone, TRAINER)
    editor(phone, name, tag)
    audit(phone)
    fits(phone)
