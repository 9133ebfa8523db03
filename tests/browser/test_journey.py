"""The whole road: from a staff record to the indicator, as people walk it."""

import json
import os
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.answers import plain, right_answers
from tests.browser.conftest import Site, sign_in

LEARNER = "hocvien.coso"
AXE = Path(__file__).resolve().parent.parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def audit(page: Page) -> None:
    """axe under the real CSP: the debugger may inject, the page's own policy stays in force.

    Not on a second engine: what a page looks like does not depend on the database.
    """
    if os.environ.get("LANTOA_TEST_SECOND_ENGINE") == "1":
        return
    if not page.evaluate("'axe' in window"):
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
    with page.expect_navigation():
        page.locator(".nextbar .btn").click()
    story["left_at"] = page.url
    story["phone_at"] = resumed_on_another_device(browser, site)
    for module in ("C1", "C2", "C3", "G1"):
        study(page, module)
        assert "Đạt" in page.locator("main").inner_text()
    page.goto("/learn/GX/")
    with page.expect_navigation():
        page.click("a.btn[href*='/quiz/']")
    take_quiz(page)
    submit_again(page)
    story["after"] = headline(page)
    page.goto("/certificates/")
    story["serials"] = re.findall(r"LT-\d{4}-\d{6}", page.locator("main").inner_text())
    pdf = page.request.get(f"/certificates/{story['serials'][0]}/pdf/")
    story["pdf"] = pdf.body()
    story["verify"] = page.locator("main a[href*='/v/']").first.get_attribute("href")
    page.goto("/")
    story["home_after"] = page.locator("main").inner_text()
    context.close()
    return story


def resumed_on_another_device(browser: Browser, site: Site) -> str:
    context = browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, LEARNER)
    page.goto("/learn/G1/")
    url = page.url
    context.close()
    return url


def submit_again(page: Page) -> None:
    """What a double click or a replayed request would do: hand in and claim once more."""
    attempt = re.search(r"/attempts/(\d+)/", page.url)
    assert attempt
    token = next(c["value"] for c in page.context.cookies() if c.get("name") == "csrftoken")
    for path in (f"/attempts/{attempt[1]}/submit/", "/certificates/claim/"):
        for _ in range(2):
            reply = page.request.post(path, form={"csrfmiddlewaretoken": token}, max_redirects=0)
            assert reply.status == 302, path


def test_home_says_why_and_names_one_next_step(graduate: dict[str, Any]) -> None:
    assert "vì danh sách của tỉnh Sơn La ghi" in graduate["home"]
    assert "kiêm nhiệm" in graduate["home"]
    assert re.search(r"Còn \d+ bài, khoảng \d+ phút", graduate["home"])


def test_another_device_opens_exactly_where_she_left(graduate: dict[str, Any]) -> None:
    assert graduate["phone_at"].partition("#")[0] == graduate["left_at"].partition("#")[0]


def test_passing_everything_issues_exactly_one_certificate(graduate: dict[str, Any]) -> None:
    assert len(set(graduate["serials"])) == 1


def test_certificate_says_the_name_exactly_and_its_code_leads_to_the_verify_page(
    graduate: dict[str, Any], desktop: Page, site: Site, tmp_path: Path
) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(graduate["pdf"])).pages)
    assert "Lò Thị Mẫu" in text
    assert "GIẤY CHỨNG NHẬN" in text
    assert graduate["serials"][0] in text
    (tmp_path / "certificate.pdf").write_bytes(graduate["pdf"])
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "certificate.pdf", "page"], cwd=tmp_path, check=True, timeout=60
    )
    picture = next(tmp_path.glob("page*.png"))
    found = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(picture)], check=True, capture_output=True, text=True, timeout=60
    )
    address = found.stdout.strip()
    assert address.lower().startswith(f"{site.url}/v/".lower())
    desktop.goto(address)
    assert "còn hiệu lực" in desktop.locator("main").inner_text()
    assert "Lò Thị Mẫu" not in desktop.content()  # masked for strangers
    audit(desktop)


def test_verify_page_says_not_found_for_an_unknown_code(desktop: Page) -> None:
    reply = desktop.goto("/v/0000000000000/")
    assert reply is not None
    assert "hiệu lực" not in desktop.locator("h1").inner_text()


def test_indicator_moves_by_one_person_in_the_vietnamese_reading(graduate: dict[str, Any]) -> None:
    """A concurrent officer counts in the Vietnamese reading only."""
    before, after = graduate["before"], graduate["after"]
    assert [a - b for a, b in zip(after, before, strict=True)] == [1, 0, 0, 0]


def test_hr_of_the_province_exports_her_record_and_sees_no_other_province(
    graduate: dict[str, Any], desktop: Page, tmp_path: Path
) -> None:
    sign_in(desktop, "nhansu.sonla")
    desktop.goto("/hr/records/?name=lo+thi+mau")
    assert graduate["serials"][0] in desktop.locator("main").inner_text()
    audit(desktop)
    rows = exported(desktop, "csv", tmp_path)
    assert any(graduate["serials"][0] in row for row in rows.decode("utf-8-sig").splitlines())
    book = load_workbook(BytesIO(exported(desktop, "xlsx", tmp_path)))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert graduate["serials"][0] in cells
    reply = desktop.goto("/indicator/province-12/")
    assert reply is not None
    assert reply.status == 403


