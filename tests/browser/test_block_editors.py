"""Every block of other people in the studio: its editor opens, what is saved is a version, learners see it.

All editors are used first and the module is published once; then each test looks at its block.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, FrameLocator, Page, expect

from tests import make_packages
from tests.browser.conftest import Site
from tests.browser.foreign import (
    AUTHOR,
    LEARNER,
    PUBLISH,
    Act,
    edit,
    frame,
    install,
    run,
    state_of,
    versions,
    visit,
    window,
)

pytest.importorskip("xblocks_contrib")
CODE = "SOAN"
KEY = f"block-v1:LanToa+{CODE}+2026+type@{{}}+block@{{}}"
SAVE = ".save-button, .action-save, .save-btn, .xblock-actions > .action-primary"


def fill(selector: str, text: str) -> Act:
    return lambda block: block.locator(selector).first.fill(text)


def code(text: str) -> Act:
    """Into a CodeMirror field."""

    def type_it(block: FrameLocator) -> None:
        block.locator(".CodeMirror").first.click()
        writing = block.locator(".CodeMirror textarea").first
        writing.press("Control+a")
        writing.press_sequentially(text)

    return type_it


def later(selector: str, text: str, steps: int = 1) -> Act:
    """On a later page of an editor that has several."""

    def go_on(block: FrameLocator) -> None:
        expect(block.locator("label").first).to_be_visible()  # it loads its parts one by one
        for _ in range(steps):
            block.locator(".continue-button, .xblock-actions > .action-primary").first.click()
        block.locator(selector).first.fill(text)

    return go_on


def rich(selector: str, title: str, text: str) -> Act:
    """A title, and a text in a field with formatting: a document of its own inside the frame."""

    def write(block: FrameLocator) -> None:
        later(selector, title)(block)
        sheet = block.frame_locator("iframe.tox-edit-area__iframe").last.locator("body")
        sheet.fill(text)
        sheet.press("End")

    return write


def turn_first_card(block: FrameLocator) -> None:
    block.get_by_text("BẮT ĐẦU").click()
    block.get_by_role("button", name="Thẻ 1 trên 2").click()
    expect(block.get_by_text("Tin bịa để lừa người đọc").first).to_be_visible()


def unfold(block: FrameLocator) -> None:
    block.get_by_text("Ai phụ trách loa?").click()
    expect(block.get_by_text("Cán bộ văn hóa xã.")).to_be_visible()


def rename_drag_and_drop(block: FrameLocator) -> None:
    block.locator("input.display-name").fill("Xếp bậc")
    for _ in range(2):
        block.locator(".continue-button").click()


def shows(text: str) -> Act:
    return lambda block: expect(block.get_by_text(text).first).to_be_visible()


def has_alternative(text: str) -> Act:
    return lambda block: expect(block.get_by_alt_text(text).first).to_be_visible()


def compare(block: FrameLocator) -> None:
    block.locator("textarea.answer").fill("Kính thưa bà con")
    block.locator(".submit_button").click()
    expect(block.get_by_text("Gợi ý của chúng tôi:")).to_be_visible()


@dataclass(frozen=True)
class Case:
    """What is changed in the editor, what the OLX then has, what learners then see."""

    change: Act
    kept: str
    seen: Act


def case(change: Callable[[str], Act], text: str) -> Case:
    """Written, kept and seen with the same words."""
    return Case(change(text), text, shows(text))


EDITS: dict[str, Case] = {
    "feedback": case(lambda t: fill("input[name=freeform]", t), "Còn thiếu gì nữa?"),
    "freetextresponse": case(lambda t: fill("#xb-field-edit-prompt", t), "Viết hai câu."),
    "submit-and-compare": Case(
        fill("#submit_and_compare_edit_our_answer_label", "Gợi ý của chúng tôi:"),
        "Gợi ý của chúng tôi:",
        compare,
    ),
    "image-explorer": case(lambda t: fill("input[type=text]", t), "Bàn phát thanh"),
    "imagemodal": Case(
        fill("#xb-field-edit-alt_text", "Sơ đồ mới"), "Sơ đồ mới", has_alternative("Sơ đồ mới")
    ),
    "word_cloud": case(lambda t: fill("#xb-field-edit-instructions", t), "Viết ba từ."),
    "annotatable": Case(code("<annotatable><p>Bài mới</p></annotatable>"), "Bài mới", shows("Bài mới")),
    "pdf": case(lambda t: fill("#pdf_edit_display_name", t), "Lịch phát thanh mới"),
    "poll": case(lambda t: fill("#poll-question-editor", t), "Kênh nào tới bà con nhanh nhất?"),
    "survey": case(lambda t: fill("input[name^=question-label]", t), "Bài dễ hiểu không?"),
    "drag-and-drop-v2": Case(rename_drag_and_drop, 'display_name="Xếp bậc"', shows("Xếp bậc")),
    "flashcards": Case(
        rich("#flashcards-title", "Bộ thẻ về tin giả", "Tin bịa để lừa người đọc"),
        "Tin bịa để lừa người đọc",
        turn_first_card,
    ),
    "accordion": Case(
        rich("#accordion-title", "Ai phụ trách loa?", "Cán bộ văn hóa xã."),
        "Ai phụ trách loa?",
        unfold,
    ),
    "markdown": Case(code("## Bốn việc cần nhớ"), "## Bốn việc cần nhớ", shows("Bốn việc cần nhớ")),
    "branching_xblock": Case(
        later(".bx-textarea textarea, textarea", "<p>Nước sông lên nhanh.</p>"),
        "Nước sông lên nhanh.",
        shows("Nước sông lên nhanh."),
    ),
}


@dataclass
class Saved:
    """What the author did: what went wrong by block, and every version of every block."""

    author: Any
    learner: Any
    wrong: dict[str, str] = field(default_factory=dict)
    olx: dict[str, list[str]] = field(default_factory=dict)


def save(page: Page, block: FrameLocator) -> None:
    def is_save(response: Any) -> bool:
        return "/h/" in response.url and "X-Block-Version".lower() in response.headers

    with page.expect_response(is_save) as answered:
        block.locator(SAVE).locator("visible=true").first.click()
    assert answered.value.status == 200
    page.wait_for_url(f"**/studio/{CODE}/")  # the editor says that it is done


@pytest.fixture(scope="module")
def saved(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    install(site, tmp_path_factory.mktemp("blocks"), CODE)
    files = tmp_path_factory.mktemp("packages")
    found = Saved(state_of(browser, site, AUTHOR), state_of(browser, site, LEARNER))
    uploads = {
        "scorm": ("#scorm_file", make_packages.scorm(files)),
        "h5pxblock": ("#xb_h5p_file", make_packages.h5p(files)),
    }
    with window(browser, site, found.author) as page:
        page.set_default_timeout(30_000)  # many blocks in one go, beside another browser
        for tag in [*EDITS, *uploads]:
            try:
                block = edit(page, CODE, tag)
                if tag in uploads:
                    selector, file = uploads[tag]
                    block.locator(selector).set_input_files(file)
                else:
                    EDITS[tag].change(block)
                save(page, block)
            except (AssertionError, Error) as error:
                found.wrong[tag] = str(error)
    run(site, PUBLISH, CODE)
    found.olx = versions(site, CODE)
    return found


@pytest.fixture
def learner(browser: Browser, site: Site, saved: Saved) -> Iterator[Page]:
    with window(browser, site, saved.learner) as page:
        yield page


@pytest.fixture
def author(browser: Browser, site: Site, saved: Saved) -> Iterator[Page]:
    with window(browser, site, saved.author) as page:
        yield page


@pytest.mark.parametrize("tag", list(EDITS))
def test_what_is_saved_in_the_studio_is_what_learners_see(learner: Page, saved: Saved, tag: str) -> None:
    assert saved.wrong.get(tag, "") == ""
    assert EDITS[tag].kept in saved.olx[tag][-1]
    assert EDITS[tag].kept not in saved.olx[tag][0]
    EDITS[tag].seen(visit(learner, CODE, tag))


def test_done_has_an_editor_with_nothing_to_save(author: Page) -> None:
    block = edit(author, CODE, "done")
    expect(block.get_by_text("Khối này rất đơn giản")).to_be_visible()
    expect(block.locator(SAVE)).to_have_count(0)


def test_a_problem_is_edited_as_olx(author: Page, site: Site, saved: Saved) -> None:
    """Its package has no studio view; ours shows the question's own XML and refuses what is none."""
    author.goto(f"/studio/{CODE}/blocks/{KEY.format('problem', 'problem-mc')}/")
    olx = author.locator("textarea[name=olx]")
    olx.fill(olx.input_value().replace("Xóa bài và im lặng", "Chờ xem sao"))
    with author.expect_navigation():
        author.click("button[name=stay]:not([aria-hidden])")
    run(site, PUBLISH, CODE)
    with window(author.context.browser or pytest.fail("no browser"), site, saved.learner) as learner:
        shows("Chờ xem sao")(visit(learner, CODE, "problem-mc"))


