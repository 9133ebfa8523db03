"""A trainer writes H5P contents from nothing to published, with the keyboard where a mouse is no help."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.test_journey import audit, fits
from tests.browser.test_studio_outline import begin
from tests.make_h5p import PARAMS, SEMANTICS, make_h5p
from tests.make_h5p_shelf import H5P_CORPUS, corpus_package

TRAINER = "giangvien"
MULTI_CHOICE = "H5P.MultiChoice 1.16"
OURS = "Ask.Card 1.2"
# Of the fields of the usual package only those that this test fills in; and a name of its own for that.
FIELDS = [field for field in SEMANTICS if field["name"] in {"question", "answers"}]


@pytest.fixture(scope="module")
def library(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A type to write: H5P's own multiple choice where its package is at hand, else ours."""
    if H5P_CORPUS.is_dir():
        site.manage("import_h5p", "--libraries", str(corpus_package("multichoice-1.16")))
        return MULTI_CHOICE
    package = tmp_path_factory.mktemp("h5p") / "card.h5p"
    params = {field["name"]: PARAMS[field["name"]] for field in FIELDS}
    script = b"var Ask = {Card: function (params) { this.attach = (page) => page.append(params.question); }};"
    files = {"Ask.Card-1.2/js/main.js": script}
    content = make_h5p(semantics=FIELDS, params=params, names={"LanToa": "Ask"}, files=files)
    package.write_bytes(content)
    site.manage("import_h5p", "--libraries", str(package))
    return OURS


@pytest.fixture
def studio(desktop: Page) -> Page:
    sign_in(desktop, TRAINER)
    return desktop


def new_block(page: Page, code: str) -> str:
    """A module with an empty H5P block; the address of its content."""
    begin(page, code, "h5p")
    address = page.locator("a[href*='/blocks/']").first.get_attribute("href") or ""
    return address.replace("/blocks/", "/h5p/")


