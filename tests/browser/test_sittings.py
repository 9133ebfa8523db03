"""A sitting as its people see it: the code, more time while somebody sits, and the grid of an exam."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.test_studio_editors import looks_right

TRAINER, LEARNER, NAME = "giangvien", "hocvien.doingoai", "Hoàng Thị Mẫu"
QUIZ = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"
SITTING = f"/studio/C1/quizzes/{QUIZ}/sitting/"
EXAM = "/studio/GX/quizzes/block-v1:LanToa+GX+2026+type@quiz+block@g-exam-quiz/"


def test_a_code_is_asked_and_more_time_reaches_the_learner(
    desktop: Page, browser: Browser, site: Site
) -> None:
    trainer = desktop
    sign_in(trainer, TRAINER)
    set_code(trainer, "Hoa Ban")
    context = browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 390, "height": 844})
    learner = context.new_page()
    sign_in(learner, LEARNER)
    learner.goto("/programmes/G/")
    if learner.locator("form[action*='enrol'] button").count():
        learner.locator("form[action*='enrol'] button").first.click()
    learner.goto(f"/quiz/{QUIZ}/")
    learner.fill("#code", "sai rồi")
    learner.click("form[action$='/start/'] button")
    looks_right(learner)
    learner.fill("#code", "HOABAN")
    learner.click("form[action$='/start/'] button")
    timer = learner.locator("quiz-timer")
    before = str(timer.get_attribute("data-ends"))

    trainer.fill("#q", "hoang thi mau")
    trainer.press("#q", "Enter")
    trainer.check(f"label:has-text('{NAME}') input")
    trainer.fill("[name=extra_minutes]", "10")
    trainer.fill("[name=reason]", "Máy tính khởi động lại")
    looks_right(trainer)
    trainer.click("button[value=give]")
    learner.locator("label.opt input").first.check()

    expect(timer).not_to_have_attribute("data-ends", before)
    context.close()
    set_code(trainer, "")


def set_code(trainer: Page, code: str) -> None:
    trainer.goto(SITTING)
    trainer.fill("#code", code)
    trainer.click("button[value=code]")
    expect(trainer.locator("#code")).to_have_value(code)


def test_the_exam_s_grid_and_the_pages_of_sittings_look_right(desktop: Page) -> None:
    sign_in(desktop, TRAINER)
    desktop.goto(EXAM)
    expect(desktop.locator("#pools-h")).to_be_visible()
    for address in (EXAM, "/sittings/", "/sittings/pace/", "/recap/"):
        desktop.goto(address)
        looks_right(desktop)
