"""The other blocks of other people in Chromium: answered, still answered after a reload, edited and saved."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests import make_packages
from tests.browser.conftest import ROOT, Site, sign_in

pytest.importorskip("xblocks_contrib")
LEARNER, AUTHOR = "hocvien.coso", "giangvien"
ENROL = """
from courses.models import Module
from lms.people.models import Person
from tests import make_courses
programme = make_courses.programme(Module.objects.get(code="KHOI"), code="TK", duty="TEST")
make_courses.enrolment(Person.objects.get(username="{learner}"), programme)
"""
PUBLISH = """
from courses.actions.publish import publish_module
from courses.models import Module
from lms.shared.actors import SYSTEM
publish_module(module=Module.objects.get(code="KHOI"), by=SYSTEM, note="Thử")
"""
Act = Callable[[FrameLocator], None]


@pytest.fixture(scope="module", autouse=True)
def blocks(site: Site) -> None:
    site.manage("import_olx", str(ROOT / "tests" / "fixtures" / "blocks"))
    site.manage("shell", "--no-imports", "-c", ENROL.format(learner=LEARNER))


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("block-frame iframe")


def visit(page: Page, name: str) -> FrameLocator:
    page.goto(f"/learn/KHOI/u-{name.replace('_', '-')}/")
    return frame(page)


def olx_of(site: Site, name: str) -> list[str]:
    """Every version of a block, oldest first."""
    code = (
        "from courses.models import BlockVersion\n"
        f"for v in BlockVersion.objects.filter(usage_key__endswith='block@{name}').order_by('number'):"
        " print(v.olx.replace(chr(10), ' '))"
    )
    return site.manage("shell", "--no-imports", "-c", code).strip().splitlines()


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
    block.locator(".image-explorer-hotspot").first.click()
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


ANSWERS: dict[str, tuple[Act, Act]] = {
    "feedback": (say_feedback, has_value(".feedback_freeform_area", "Nên có thêm ví dụ")),
    "freetextresponse": (write_freely, has_value(".student_answer", "Sáng thứ hai có tiêm chủng")),
    "submit-and-compare": (compare, has_value("textarea.answer", "Kính thưa bà con")),
    "image-explorer": (open_point, lambda block: expect(block.locator(".visited")).to_have_count(1)),
    "branching_xblock": (choose_next, shows("Xã xác nhận đập an toàn")),
    "word_cloud": (send_words, shows("bản tin")),
    "problem-mc": (choose_one, is_checked("Kiểm tra nguồn tin")),
    "problem-cb": (choose_many, is_checked("Công văn có dấu")),
    "problem-dd": (choose_from_list, shows("Anh/chị đã dùng 1 trên 3 lượt")),
    "problem-num": (type_number, has_value("input[type=text]", "2")),
    "problem-text": (type_words, has_value("input[type=text]", "Tin giả")),
}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_an_answer_is_there_after_a_reload(desktop: Page, name: str) -> None:
    answer, still_there = ANSWERS[name]
    sign_in(desktop, LEARNER)
    answer(visit(desktop, name))
    desktop.reload()
    still_there(frame(desktop))


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
def test_what_has_no_answer_can_be_used(desktop: Page, name: str) -> None:
    sign_in(desktop, LEARNER)
    SHOWN[name](visit(desktop, name))


def edit(page: Page, tag: str, name: str = "") -> FrameLocator:
    page.goto(f"/parts/KHOI/block-v1:LanToa+KHOI+2026+type@{tag}+block@{name or tag}/?mode=draft")
    return frame(page)


def save_button(block: FrameLocator) -> Locator:
    return block.locator(".save-button, .action-save, .save-btn").first


def fill(selector: str, text: str) -> Act:
    return lambda block: block.locator(selector).first.fill(text)


def code(text: str) -> Act:
    """Into a CodeMirror field."""

    def type_it(block: FrameLocator) -> None:
        block.locator(".CodeMirror").click()
        block.locator(".CodeMirror textarea").press("Control+a")
        block.locator(".CodeMirror textarea").press_sequentially(text)

    return type_it


EDITS: dict[str, tuple[Act, str]] = {
    "feedback": (fill("input[name=freeform]", "Còn thiếu gì nữa?"), "Còn thiếu gì nữa?"),
    "freetextresponse": (fill("#xb-field-edit-prompt", "Viết hai câu."), "Viết hai câu."),
    "submit-and-compare": (
        fill("#submit_and_compare_edit_our_answer_label", "Gợi ý của chúng tôi:"),
        "Gợi ý của chúng tôi:",
    ),
    "image-explorer": (fill("input[type=text]", "Bàn phát thanh"), "Bàn phát thanh"),
    "imagemodal": (fill("#xb-field-edit-alt_text", "Sơ đồ mới"), "Sơ đồ mới"),
    "word_cloud": (fill("#xb-field-edit-instructions", "Viết ba từ."), "Viết ba từ."),
    "annotatable": (code("<annotatable><p>Bài mới</p></annotatable>"), "Bài mới"),
    "pdf": (fill("#pdf_edit_url", "/static/moi.pdf"), "/static/moi.pdf"),
}


@pytest.mark.parametrize("tag", list(EDITS))
def test_a_save_in_the_studio_is_a_new_version(desktop: Page, site: Site, tag: str) -> None:
    change, kept = EDITS[tag]
    sign_in(desktop, AUTHOR)
    block = edit(desktop, tag)
    change(block)
    with desktop.expect_response(lambda response: "/h/" in response.url and response.status == 200):
        save_button(block).click()

    assert kept in olx_of(site, tag)[-1]
    assert kept not in olx_of(site, tag)[0]


def test_a_scorm_package_is_uploaded_played_and_marked(desktop: Page, site: Site, tmp_path: Path) -> None:
    sign_in(desktop, AUTHOR)
    block = edit(desktop, "scorm")
    block.locator("#scorm_file").set_input_files(make_packages.scorm(tmp_path))
    with desktop.expect_response("**/studio_submit"):
        save_button(block).click()
    site.manage("shell", "--no-imports", "-c", PUBLISH)
    desktop.context.clear_cookies()

    sign_in(desktop, LEARNER)
    played = visit(desktop, "scorm")
    with desktop.expect_response("**/scorm_set_values"):
        played.frame_locator("iframe.scorm-embedded").get_by_role("button", name="Xong").click()
    expect(played.locator(".grade")).to_have_text("0.8")
    desktop.reload()
    expect(frame(desktop).locator(".grade")).to_contain_text("0,8")
    expect(frame(desktop).locator(".completion-status")).to_have_text("đã hoàn thành")


def test_an_h5p_package_is_uploaded_played_and_completed(desktop: Page, site: Site, tmp_path: Path) -> None:
    sign_in(desktop, AUTHOR)
    block = edit(desktop, "h5pxblock")
    block.locator("#xb_h5p_file").set_input_files(make_packages.h5p(tmp_path))
    with desktop.expect_response("**/studio_submit"):
        save_button(block).click()
    site.manage("shell", "--no-imports", "-c", PUBLISH)
    desktop.context.clear_cookies()

    sign_in(desktop, LEARNER)
    played = visit(desktop, "h5pxblock").frame_locator("iframe.h5p-iframe")
    with desktop.expect_response("**/result_handler") as answered:
        played.get_by_role("button", name="Xong").click()
    assert answered.value.json()["result"]["save_completion"] is True
