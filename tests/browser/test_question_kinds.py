"""Four kinds of question from the trainer's first word to the learner's result, with and without scripts."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site, pages, sign_in
from tests.browser.test_journey import audit, fits

TRAINER, LEARNERS = "giangvien", ("hocvien.baochi", "hocvien.doingoai")
QUIZ = "block-v1:LanToa+T9+2026+type@quiz+block@t9-quiz"
FORM = f"/studio/T9/quizzes/{QUIZ}/question/?question=new&kind="
MAKE = """
from io import BytesIO
from pathlib import Path
from PIL import Image
from lms.people.models import Person
from tests import make_courses
from tests.assessments.test_quiz_editor import question
picture = BytesIO()
Image.new("RGB", (400, 300), "white").save(picture, "PNG")
quiz = '<quiz url_name="t9-quiz" kind="module" display_name="Bốn kiểu">' + question("t9-q01") + "</quiz>"
files = {{"map.png": picture.getvalue()}}
module = make_courses.module(Path({folder!r}), {{"t9-u1": quiz}}, code="T9", files=files)
programme = make_courses.programme(module, code="T9")
for name in {learners!r}:
    make_courses.enrolment(Person.objects.get(username=name), programme)
"""
PUBLISH = """
from courses.actions.publish import publish_module
from courses.models import Module
from lms.shared.actors import SYSTEM
publish_module(module=Module.objects.get(code="T9"), by=SYSTEM)
"""


@pytest.fixture(scope="module")
def published(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A trainer writes four questions, three with scripts and one without, and they are published."""
    folder = str(tmp_path_factory.mktemp("olx") / "t9")
    site.manage("shell", "-c", MAKE.format(folder=folder, learners=LEARNERS))
    for page in pages(browser.new_context(base_url=site.url, locale="vi-VN")):
        sign_in(page, TRAINER)
        matching(page)
        number(page)
        cloze(page)
    plain = browser.new_context(base_url=site.url, locale="vi-VN", java_script_enabled=False)
    for page in pages(plain):
        sign_in(page, TRAINER)
        ordering_without_scripts(page)
    site.manage("shell", "-c", PUBLISH)
    return f"/quiz/{QUIZ}/"


def matching(page: Page) -> None:
    page.goto(f"/studio/T9/quizzes/{QUIZ}/question/")
    audit(page)
    with page.expect_navigation():  # its scripts have run then
        page.click("a[href*='kind=matching']")
    page.fill("#id_stem_vi", "Ghép phương tiện với giác quan.")
    for place, (left, right) in enumerate((("Loa", "Nghe"), ("Áp phích", "Nhìn"))):
        page.fill(f"#id_prompt{place}_vi", left)
        page.fill(f"#id_match{place}_vi", right)
    page.fill("#id_extra0_vi", "Ngửi")
    page.click("button[name=more][value=pair]")
    expect(page.locator("#id_prompt4_vi")).to_be_focused()
    # the preview follows the typing, drawn by the learners' own templates
    expect(page.locator("[data-preview] select")).to_have_count(2)
    expect(page.locator("[data-preview] li")).not_to_have_count(0)  # what is still to be done
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        audit(page)
        fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    finish(page)


def number(page: Page) -> None:
    page.goto(FORM + "number")
    page.fill("#id_stem_vi", "Gia tốc rơi tự do?")
    save(page)
    expect(page.locator(".err-sum")).to_be_visible()  # no number is accepted yet
    page.fill("#id_value0", "9,81")
    page.fill("#id_tolerance0", "0,01")
    page.fill("#id_unit_vi", "m/s²")
    finish(page)


def cloze(page: Page) -> None:
    page.goto(FORM + "cloze")
    page.fill("#id_text_vi", "Bản tin phát buổi [[=sáng|trưa]] tại [[Hà Nội|thủ đô]].")
    with page.expect_navigation():
        page.click("button[name=preview][value=gaps]")
    assert page.input_value("#id_text_vi") == "Bản tin phát buổi [[g1]] tại [[g2]]."
    expect(page.locator("[data-preview] .gaps select")).to_have_count(1)
    audit(page)
    finish(page)


def ordering_without_scripts(page: Page) -> None:
    page.goto(FORM + "ordering")
    page.fill("#id_stem_vi", "Xếp các bước.")
    for place, words in enumerate(("Thu thập", "Kiểm chứng", "Phát sóng")):
        page.fill(f"#id_item{place}_vi", words)
    page.click("button[name=more][value=item]")
    assert page.locator("#id_item4_vi").count() == 1
    page.locator("button[name=preview]").last.click()
    assert page.locator("[data-preview] select").count() == 3
    finish(page)


