"""The whole road: from a staff record to the indicator, as people walk it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.answers import plain, right_answers
from tests.browser.conftest import Site, sign_in

LEARNER = "hocvien.coso"
AXE = Path(__file__).resolve().parent.parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def audit(page: Page) -> None:
    """axe under the real CSP: the debugger may inject, the page's own policy stays in force."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "; true")
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    found = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in result["violations"]]
    assert found == [], page.url


def fits(page: Page) -> None:
    """No sideways scrolling."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def answer(page: Page, *, rightly: bool = True) -> None:
    """Tick what the content calls right (or, on purpose, only something wrong) and go on."""
    stem = plain(page.locator("fieldset h1").inner_text())
    right = right_answers()[stem]
    for option in page.locator("label.opt").all():
        is_right = plain(option.inner_text()) in right
        if is_right == rightly:
            option.locator("input").check()
            if not rightly:
                break
    with page.expect_navigation():  # the player first waits for what is still to be sent
        page.click("#answer button[type=submit]")


def take_quiz(page: Page, *, rightly: bool = True) -> None:
    """From the quiz's rules to its result."""
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    while page.locator("fieldset h1").count():
        answer(page, rightly=rightly)
    with page.expect_navigation():
        page.click("#hand-in button[type=submit]")
    assert page.url.endswith("/result/")


def study(page: Page, module: str) -> None:
    """Every unit of a module, then its quiz."""
    page.goto(f"/learn/{module}/")
    for _ in range(20):
        if page.locator("a[href*='/quiz/']").count():
            page.click("a.btn[href*='/quiz/']")
            take_quiz(page)
            return
        with page.expect_navigation():
            page.locator(".nextbar .btn").click()
    raise AssertionError(f"no quiz found in {module}")


def headline(page: Page) -> list[int]:
    """Numerator and denominator of both readings, as the API states them."""
    report = page.request.get("/api/v1/indicator/").json()
    return [report[name][key] for name in ("vi", "strict") for key in ("trained", "concerned")]


@pytest.fixture(scope="module")
def graduate(browser: Browser, site: Site) -> dict[str, Any]:
    """Walk the road once; the tests below look at what came of it."""
    context = browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    story: dict[str, Any] = {"before": headline(page)}
    sign_in(page, LEARNER)
    story["home"] = page.locator("main").inner_text()
    page.goto("/learn/G1/")
    page.locator(".nextbar .btn").click()
    page.wait_for_url(re.compile("/learn/G1/g1-u2/"))
    story["left_at"] = page.url
    for module in ("C1", "C2", "C3", "G1"):
        study(page, module)
        assert "Đạt" in page.locator("main").inner_text()
    page.goto("/learn/GX/")
    page.click("a.btn[href*='/quiz/']")
    take_quiz(page)
    story["exam"] = page.locator("main").inner_text()
    story["after"] = headline(page)
    page.goto("/certificates/")
    story["certificates"] = page.locator("main").inner_text()
    story["serials"] = re.findall(r"LT-\d{4}-\d{6}", page.content())
    story["state"] = context.storage_state()
    context.close()
    return story


def test_home_says_why_and_names_one_next_step(graduate: dict[str, Any]) -> None:
    assert "Thông tin cơ sở" in graduate["home"]
    assert "kiêm nhiệm" in graduate["home"]
    assert re.search(r"Còn \d+ bài, khoảng \d+ phút", graduate["home"])


def test_passing_everything_issues_exactly_one_certificate(graduate: dict[str, Any]) -> None:
    assert len(set(graduate["serials"])) == 1


def test_indicator_moves_by_one_person_in_the_vietnamese_reading(graduate: dict[str, Any]) -> None:
    """A concurrent officer counts in the Vietnamese reading only."""
    before, after = graduate["before"], graduate["after"]
    assert [a - b for a, b in zip(after, before, strict=True)] == [1, 0, 0, 0]
