"""A trainer's whole journey, by clicks: from an announced module to learners reading it.

Every click and every filled field is counted and every page is looked at. The clicks must fit into five
minutes; how long the site itself took is printed, and kept beside the pictures when LANTOA_PICTURES
names a folder for them.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests import make_media
from tests.browser.conftest import ROOT, Site, pages, sign_in
from tests.browser.test_journey import audit, fits, sign_out
from tests.browser.test_review import picture

pytest.importorskip("poll")
MODULE = "P2"  # announced in the press programme, not written yet
SECONDS = 300
PER_CLICK = 2.5  # to find the next thing on the page and to press it
CAPTIONS = ROOT / "content" / "c1" / "static" / "c1-u1.vi.vtt"


class Hand:
    """A hand at the mouse that counts what it does, and a camera beside it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.fields = 0
        self.waited = 0.0
        self.shots = 0

    @contextmanager
    def timed(self) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.waited += time.monotonic() - begun

    def click(self, place: str | Locator, *, leads_on: bool = False) -> None:
        """Press it; `leads_on` waits for the page it leads to."""
        target = self.page.locator(place).first if isinstance(place, str) else place
        self.clicks += 1
        with self.timed():
            if leads_on:
                with self.page.expect_navigation():
                    target.click()
            else:
                target.click()

    def go(self, place: str | Locator) -> None:
        self.click(place, leads_on=True)

    def fill(self, place: str | Locator, words: str) -> None:
        target = self.page.locator(place).first if isinstance(place, str) else place
        self.fields += 1
        with self.timed():
            target.fill(words)

    def type(self, words: str) -> None:
        self.fields += 1
        with self.timed():
            self.page.keyboard.type(words)

    def look(self, name: str) -> None:
        """The page as it stands: clean for the audit, no sideways scroll, a picture."""
        audit(self.page)
        fits(self.page)
        self.shots += 1
        picture(self.page, f"journey-{self.shots:02}-{name}")

    def figures(self) -> dict[str, float]:
        return {
            "clicks": self.clicks,
            "fields": self.fields,
            "seconds_of_the_site": round(self.waited, 1),
            "seconds_with_the_hand": round(self.waited + self.clicks * PER_CLICK, 1),
        }


@pytest.fixture
def hand(desktop: Page) -> Hand:
    return Hand(desktop)


@pytest.fixture
def phone_page(browser: Browser, site: Site) -> Iterator[Page]:
    """The learner's phone."""
    yield from pages(
        browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 390, "height": 844})
    )


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("block-frame iframe")


def add_block(hand: Hand, unit: int, block_type: str) -> None:
    """From the outline through the library into the block's editor."""
    hand.go(hand.page.locator(".o-unit").nth(unit).locator(".o-add a"))
    if hand.page.locator(".o-unit").count():  # the unit was closed; now it is open
        hand.go(hand.page.locator(".o-unit").nth(unit).locator(".o-add a"))
    if block_type == "text":
        hand.look("library")
    hand.go(f"button[name=type][value={block_type}]")


def begin(hand: Hand) -> None:
    """The announced module, its sections and units."""
    hand.look("studio")
    hand.go(f"a[href='/studio/new/?code={MODULE}']")
    assert hand.page.input_value("#id_code") == MODULE
    hand.look("new-module")
    hand.go("main form button.btn[type=submit]")
    hand.look("empty-module")
    hand.click(".o-new-sec > summary")
    hand.fill("#new-section", "Kiểm tra")
    hand.go(".o-new-sec form button")
    for section, title in ((0, "Đọc bảng số liệu"), (1, "Bài kiểm tra")):
        rows = hand.page.locator(".o-sec").nth(section)
        form = rows.locator("form[action$='/outline/units/']")
        if not form.is_visible():
            hand.click(rows.locator(".o-new > summary"))
        hand.fill(form.locator("input[name^=title_]"), title)
        hand.go(form.locator("button"))
    hand.look("two-units")


def add_to_library(hand: Hand, sound: Path) -> None:
    """A sound file with what must be known of it: declared first, then sent in parts, then described."""
    page = hand.page
    hand.go("nav.main a[href='/library/']")
    hand.look("media")
    hand.go("a[href='/library/new/']")
    hand.click(chosen(page, "declares_no_secret"))
    page.set_input_files("input[type=file]", sound)
    hand.fields += 1
    page.wait_for_selector(".media-progress[data-state=done]")
    hand.fill("input[name=title_vi]", "Cách đọc một con số")
    hand.fill("input[name=source]", "Giảng viên tự ghi âm")
    page.select_option("select[name=licence]", "own")
    hand.fields += 1
    hand.click(chosen(page, "consent", "nobody"))
    hand.click(chosen(page, "ai_label", "none"))
    hand.look("media-new")
    hand.go("main form button[type=submit].btn")
    hand.look("media-item")
    hand.go("nav.main a[href='/studio/']")


