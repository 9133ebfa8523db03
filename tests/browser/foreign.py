"""Other people's blocks in Chromium: the course that holds one of each, who reads it, who edits it."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, FrameLocator, Page, ViewportSize, expect

from tests.browser.conftest import ROOT, Site, pages, sign_in
from tests.browser.test_journey import AXE, RULES

LEARNER, AUTHOR = "hocvien.coso", "giangvien"
FIXTURE = ROOT / "tests" / "fixtures" / "blocks"
ENROL = """
from courses.models import Module
from lms.people.models import Person
from tests import make_courses
programme = make_courses.programme(Module.objects.get(code="{code}"), code="T{code[0]}", duty="{code}")
make_courses.enrolment(Person.objects.get(username="{learner}"), programme)
"""
PUBLISH = """
from courses.actions.publish import publish_module
from courses.models import Module
from lms.shared.actors import SYSTEM
publish_module(module=Module.objects.get(code="{code}"), by=SYSTEM, note="Thử")
"""
VERSIONS = """
import json
from courses.models import BlockVersion
found = {{}}
for v in BlockVersion.objects.filter(usage_key__contains="+{code}+").order_by("number"):
    found.setdefault(v.usage_key.rpartition("@")[2], []).append(v.olx)
print(json.dumps(found))
"""
Act = Callable[[FrameLocator], None]


def install(site: Site, folder: Path, code: str) -> None:
    """The course of blocks under a code of its own, with a learner on it."""
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    course = folder / "course.xml"
    course.write_text(course.read_text("utf-8").replace('course="KHOI"', f'course="{code}"'), "utf-8")
    site.manage("import_olx", str(folder))
    run(site, ENROL, code)


def run(site: Site, script: str, code: str) -> str:
    return site.manage("shell", "--no-imports", "-c", script.format(code=code, learner=LEARNER))


def versions(site: Site, code: str) -> dict[str, list[str]]:
    """The OLX of every version of every block, oldest first, by the block's name."""
    found: dict[str, list[str]] = json.loads(run(site, VERSIONS, code).strip().splitlines()[-1])
    return found


def state_of(browser: Browser, site: Site, username: str) -> Any:
    """Who has signed in once, for as many fresh windows as are wanted."""
    context = browser.new_context(base_url=site.url, locale="vi-VN")
    page = context.new_page()
    sign_in(page, username)
    state = context.storage_state()
    context.close()
    return state


@contextmanager
def window(
    browser: Browser,
    site: Site,
    state: Any,
    *,
    width: int = 1280,
    is_dark: bool = False,
    language: str = "vi-VN",
) -> Iterator[Page]:
    """A fresh window of somebody signed in; script errors and refusals by the CSP fail at its end."""
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(
        base_url=site.url,
        locale=language,
        viewport=size,
        storage_state=state,
        color_scheme="dark" if is_dark else "light",
        is_mobile=width < 1000,
        has_touch=width < 1000,
    )
    yield from pages(context)


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("block-frame iframe")


def inside(page: Page, site: Site) -> Frame:
    """The frame's own document."""
    return next(f for f in page.frames if f.url.startswith(f"{site.player_url}/f/"))


def visit(page: Page, code: str, name: str) -> FrameLocator:
    page.goto(f"/learn/{code}/u-{name.replace('_', '-')}/")
    shown = frame(page)
    expect(shown.locator(".xblock")).to_be_attached()
    return shown


def edit(page: Page, code: str, tag: str, name: str = "") -> FrameLocator:
    page.goto(f"/parts/{code}/block-v1:LanToa+{code}+2026+type@{tag}+block@{name or tag}/?mode=draft")
    return frame(page)


def findings(page: Page, site: Site) -> set[str]:
    """What axe has against the frame's document: rule ids. Frames inside it are other people's content."""
    document = inside(page, site)
    document.evaluate(AXE.read_text(encoding="utf-8") + "; true")
    asked = f"axe.run(document, {{iframes: false, runOnly: {json.dumps(RULES)}}})"
    result: dict[str, Any] = document.evaluate(asked)
    return {violation["id"] for violation in result["violations"]}
