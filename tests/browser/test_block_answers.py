"""Every block of other people as learners meet it: shown, answered, still answered after a reload.

axe looks at the frame before and after the answer. What it finds is the package's; what we could mend
from outside, we did (frontend/src/player/names.ts, frontend/styles/player/).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import Site
from tests.browser.foreign import (
    LEARNER,
    Act,
    findings,
    frame,
    inside,
    install,
    state_of,
    visit,
    window,
)

pytest.importorskip("xblocks_contrib")
CODE = "KHOI"
# Rule ids of axe by block, see docs/blocks.md. A new one fails.
KNOWN: dict[str, set[str]] = {
    # The card is a button called "Card 1 of 2", not by what stands on it.
    "flashcards": {"label-content-name-mismatch"},
}


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Any:
    install(site, tmp_path_factory.mktemp("blocks"), CODE)
    return state_of(browser, site, LEARNER)


@pytest.fixture
def learner(browser: Browser, site: Site, signed_in: Any) -> Iterator[Page]:
    with window(browser, site, signed_in) as page:
        yield page


def say_feedback(block: FrameLocator) -> None:
    block.locator(".feedback_radio").nth(1).check(force=True)
    expect(block.locator(".feedback_thank_you")).to_contain_text("Cảm ơn anh/chị đã đánh giá")
    block.locator(".feedback_freeform_area").fill("Nên có thêm ví dụ")
    block.locator(".feedback_submit_feedback").click()
    expect(block.locator(".feedback_thank_you")).to_contain_text("Cảm ơn anh/chị đã góp ý")


def write_freely(block: FrameLocator) -> None:
    block.locator(".student_answer").fill("Sáng thứ hai có tiêm chủng")
    block.locator(".check.Submit").click()
    expect(block.locator(".submission-received")).to_contain_text("Đã nhận bài làm")


def compare(block: FrameLocator) -> None:
    block.locator("textarea.answer").fill("Kính thưa bà con")
    block.locator(".submit_button").click()
    expect(block.locator(".explanation")).to_be_visible()
    expect(block.locator(".submit_button")).to_have_value("Nộp lại")


def open_point(block: FrameLocator) -> None:
    block.get_by_role("button", name="Điểm thứ nhất").click()
    expect(block.get_by_text("Giải thích ngắn về điểm này.")).to_be_visible()


def choose_next(block: FrameLocator) -> None:
    block.get_by_text("Gọi hỏi xã").click()
    block.get_by_role("button", name="Chọn").click()
    expect(block.get_by_text("Xã xác nhận đập an toàn")).to_be_visible()


def send_words(block: FrameLocator) -> None:
    for place, word in enumerate(("loa", "bản tin", "bà con")):
        block.locator(".input-cloud").nth(place).fill(word)
    block.locator("button.save").click()
    expect(block.locator(".your_words")).to_contain_text("bản tin")


def vote(block: FrameLocator) -> None:
    block.get_by_label("Buổi chiều").check()
    block.locator(".submit").click()
    expect(block.locator(".poll-results")).to_contain_text("100%")


def take_survey(block: FrameLocator) -> None:
    block.locator("tr.survey-row input[type=radio]").first.check()
    block.locator(".submit").click()
    expect(block.locator(".survey-percentage").first).to_contain_text("100%")


def mark_done(block: FrameLocator) -> None:
    switch = block.locator(".done_onoffswitch-checkbox")
    switch.focus()
    switch.press(" ")
    expect(switch).to_be_checked()


def drop_by_keyboard_and_mouse(block: FrameLocator) -> None:
    bank, zones = block.locator(".item-bank .option"), block.locator(".zone")
    expect(bank).to_have_count(3)
    bank.first.press("Control+m")
    zones.first.press("Control+m")
    expect(zones.first.locator(".option")).to_have_count(1)
    block.locator(".popup .close-feedback-popup-button").first.click()
    bank.first.drag_to(zones.nth(1))
    expect(zones.nth(1).locator(".option")).to_have_count(1)


def submit(block: FrameLocator) -> None:
    block.locator("button.submit").click()
    expect(block.locator(".notification-submit, .notification.success").first).to_contain_text("Đúng")


def choose_one(block: FrameLocator) -> None:
    block.get_by_label("Kiểm tra nguồn tin").check()
    submit(block)


def choose_many(block: FrameLocator) -> None:
    block.get_by_label("Cổng thông tin của xã").check()
    block.get_by_label("Công văn có dấu").check()
    submit(block)


def choose_from_list(block: FrameLocator) -> None:
    block.locator("select").select_option(label="Chủ tịch Ủy ban nhân dân xã")
    submit(block)


def type_number(block: FrameLocator) -> None:
    block.locator("input[type=text]").fill("2")
    submit(block)


def type_words(block: FrameLocator) -> None:
    block.locator("input[type=text]").fill("Tin giả")
    submit(block)


def has_value(selector: str, value: str) -> Act:
    return lambda block: expect(block.locator(selector)).to_have_value(value)


def is_checked(label: str) -> Act:
    return lambda block: expect(block.get_by_label(label)).to_be_checked()


def shows(text: str) -> Act:
    return lambda block: expect(block.get_by_text(text).first).to_be_visible()


def says(selector: str, text: str) -> Act:
    return lambda block: expect(block.locator(selector).first).to_contain_text(text)


def counts(selector: str, number: int) -> Act:
    return lambda block: expect(block.locator(selector)).to_have_count(number)


ANSWERS: dict[str, tuple[Act, Act]] = {
    "feedback": (say_feedback, has_value(".feedback_freeform_area", "Nên có thêm ví dụ")),
    "freetextresponse": (write_freely, has_value(".student_answer", "Sáng thứ hai có tiêm chủng")),
    "submit-and-compare": (compare, has_value("textarea.answer", "Kính thưa bà con")),
    "image-explorer": (open_point, counts(".visited", 1)),
    "branching_xblock": (choose_next, shows("Xã xác nhận đập an toàn")),
    "word_cloud": (send_words, shows("bản tin")),
    "poll": (vote, says(".poll-results", "100%")),
    "survey": (take_survey, says(".survey-percentage", "100%")),
    "done": (mark_done, lambda block: expect(block.locator(".done_onoffswitch-checkbox")).to_be_checked()),
    "drag-and-drop-v2": (drop_by_keyboard_and_mouse, counts(".zone .option", 2)),
    "problem-mc": (choose_one, is_checked("Kiểm tra nguồn tin")),
    "problem-cb": (choose_many, is_checked("Công văn có dấu")),
    "problem-dd": (choose_from_list, shows("Anh/chị đã dùng 1 trên 3 lượt")),
    "problem-num": (type_number, has_value("input[type=text]", "2")),
    "problem-text": (type_words, has_value("input[type=text]", "Tin giả")),
}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_an_answer_is_there_after_a_reload(learner: Page, site: Site, name: str) -> None:
    answer, still_there = ANSWERS[name]
    block = visit(learner, CODE, name)
    before = findings(learner, site)
    answer(block)
    after = findings(learner, site)
    learner.reload()
    still_there(frame(learner))
    assert before | after == KNOWN.get(name, set())


def enlarge(block: FrameLocator) -> None:
    block.locator("button.fullscreen").click()
    expect(block.locator(".curtain img")).to_be_visible()


def turn_card(block: FrameLocator) -> None:
    block.get_by_text("BẮT ĐẦU").click()
    expect(block.locator(".card-content").first).to_have_text("Tin giả")


def unfold(block: FrameLocator) -> None:
    block.get_by_text("Ai được phát loa?").click()
    expect(block.get_by_text("Cán bộ được giao nhiệm vụ.")).to_be_visible()


def open_remark(block: FrameLocator) -> None:
    block.locator(".annotatable-span").first.click()
    expect(block.get_by_text("Nói rõ ai thông báo và vào lúc nào.")).to_be_visible()


def read_markdown(block: FrameLocator) -> None:
    expect(block.locator("h2")).to_have_text("Ba việc cần nhớ")
    expect(block.locator("strong")).to_have_text("nguồn tin")


def find_pdf(block: FrameLocator) -> None:
    expect(block.get_by_role("link", name="Tải tệp PDF")).to_have_attribute("href", ANY_PDF)


ANY_PDF = re.compile(r"/a/[0-9a-f]{64}/lich\.pdf$")
SHOWN: dict[str, Act] = {
    "imagemodal": enlarge,
    "flashcards": turn_card,
    "accordion": unfold,
    "annotatable": open_remark,
    "markdown": read_markdown,
    "pdf": find_pdf,
}


@pytest.mark.parametrize("name", list(SHOWN))
def test_what_has_no_answer_can_be_used(learner: Page, site: Site, name: str) -> None:
    block = visit(learner, CODE, name)
    before = findings(learner, site)
    SHOWN[name](block)
    assert before | findings(learner, site) == KNOWN.get(name, set())


def test_a_remark_opens_and_closes_by_keyboard(learner: Page) -> None:
    block = visit(learner, CODE, "annotatable")
    remark = block.get_by_text("Nói rõ ai thông báo và vào lúc nào.")
    block.locator(".annotatable-toggle-annotations").focus()
    learner.keyboard.press("Tab")
    expect(block.locator(".annotatable-span")).to_be_focused()
    expect(remark).to_be_visible()
    learner.keyboard.press("Escape")
    expect(remark).to_be_hidden()
    learner.keyboard.press("Enter")
    expect(remark).to_be_visible()
    learner.keyboard.press("Shift+Tab")
    expect(remark).to_be_hidden()


def test_every_block_fits_a_phone_in_the_dark(browser: Browser, site: Site, signed_in: Any) -> None:
    """Neither the page nor the frame scrolls sideways."""
    too_wide = []
    with window(browser, site, signed_in, width=390, is_dark=True) as page:
        for name in [*ANSWERS, *SHOWN]:
            visit(page, CODE, name)
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                for document in (page.main_frame, inside(page, site)):
                    if document.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        too_wide.append((name, width, document.url))
    assert too_wide == []


def test_drag_and_drop_says_on_a_phone_that_it_scrolls(browser: Browser, site: Site, signed_in: Any) -> None:
    with window(browser, site, signed_in, width=390) as page:
        block = visit(page, CODE, "drag-and-drop-v2")
        box = block.locator(".drag-container")
        expect(box).to_be_visible()
        said = box.evaluate("e => getComputedStyle(e, '::before').content")
        assert said == '"Kéo ngang ảnh và các thẻ để xem hết."'
        expect(block.get_by_text("điểm (luyện tập)")).to_be_visible()