def exported(page: Page, format: str, folder: Path) -> bytes:
    page.goto("/hr/records/")
    page.locator("input[name=purpose]").first.check()
    page.locator(f"input[name=format][value={format}]").check(force=True)
    with page.expect_navigation():
        page.locator("form[method=post] button.btn").last.click()
    link = page.locator("a[href*='/file/']").first.get_attribute("href")
    assert link
    return page.request.get(link).body()


def test_trainer_changes_a_sentence_and_learners_in_the_middle_lose_nothing(
    browser: Browser, site: Site, desktop: Page, phone: Page
) -> None:
    sign_in(phone, "hocvien.baochi")
    phone.goto("/learn/C2/c2-u1/")
    with phone.expect_navigation():
        phone.locator(".sheet .btn").click()
    assert "/c2-u2/" in phone.url

    sign_in(desktop, "giangvien")
    desktop.goto("/studio/C2/")
    with desktop.expect_navigation():
        desktop.locator("a[href*='c2-u2-text']").first.click()
    audit(desktop)
    sheet = desktop.locator("[contenteditable][lang=vi]").first
    sheet.evaluate(
        "(e) => { e.querySelector('p').append(' Câu mới của giảng viên.');"
        " e.dispatchEvent(new Event('input')); }"
    )
    with desktop.expect_navigation():
        desktop.click("main form button.btn[type=submit]")
    desktop.goto("/studio/C2/")
    assert desktop.locator("ins").count() == 1
    with desktop.expect_navigation():
        desktop.locator("a[href*='/units/c2-u2/']").first.click()
    assert "Câu mới của giảng viên." in desktop.locator("main").inner_text()
    phone.reload()
    assert "Câu mới của giảng viên." not in phone.locator("main").inner_text()

    desktop.goto("/studio/C2/#changes")
    desktop.fill("[name=note]", "Thêm một câu")
    with desktop.expect_navigation():
        desktop.click("form[action$='/submit/'] button[type=submit]")
    decide(desktop, "thamdinh", "Đúng văn bản")
    phone.reload()
    assert "Câu mới của giảng viên." not in phone.locator("main").inner_text()
    decide(desktop, "dieuphoi", "Đủ ý kiến")
    phone.reload()
    assert "Câu mới của giảng viên." in phone.locator("main").inner_text()
    assert phone.locator("li.cur").first.inner_text() != ""
    phone.goto("/learn/C2/")
    assert "/c2-u2/" in phone.url  # where she was, with unit 1 still done


def decide(page: Page, username: str, reason: str) -> None:
    """Open what waits for this account first, and say yes."""
    sign_out(page)
    sign_in(page, username)
    page.goto("/studio/reviews/")
    page.locator("#yours ~ table a").first.click()
    page.fill("[name=reason]", reason)
    with page.expect_navigation():
        page.locator("#decide button.btn").first.click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def test_wrong_password_sign_out_expired_session_and_no_permission_say_what_to_do(desktop: Page) -> None:
    desktop.goto("/accounts/login/")
    desktop.fill("input[name=login]", LEARNER)
    desktop.fill("input[name=password]", "sai-mat-khau-roi")
    with desktop.expect_navigation():
        desktop.click("main form button[type=submit]")
    assert desktop.locator(".err-sum").count() == 1
    sign_in(desktop, LEARNER)
    reply = desktop.goto("/studio/")
    assert reply is not None
    assert reply.status == 403
    assert "Giảng viên" in desktop.locator("main").inner_text()
    audit(desktop)
    desktop.context.clear_cookies(name="sessionid")
    desktop.goto("/learn/C1/")
    assert "hết hạn" in desktop.locator("main").inner_text()
    sign_in(desktop, LEARNER)
    desktop.goto("/accounts/logout/")
    with desktop.expect_navigation():
        desktop.click("main form button[type=submit]")
    assert desktop.url.endswith("/signed-out/")


def test_lost_network_shows_a_page_that_says_what_to_do(desktop: Page) -> None:
    desktop.goto("/")
    desktop.evaluate("navigator.serviceWorker.ready")
    desktop.reload()
    desktop.wait_for_function("navigator.serviceWorker.controller !== null")
    desktop.context.set_offline(True)
    desktop.goto("/tracks/")
    assert "mạng" in desktop.locator("main").inner_text()
    desktop.context.set_offline(False)


def test_quiz_works_without_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, "hocvien.doingoai")
    page.goto("/learn/C3/c3-quiz-unit/")
    with page.expect_navigation():
        page.click("a.btn[href*='/quiz/']")
    take_quiz(page)
    assert "Đạt" in page.locator("main").inner_text()
    context.close()


PUBLIC_PAGES = ["/", "/tracks/", "/indicator/", "/indicator/definition/", "/v/", "/help/", "/accessibility/"]
LEARNER_PAGES = [
    "/",
    "/tracks/G/",
    "/learn/C1/c1-u1/",
    "/learn/C1/c1-u2/?media=video",
    "/certificates/",
    "/account/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_clean_and_fit(browser: Browser, site: Site, scheme: str, width: int) -> None:
    dark = scheme == "dark"
    context = browser.new_context(
        base_url=site.url,
        locale="vi-VN",
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for path in PUBLIC_PAGES:
        page.goto(path)
        fits(page)
        audit(page)
    sign_in(page, "hocvien.baochi")
    for path in LEARNER_PAGES:
        page.goto(path)
        fits(page)
        audit(page)
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_speak_the_chosen_language(desktop: Page, language: str) -> None:
    desktop.goto("/")
    with desktop.expect_navigation():
        desktop.click(f"button[name=language][value={language}]")
    assert desktop.locator("html").get_attribute("lang") == language
    assert "Chương trình" not in desktop.locator("nav.main").inner_text()