def finish(page: Page) -> None:
    """The explanation and the source that every question needs, then the draft."""
    page.fill("#id_explanation_vi", "Theo tài liệu.")
    page.select_option("#id_cite0_source", "S3")
    save(page)
    assert page.locator(".err-sum").count() == 0


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".ed-acts button[name=stay]:not([aria-hidden])").click()


def by_keyboard(control: Locator, words: str) -> None:
    """As somebody who has no pointer: to the control, then type."""
    control.focus()
    control.page.keyboard.type(words)


def answer(page: Page, *, has_scripts: bool) -> None:
    """One question, whatever its kind."""
    stem = page.locator("fieldset h1").inner_text()
    menus, fields = page.locator("fieldset select"), page.locator("fieldset input[type=text]")
    if "Hỏi" in stem:
        page.get_by_label("a t9-q01").focus()
        page.keyboard.press("Space")
    elif "Ghép" in stem:
        choose(menus, ("Nghe", "Ngửi"), has_scripts=has_scripts)
    elif "Xếp" in stem:
        places = {"Thu thập": "1", "Kiểm chứng": "3", "Phát sóng": "2"}
        shown = [words.inner_text() for words in page.locator("fieldset .menu > span").all()]
        choose(menus, tuple(places[words] for words in shown), has_scripts=has_scripts)
    elif "Gia tốc" in stem:
        by_keyboard(fields.first, "9,815")
    else:
        choose(menus, ("sáng",), has_scripts=has_scripts)
        by_keyboard(fields.first, "ha noi")
    if has_scripts:
        audit(page)
    with page.expect_navigation():
        page.locator("#answer button[type=submit]").focus()
        page.keyboard.press("Enter")


def choose(menus: Locator, wanted: tuple[str, ...], *, has_scripts: bool) -> None:
    assert menus.count() == len(wanted)
    for place, words in enumerate(wanted):
        if has_scripts:
            menus.nth(place).focus()
            labels = menus.nth(place).locator("option").all_inner_texts()
            for _step in range(labels.index(words)):
                menus.page.keyboard.press("ArrowDown")
            expect(menus.nth(place).locator("option:checked")).to_have_text(words)
        else:
            menus.nth(place).select_option(label=words)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_learner_answers_by_keyboard_and_sees_each_part(
    browser: Browser, site: Site, published: str, has_scripts: bool
) -> None:
    context = browser.new_context(base_url=site.url, locale="vi-VN", java_script_enabled=has_scripts)
    for page in pages(context):
        sign_in(page, LEARNERS[0 if has_scripts else 1])
        page.goto(published)
        with page.expect_navigation():
            page.click("main form button[type=submit]")
        for _question in range(5):
            answer(page, has_scripts=has_scripts)
        with page.expect_navigation():
            page.click("#hand-in button[type=submit]")
        assert page.url.endswith("/result/")
        result = page.locator("main").inner_text()
        # two right, one of two pairs, of two gaps, of three places; what is not right is listed by part
        assert "66%" in result
        for words in ("Loa", "Nghe", "Thu thập", "sáng", "ha noi"):
            assert words in result
        assert result.count("50%") == 2
        if has_scripts:
            audit(page)
            fits(page)


def test_questions_are_found_and_changed_together(desktop: Page, published: str) -> None:
    page = desktop
    sign_in(page, TRAINER)
    page.goto("/studio/questions/?module=T9&text=ghep+phuong+tien")
    assert page.locator("tbody tr").count() == 1
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        audit(page)
        fits(page)
    page.locator("input[name=name]").check()
    with page.expect_navigation():
        page.click("form[action$='/change/'] button[type=submit]")
    audit(page)
    page.select_option("#id_difficulty", "3")
    with page.expect_navigation():
        page.click("button[name=confirmed]")
    page.goto("/studio/questions/?module=T9&difficulty=3")
    assert page.locator("tbody tr").count() == 1
    page.click("tbody th a")
    assert page.locator("ins").count() == 1
    audit(page)


@pytest.mark.usefixtures("published")
def test_areas_are_drawn_with_a_pointer_and_with_numbers(desktop: Page) -> None:
    page = desktop
    sign_in(page, TRAINER)
    page.goto(FORM + "hotspot")
    page.fill("#id_stem_vi", "Chỗ nào?")
    with page.expect_navigation():
        page.select_option("#id_picture", "/static/map.png")
    svg = page.locator("[data-picture] svg")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 80)
    page.mouse.up()
    assert len(page.input_value("#id_coords0").split(",")) == 4
    page.select_option("#id_shape1", "circle")
    page.fill("#id_coords1", "60, 60, 20")
    expect(page.locator("[data-picture] circle")).to_have_count(1)
    expect(page.locator("[data-preview] svg g")).to_have_count(2)
    audit(page)