def chosen(page: Page, name: str, value: str = "") -> Locator:
    """The words beside a box or radio button: what people press."""
    said = f"[value='{value}']" if value else ""
    return page.locator("label", has=page.locator(f"input[name={name}]{said}"))


def write_text(hand: Hand) -> None:
    """A heading, a paragraph with its source, a list."""
    add_block(hand, 0, "text")
    page = hand.page
    hand.fill("#id_title_vi", "Trước khi đọc một con số")
    hand.click("[data-language=vi] [contenteditable=true]")
    hand.type("Ba câu hỏi đầu tiên")
    page.keyboard.press("Control+Alt+1")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Alt+0")
    hand.type("Mỗi con số có một nguồn, một ngày và một mẫu số.")
    page.keyboard.press("Control+Alt+c")
    hand.fill("#ask-lines", "8-12")
    hand.look("citation")
    hand.click("dialog button[type=submit]")
    page.locator("[data-language=vi] sup.cite").wait_for()
    page.wait_for_function(
        "document.activeElement.isContentEditable && !document.querySelector('dialog[open]')"
    )
    page.keyboard.press("Enter")
    hand.type("Ai đếm?")
    page.keyboard.press("Control+Shift+8")
    for words in ("Đếm ngày nào?", "Trên tổng số bao nhiêu?"):
        page.keyboard.press("Enter")
        hand.type(words)
    written = page.locator("[data-language=vi] [contenteditable=true]")
    assert written.locator("h3").count() == 1
    items = [item for item in written.locator("ul > li").all_inner_texts() if item.strip()]
    assert items == ["Ai đếm?", "Đếm ngày nào?", "Trên tổng số bao nhiêu?"]
    assert written.locator("sup.cite[data-lines='8-12']").count() == 1
    hand.look("text")
    hand.go("button[name=back]")


def add_recording(hand: Hand) -> None:
    """A sound file of the media library, captions from a file, and the label the law asks for."""
    add_block(hand, 0, "video")
    page = hand.page
    hand.fill("#id_title_vi", "Nghe bài này")
    hand.click(chosen(page, "kind", "audio"))
    hand.click("[data-language=vi] [data-open]")
    page.locator("dialog [data-place] button").first.wait_for()
    hand.look("picker")
    hand.click("dialog [data-place] button")
    expect(page.locator("#id_file_vi")).to_have_value(re.compile("^/static/"))
    page.set_input_files("#id_upload_vi", CAPTIONS)
    hand.fields += 1
    hand.click(chosen(page, "ai_content", "none"))
    hand.click(chosen(page, "declares_no_secret"))
    hand.look("recording")
    hand.go("button[name=back]")
    assert page.locator(".o-block").count() == 2


def add_poll(hand: Hand) -> None:
    """A block of another maker, written in its own editor inside its frame."""
    add_block(hand, 0, "poll")
    editor = frame(hand.page)
    hand.fill(editor.locator("#poll-question-editor"), "Kênh nào tới được bà con nhanh nhất?")
    hand.look("poll")
    hand.go(editor.locator(".save-button"))
    assert hand.page.locator(".o-block").count() == 3


def write_quiz(hand: Hand) -> None:
    """The module's test, of two questions with their sources."""
    add_block(hand, 1, "quiz")
    page = hand.page
    hand.click(chosen(page, "kind", "module"))
    hand.fill("#id_title_vi", "Kiểm tra mô-đun")
    hand.go("button[name=stay]:not([aria-hidden])")
    for stem, right, wrong in (
        ("Con số nào cũng cần gì?", "Một nguồn và một ngày", "Một biểu đồ"),
        ("Tỷ lệ 60% nói lên điều gì?", "Chưa đủ, còn thiếu mẫu số", "Đa số người dân đồng ý"),
    ):
        hand.go("a[href$='/question/']")
        hand.go("a[href$='kind=single']")
        hand.fill("#id_stem_vi", stem)
        hand.fill("#id_text0_vi", right)
        hand.fill("#id_text1_vi", wrong)
        hand.fill("#id_why0_vi", "Không có nguồn thì không kiểm tra được.")
        hand.fill("#id_why1_vi", "Không phải điều cần trước hết.")
        hand.fill("#id_explanation_vi", "Xem lại bài đọc.")
        hand.click("language-switch button[value=en]")
        for field, words in (
            ("stem", "What does every figure need?"),
            ("text0", "A source and a date"),
            ("text1", "A chart"),
            ("why0", "Without a source nobody can check it."),
            ("why1", "Not what it needs first."),
            ("explanation", "Read the unit again."),
        ):
            hand.fill(f"#id_{field}_en", words)
        hand.click(chosen(page, "correct", "0"))
        page.select_option("#id_cite0_source", index=1)
        hand.fields += 1
        hand.look("question")
        hand.go("button[name=stay]:not([aria-hidden])")
        assert page.locator(".err-sum").count() == 0
    expect(page.locator(".q-list > li")).to_have_count(2)
    hand.look("quiz")
    hand.go(f".crumb a[href='/studio/{MODULE}/']")


