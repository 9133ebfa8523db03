"""H5P in the studio: a manager brings libraries in, a trainer uploads content and learns what is wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.test_studio_editors import looks_right
from tests.make_courses import olx, text_block
from tests.make_h5p import make_h5p

BLOCK = "/studio/H9/blocks/block-v1:LanToa+H9+2026+type@h5p+block@b1/"
LIBRARIES = "/studio/h5p/libraries/"
# Other tests bring the usual ones in, on the same site.
OTHER_NAMES = {"LanToa": "Desk"}


def h5p(content: bytes, name: str = "hai.h5p") -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def manager(browser: Browser, site: Site) -> Page:
    """Somebody else, in a browser of her own."""
    page = browser.new_context(base_url=site.url, locale="vi-VN").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, "thuvien")
    return page


def test_libraries_come_in_by_a_managers_yes_and_content_by_a_trainer(
    desktop: Page, manager: Page, site: Site, tmp_path: Path
) -> None:
    units = {"u1": text_block("t1") + '<h5p url_name="b1" display_name="Bài tập"/>'}
    site.manage("import_olx", str(olx(tmp_path, units, code="H9")))
    trainer = desktop
    sign_in(trainer, "giangvien")

    # without its libraries the package is refused, each by name, and what was typed stays
    trainer.goto(BLOCK)
    looks_right(trainer)
    trainer.fill("#id_title_vi", "Hai cộng hai")
    trainer.set_input_files("#id_upload", h5p(make_h5p(libraries=False, names=OTHER_NAMES)))
    trainer.check("#id_declares_no_secret")
    with trainer.expect_navigation():
        trainer.click("button[name=stay]:not([aria-hidden])")
    expect(trainer.locator(".h5p-p li")).to_have_count(3)
    expect(trainer.locator(".h5p-p li").first).to_contain_text("Desk.")
    expect(trainer.locator("#id_title_vi")).to_have_value("Hai cộng hai")
    looks_right(trainer)
    trainer.locator(".h5p-p a").first.click()
    expect(trainer.locator("main")).to_contain_text("Cao Thị Mẫu")

    # a library manager looks first, then says yes
    manager.goto(LIBRARIES)
    with manager.expect_navigation():
        manager.click("main a.btn >> nth=0")
    looks_right(manager)
    manager.set_input_files("#id_file", h5p(make_h5p(names=OTHER_NAMES)))
    manager.check("#id_declares_no_secret")
    with manager.expect_navigation():
        manager.click("form[enctype] button[type=submit]")
    expect(manager.locator(".h5p-t tbody tr")).to_have_count(3)
    looks_right(manager)
    with manager.expect_navigation():
        manager.click("main form button.btn:not(.btn-2)")
    expect(manager.locator(".h5p-t")).to_contain_text("Desk.Card")
    looks_right(manager)
    with manager.expect_navigation():
        manager.click(".h5p-t tbody a >> nth=0")
    looks_right(manager)
    manager.context.close()

    # now it comes in, shows in the preview and can be taken along
    trainer.goto(BLOCK)
    trainer.set_input_files("#id_upload", h5p(make_h5p(libraries=False, names=OTHER_NAMES)))
    trainer.check("#id_declares_no_secret")
    with trainer.expect_navigation():
        trainer.click("button[name=stay]:not([aria-hidden])")
    expect(trainer.locator("#h5p-now ~ p").first).to_contain_text("Hai cộng hai")
    with trainer.expect_download() as download:
        trainer.click(f"a[href='{BLOCK}h5p/']")
    assert Path(download.value.path()).stat().st_size > len(make_h5p(libraries=False, names=OTHER_NAMES))
    trainer.goto("/studio/H9/units/u1/")
    expect(trainer.locator("h5p-player iframe")).to_have_attribute("title", "Bài tập")