def looks_right(page: Page) -> None:
    """No axe finding and no sideways scrolling: desktop, phone, narrow, dark."""
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        audit(page)
        fits(page)
    page.emulate_media(color_scheme="dark")
    audit(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def write(page: Page, place: int, words: str) -> None:
    """Type into a sheet; the first is the question, the others are the answers."""
    name = "question" if place == 0 else f"answers[{place - 1}].text"
    page.locator(f".field:has(> [id='h5p-{name}']) [contenteditable=true]").click()
    page.keyboard.type(words)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("button[name=stay]:not([aria-hidden])")


def titles(page: Page) -> list[str]:
    return [
        text.partition(": ")[2]
        for text in page.locator("[id='h5p-answers'] .h5p-item-title").all_inner_texts()
    ]


def test_a_content_is_written_moved_previewed_and_published(studio: Page, library: str) -> None:
    page = studio
    page.goto(new_block(page, "HPA"))
    looks_right(page)
    with page.expect_navigation():
        page.click(f"a[href*='{library.replace(' ', '%20')}']")
    looks_right(page)

    # what is missing stands in the summary, whose links lead to the fields
    page.fill("#id_title", "Mực nước")
    save(page)
    page.click(".err-sum a[href='#h5p-question']")
    expect(page.locator(".field:has(> #h5p-question) [contenteditable=true]")).to_be_focused()
    audit(page)

    write(page, 0, "Khi có lũ, bản tin phát gì trước?")
    write(page, 1, "Tên lãnh đạo")
    write(page, 2, "Mực nước và giờ")
    page.locator("[id='h5p-answers[1].correct']").check()
    if library == MULTI_CHOICE:
        expect(page.locator(".h5p-item.is-right")).to_have_count(1)

    # by keyboard alone: the second answer goes up, a third comes and goes, and comes back
    page.locator(".h5p-item [data-tool=grip]").nth(1).focus()
    page.keyboard.press("ArrowUp")
    assert titles(page)[:2] == ["Mực nước và giờ", "Tên lãnh đạo"]
    expect(page.locator("[data-tool=grip]:focus")).to_have_count(1)
    page.locator(".h5p-list-foot > button").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Thời tiết")
    assert titles(page)[2] == "Thời tiết"
    page.locator(".h5p-item-tools button").nth(8).focus()
    page.keyboard.press("Enter")
    assert len(titles(page)) == 2
    page.keyboard.press("Enter")  # the focus is on "bring it back"
    assert len(titles(page)) == 3

    # the preview plays it, in a frame without an origin
    frame = page.frame_locator("h5p-preview iframe")
    expect(page.locator("h5p-preview iframe")).to_have_attribute(
        "sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    )
    if library == MULTI_CHOICE:
        expect(frame.get_by_text("Khi có lũ, bản tin phát gì trước?")).to_be_visible()
        expect(frame.locator(".h5p-answer")).to_have_count(3)
    save(page)
    assert page.locator(".err-sum").all_inner_texts() == []
    assert titles(page) == ["Mực nước và giờ", "Tên lãnh đạo", "Thời tiết"]
    page.goto("/studio/HPA/")
    page.locator("a[href*='/units/']").first.click()
    if library == MULTI_CHOICE:
        expect(page.frame_locator("h5p-player iframe").locator(".h5p-answer")).to_have_count(3)


def test_what_is_typed_survives_leaving_and_two_trainers_see_both(studio: Page, library: str) -> None:
    page = studio
    address = new_block(page, "HPB")
    chosen = f"{address}?library={library}"
    page.goto(chosen)
    page.fill("#id_title", "Một")
    write(page, 0, "Câu hỏi một")
    expect(page.locator(".saved")).not_to_be_empty(timeout=10_000)
    # leaving asks first
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.goto(chosen)
    assert asked == ["beforeunload"]
    assert page.locator(".h5p-sheet [contenteditable=true]").first.inner_text().strip() == ""
    with page.expect_navigation():
        page.click("a[href='?continue=1'], a[href*='continue=1']")
    assert page.locator(".h5p-sheet [contenteditable=true]").first.inner_text().strip() == "Câu hỏi một"
    write(page, 1, "A")
    write(page, 2, "B")
    page.locator("[id='h5p-answers[0].correct']").check()
    save(page)
    assert page.locator(".err-sum").all_inner_texts() == []

    other = page.context.new_page()
    other.goto(address)
    write(other, 0, " của đồng nghiệp")
    save(other)
    write(page, 0, " của tôi")
    save(page)
    assert page.locator("del", has_text="đồng").count() == 1
    assert page.locator("ins", has_text="tôi").count() == 1
    audit(page)
    with page.expect_navigation():
        page.click("button[name=over]")
    page.goto(address)
    assert "của tôi" in page.locator(".h5p-sheet [contenteditable=true]").first.inner_text()

    # what changed is said in words, from the list of versions
    page.goto("/studio/HPB/versions/")
    page.locator("a[href*='/versions/']").first.click()
    page.locator("a[href*='/h5p/'][href*='/versions/']").first.click()
    expect(page.locator("ins", has_text="tôi")).to_have_count(1)
    looks_right(page)


def test_a_phone_writes_too(phone: Page, library: str) -> None:
    page = phone
    sign_in(page, TRAINER)
    page.goto(new_block(page, "HPC") + f"?library={library}")
    page.fill("#id_title", "Trên điện thoại")
    write(page, 0, "Câu hỏi")
    page.locator("[id='h5p-answers[0].correct']").tap()
    audit(page)
    fits(page)


def test_without_types_the_page_says_whom_to_ask(studio: Page, site: Site) -> None:
    page = studio
    address = new_block(page, "HPD")

    def libraries(what: str) -> str:
        code = "from courses.h5p.models import Library\n" + what.format("Library.objects")
        return site.manage("shell", "--no-imports", "-c", code).strip()

    # Other tests go on with the same site, so just these become types again.
    runnable = libraries("print(list({0}.filter(runnable=True).values_list('pk', flat=True)))")
    libraries("{0}.update(runnable=False)")
    try:
        page.goto(address)
        assert page.locator(".h5p-type").count() == 0
        assert page.locator(".empty").count() == 1
        looks_right(page)
    finally:
        libraries("{0}.filter(pk__in=" + runnable + ").update(runnable=True)")