def preview(hand: Hand) -> None:
    """As on a phone, and as a learner: a vote that nobody counts."""
    page = hand.page
    hand.go(".flow a[href$='width=phone']")
    expect(page.locator("sup.cite, .cite").first).to_be_visible()
    hand.look("preview-phone")
    hand.go(page.locator(".note nav.seg a").first)
    block = frame(page)
    hand.click(block.locator("input[type=radio]").first)
    hand.click(block.locator("input[type=submit], .submit").first)
    expect(block.locator(".poll-results")).to_contain_text("100%")
    hand.look("preview")
    hand.go(".note a[href*='/studio/']")


def submit(hand: Hand) -> None:
    hand.fill("[name=note]", "Mô-đun mới, đủ nguồn")
    hand.look("module")
    hand.go("form[action$='/submit/'] button[type=submit]")
    assert hand.page.locator(".err-sum").count() == 0
    hand.look("sent")


def decide(hand: Hand, username: str, reason: str) -> None:
    """Sign in, open what waits, say why, agree."""
    with hand.timed():
        sign_out(hand.page)
        sign_in(hand.page, username)
    hand.clicks += 2
    hand.go(hand.page.locator("a[href='/studio/reviews/']").last)
    hand.look(f"waiting-{username}")
    hand.go("#yours ~ table a")
    hand.fill("[name=reason]", reason)
    hand.look(f"decide-{username}")
    hand.go("#decide button.btn:not(.btn-2)")


def test_from_an_announced_module_to_the_learner_in_five_minutes_of_clicks(
    hand: Hand, phone_page: Page, tmp_path: Path
) -> None:
    sound = tmp_path / "con-so.mp3"
    sound.write_bytes(make_media.mp3(2_400, seed=11))
    sign_in(phone_page, "hocvien.baochi")
    phone_page.goto(f"/learn/{MODULE}/")
    assert phone_page.locator(".prose").count() == 0  # announced, nothing to read

    with hand.timed():
        sign_in(hand.page, "giangvien")
    hand.clicks += 1
    add_to_library(hand, sound)
    begin(hand)
    write_text(hand)
    add_recording(hand)
    add_poll(hand)
    write_quiz(hand)
    preview(hand)
    submit(hand)
    decide(hand, "thamdinh", "Nguồn đúng, câu hỏi rõ.")
    phone_page.goto(f"/learn/{MODULE}/")
    assert phone_page.locator(".prose").count() == 0  # approved is not published
    decide(hand, "dieuphoi", "Đủ ý kiến.")
    hand.look("published")

    read(phone_page)
    figures = hand.figures()
    print(json.dumps(figures))
    if folder := os.environ.get("LANTOA_PICTURES"):
        (Path(folder) / "journey.json").write_text(json.dumps(figures), encoding="utf-8")
    assert hand.clicks * PER_CLICK <= SECONDS


def read(page: Page) -> None:
    """What the learner has: text with its source, recording, poll; the trainer's own vote is not there."""
    page.goto("/")
    page.goto(f"/learn/{MODULE}/")
    main = page.locator("main")
    expect(main).to_contain_text("Ba câu hỏi đầu tiên")
    assert page.locator(".prose ul > li").count() >= 3
    assert page.locator("sup.cite, .prose .cite, .prose sup").count() >= 1
    audit(page)
    fits(page)
    picture(page, "journey-learner")
    block = frame(page)
    expect(block.locator("input[type=submit], .submit").first).to_be_visible()
    assert "Kênh nào tới được bà con nhanh nhất?" in block.locator("body").inner_text()
    page.goto(f"/learn/{MODULE}/?media=audio")
    assert page.locator("audio").count() == 1
