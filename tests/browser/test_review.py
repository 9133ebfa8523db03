"""A draft on its way: written, sent, returned, sent again, approved, published; then a change of law."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, sign_in
from tests.browser.test_journey import audit, fits, sign_out

PICTURES = os.environ.get("LANTOA_PICTURES", "")
BLOCK = "block-v1:LanToa+C3+2026+type@text+block@c3-u2-text"


def picture(page: Page, name: str) -> None:
    """Keep a picture for a person to look at, when somebody asked for it."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def look(page: Page, name: str) -> None:
    """Clean for the audit in both colours, no sideways scroll on a small phone."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        audit(page)
        picture(page, f"{name}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 800})
    fits(page)
    picture(page, f"{name}-320")
    page.set_viewport_size({"width": 1280, "height": 900})


def as_role(page: Page, username: str, path: str) -> None:
    sign_out(page)
    sign_in(page, username)
    page.goto(path)


def submit(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


def write(page: Page, words: str) -> None:
    """Another first sentence, through the block's plain form."""
    page.goto(f"/studio/C3/blocks/{BLOCK}/")
    sheet = page.locator("[contenteditable][lang=vi]").first
    sheet.evaluate(
        "(e, words) => { e.querySelector('p').append(words); e.dispatchEvent(new Event('input')); }",
        f" {words}",
    )
    submit(page, "main form button.btn[type=submit]")


def test_a_change_of_law_goes_its_way_and_reaches_those_who_finished(
    browser: Browser, site: Site, desktop: Page
) -> None:
    site.manage("shell", "-c", FINISH_C3)
    sign_in(desktop, "thamdinh")
    desktop.goto("/studio/reviews/")
    look(desktop, "reviews-empty")

    as_role(desktop, "giangvien", "/studio/C3/")
    write(desktop, "Từ ngày 01/01/2027, luật mới có hiệu lực.")
    desktop.goto("/studio/C3/#changes")
    look(desktop, "module-changed")
    desktop.check("input[name=change_class][value=legal]", force=True)
    desktop.fill("[name=note]", "Luật mới")
    submit(desktop, "form[action$='/submit/'] button[type=submit]")
    assert desktop.locator(".err-sum").count() == 1
    audit(desktop)
    desktop.fill("[name=summary]", "Luật mới về dữ liệu cá nhân có hiệu lực từ ngày 01/01/2027.")
    submit(desktop, "form[action$='/submit/'] button[type=submit]")
    look(desktop, "module-sent")

    as_role(desktop, "thamdinh", "/")
    assert "1" in desktop.locator("a[href='/studio/reviews/']").last.inner_text()
    desktop.goto("/studio/reviews/")
    look(desktop, "reviews")
    with desktop.expect_navigation():
        desktop.locator("#yours ~ table a").first.click()
    look(desktop, "review")
    desktop.locator("article.change details summary").first.click()
    desktop.fill(f"[name='comment-{BLOCK}']", "Câu này cần nguồn.")
    desktop.fill("[name=reason]", "Thiếu nguồn của ngày hiệu lực.")
    submit(desktop, "button[value=return]")

    as_role(desktop, "giangvien", "/studio/C3/#changes")
    assert "Câu này cần nguồn." in desktop.locator("#changes").inner_text()
    look(desktop, "module-returned")
    write(desktop, "Nguồn: văn bản luật.")
    desktop.goto("/studio/C3/#changes")
    desktop.check("input[name=change_class][value=legal]", force=True)
    desktop.fill("[name=note]", "Luật mới, có nguồn")
    desktop.fill("[name=summary]", "Luật mới về dữ liệu cá nhân có hiệu lực từ ngày 01/01/2027.")
    submit(desktop, "form[action$='/submit/'] button[type=submit]")

    as_role(desktop, "thamdinh", "/studio/reviews/")
    with desktop.expect_navigation():
        desktop.locator("#yours ~ table a").first.click()
    desktop.fill("[name=reason]", "Đã đối chiếu với văn bản.")
    submit(desktop, "button[value=approve]")
    as_role(desktop, "dieuphoi", "/studio/reviews/")
    with desktop.expect_navigation():
        desktop.locator("#yours ~ table a").first.click()
    look(desktop, "publish")
    desktop.fill("[name=reason]", "Đủ hai ý kiến.")
    submit(desktop, "#decide button.btn:not(.btn-2)")
    desktop.goto("/studio/C3/published/")
    look(desktop, "versions")
    with desktop.expect_navigation():
        desktop.locator("a[href$='/restore/']").first.click()
    look(desktop, "roll-back")

    as_role(desktop, "hocvien.doingoai", "/")
    look(desktop, "home-top-up")
    with desktop.expect_navigation():
        desktop.click("a[href='/learn/C3/changes/']")
    look(desktop, "top-up")
    submit(desktop, "form[action*='/changes/'] button[type=submit]")
    look(desktop, "top-up-done")
    desktop.goto("/")
    assert desktop.locator("a[href='/learn/C3/changes/']").count() == 0


def test_sources_languages_and_print_pages(site: Site, desktop: Page, tmp_path: Path) -> None:
    site.manage("shell", "-c", DUE_SOON)
    sign_in(desktop, "giangvien")
    desktop.goto("/studio/")
    audit(desktop)
    desktop.goto("/studio/sources/?module=G1")
    look(desktop, "sources")
    desktop.locator("input[name=review_by]").first.fill("01/02/2020")
    submit(desktop, "article form button.btn")
    assert desktop.locator(".err-sum").count() == 1
    look(desktop, "sources-error")
    desktop.goto("/studio/G1/languages/")
    look(desktop, "languages")
    desktop.goto("/studio/G1/print/")
    look(desktop, "print-draft")
    as_role(desktop, "hocvien.baochi", "/learn/C1/c1-u2/")
    with desktop.expect_navigation():
        desktop.click("a[href='/learn/C1/print/']")
    look(desktop, "print")
    for link in desktop.locator("main a[href$='.pdf']").all():
        reply = desktop.request.get(link.get_attribute("href") or "")
        assert (reply.status, reply.body()[:5]) == (200, b"%PDF-")


DUE_SOON = """
from dataclasses import replace
from datetime import timedelta
from courses.actions.publish import save_outline_draft
from courses.models import Module
from courses.queries.outline import draft_outline
from lms.shared import clock
from lms.shared.actors import SYSTEM
module = Module.objects.get(code="G1")
outline = draft_outline(module)
days = [-3, 20]
def dated(unit):
    return replace(unit, review_by=clock.today() + timedelta(days=days.pop())) if days else unit
sections = tuple(replace(s, units=tuple(dated(u) for u in s.units)) for s in outline.sections)
save_outline_draft(module=module, outline=replace(outline, sections=sections), by=SYSTEM)
"""
FINISH_C3 = """
from django.utils import timezone
from courses.models import Module, ModuleCompletion
from lms.people.models import Person
ModuleCompletion.objects.get_or_create(
    person=Person.objects.get(username="hocvien.doingoai"),
    module=Module.objects.get(code="C3"),
    defaults={"completed_at": timezone.now()},
)
"""