def test_poll_editor_speaks_vietnamese_and_german(browser: Browser, site: Site, saved: Saved) -> None:
    with window(browser, site, saved.author) as page:
        block = edit(page, CODE, "poll")
        expect(block.get_by_label("Câu hỏi")).to_be_visible()
        expect(block.locator("#poll-private-results option").first).to_have_text("Có")
        expect(block.get_by_text("Maximum Submissions")).to_have_count(0)
        page.context.add_cookies([{"name": "django_language", "value": "de", "url": site.url}])
        expect(edit(page, CODE, "poll").get_by_label("Frage")).to_be_visible()


def test_an_editor_that_is_left_changes_nothing(author: Page, site: Site, saved: Saved) -> None:
    edit(author, CODE, "survey").locator(".cancel-button").click()
    author.wait_for_url(f"**/studio/{CODE}/")
    assert versions(site, CODE)["survey"] == saved.olx["survey"]


def test_a_scorm_package_is_played_marked_and_remembered(learner: Page, saved: Saved) -> None:
    assert saved.wrong.get("scorm", "") == ""
    played = visit(learner, CODE, "scorm")
    with learner.expect_response("**/scorm_set_values"):
        played.frame_locator("iframe.scorm-embedded").get_by_role("button", name="Xong").click()
    expect(played.locator(".grade")).to_have_text("0.8")
    learner.reload()
    expect(frame(learner).locator(".grade")).to_contain_text("0,8")
    expect(frame(learner).locator(".completion-status")).to_have_text("đã hoàn thành")


def test_an_h5p_package_is_played_and_completed(learner: Page, saved: Saved) -> None:
    assert saved.wrong.get("h5pxblock", "") == ""
    played = visit(learner, CODE, "h5pxblock").frame_locator("iframe.h5p-iframe")
    with learner.expect_response("**/result_handler") as answered:
        played.get_by_role("button", name="Xong").click()
    assert answered.value.json()["result"]["save_completion"] is True
    learner.reload()
    expect(learner.locator("[data-standing-line]")).to_contain_text(re.compile(r"\d+/\d+"))
    expect(frame(learner).frame_locator("iframe.h5p-iframe").get_by_text("Xin chào H5P")).to_be_visible()
