"""What learners see of an imported course: every unit opens, links lead to the right place, nothing runs."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from courses.actions.import_olx import import_module
from courses.actions.publish import save_block_draft
from courses.models import BlockVersion, Module
from courses.olx.media import read_media, youtube_id
from courses.olx.outline import Outline
from courses.olx.page_html import Places, asset_path, clean_page, jump_target, page_reading
from courses.olx.vtt import parse_sjson
from courses.olx.xml import parse_xml
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tests.make_courses import WITHOUT_CORPUS, corpus_olx, usage_key
from tests.make_olx import edx_course, inline_course

FILES = {"a b.png": "/f/a.png"}
NOWHERE = Places(file=lambda path: FILES.get(path, ""), page=lambda _name: "", leaves="away")
BROKEN = 'class="note err-n"'


def reader(module: Module) -> Client:
    person = make.person()
    make_courses.enrolment(person, make_courses.programme(module))
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, module: Module, unit: str) -> str:
    response = client.get(reverse("courses:unit", args=[module.code, unit]))
    assert response.status_code == 200
    return response.content.decode()


def all_units(module: Module) -> dict[str, str]:
    client = reader(module)
    outline = Outline.from_json(module.published.outline)  # type: ignore[union-attr]
    return {unit.key: page(client, module, unit.key) for unit in outline.units}


@pytest.mark.django_db
def test_every_unit_of_imported_courses_opens(tmp_path: Path) -> None:
    for course in (edx_course(tmp_path / "a"), inline_course(tmp_path / "b")):
        pages = all_units(import_module(course, by=SYSTEM).module)

        assert [key for key, html in pages.items() if BROKEN in html] == []
        assert len(pages) > 3


@pytest.mark.django_db
@pytest.mark.slow
def test_every_unit_of_real_courses_opens() -> None:
    archives = sorted(corpus_olx().glob("*.tar.gz"))
    if not archives:
        pytest.skip(WITHOUT_CORPUS)
    for archive in archives:
        pages = all_units(import_module(archive, by=SYSTEM).module)

        assert [key for key, html in pages.items() if BROKEN in html] == []
        # Frames are those of our player host; an author's frame has become a link.
        assert not any(re.search(r"<iframe[^>]+(youtube|https://(?!player))", h) for h in pages.values())


@pytest.mark.django_db
def test_a_page_has_our_addresses_and_nothing_that_runs(tmp_path: Path) -> None:
    module = import_module(edx_course(tmp_path), by=SYSTEM).module

    html = page(reader(module), module, "v1")

    assert "alert(1)" not in html
    assert 'href="/learn/TC1/v2/"' in html
    assert 'href="/learn/TC1/v2/#p1"' in html
    assert 'src="/assets/TC1/' in html
    assert "<h2>Title</h2>" in html
    assert 'href="https://www.youtube.com/embed/abc"' in html
    assert "&amp; more ]]&gt; here." in html


@pytest.mark.django_db
def test_a_film_of_open_edx_plays_its_file_and_links_to_youtube(tmp_path: Path) -> None:
    module = import_module(edx_course(tmp_path), by=SYSTEM).module

    html = page(reader(module), module, "v1")

    assert "<video controls" in html
    assert 'href="https://www.youtube.com/watch?v=AbCdEfGhIjK"' in html
    assert "Hello there" in html
    assert "<track" not in html  # browsers read only VTT


@pytest.mark.django_db
def test_variants_show_the_first_and_libraries_all(tmp_path: Path) -> None:
    module = import_module(edx_course(tmp_path), by=SYSTEM).module

    html = page(reader(module), module, "v2")

    assert [words in html for words in ("for A", "for B", "then", "inner")] == [True, False, True, True]
    assert '<div id="script" class="block block-script_problem"' in html


@pytest.mark.django_db
def test_saving_a_page_in_the_studio_cleans_it_and_importing_keeps_it_whole(tmp_path: Path) -> None:
    module = import_module(edx_course(tmp_path), by=SYSTEM).module
    key = usage_key(module, "h1", "html")
    first = BlockVersion.objects.get(usage_key=key)

    dirty = '<html url_name="h1"><![CDATA[<p onclick="x()">a</p><script>x()</script>]]></html>'
    save_block_draft(module=module, usage_key=key, olx=dirty, by=SYSTEM)

    assert "<script>alert(1)</script>" in first.olx
    assert BlockVersion.objects.get(usage_key=key, number=2).olx == (
        '<html url_name="h1"><![CDATA[<p>a</p>]]></html>'
    )


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/static/a%20b.png", "a b.png"),
        ("/static/a.png?raw", "a.png"),
        ("/asset-v1:Org+C+R+type@asset+block@a_b.png", "a_b.png"),
        ("https://x.org/asset-v1:Org+C+R+type@asset+block/a.png", "a.png"),
        ("/c4x/Org/C/asset/a.png", "a.png"),
        ("https://example.org/a.png", None),
    ],
)
def test_a_courses_file_is_found_under_all_its_names(address: str, path: str | None) -> None:
    assert asset_path(address) == path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/jump_to_id/abc", "abc"),
        ("/jump_to_id/abc#part", "abc"),
        ("/courses/course-v1:O+C+R/jump_to_id/abc/", "abc"),
        ("/courses/course-v1:O+C+R/jump_to/block-v1:O+C+R+type@vertical+block@abc", "abc"),
        ("/courses/O/C/R/jump_to/i4x://O/C/vertical/abc", "abc"),
        ("/courses/O/C/R/info", None),
    ],
)
def test_a_jump_names_its_target(address: str, name: str | None) -> None:
    assert jump_target(address) == name


def test_page_reading_makes_links_of_what_would_load_from_elsewhere() -> None:
    html = page_reading(
        '<img src="https://x.org/a.png" alt="Map"><img src="/static/a b.png"><img src="/static/gone.png">'
        '<a href="/courses/O/C/R/info">info</a><video src="https://x.org/a.mp4">v</video>'
        '<a href="javascript:x()">j</a>',
        NOWHERE,
    )

    assert html == (
        '<a href="https://x.org/a.png" rel="noopener noreferrer">Map (away)</a>'
        '<img src="/f/a.png" loading="lazy" alt=""><img loading="lazy" alt="">'
        '<a rel="noopener noreferrer">info</a><video controls="" preload="none">v</video>'
        '<a rel="noopener noreferrer">j</a>'
    )


def test_page_reading_begins_headings_at_two() -> None:
    assert page_reading("<h3>a</h3><h5>b</h5>", NOWHERE) == "<h2>a</h2><h4>b</h4>"


def test_clean_page_twice_changes_nothing() -> None:
    once = clean_page('<h1 style="x">a &lt;b&gt;</h1><iframe src="https://x.org"></iframe><object></object>')

    assert once == '<h1>a &lt;b&gt;</h1><iframe src="https://x.org"></iframe>'
    assert clean_page(once) == once


@pytest.mark.parametrize(
    ("olx", "found"),
    [
        ('<video youtube="0.75:slowslow,1.00:normal_1,1.25:fast"/>', "normal_1"),
        ('<video youtube_id_1_0="AbCdEfGhIjK"/>', "AbCdEfGhIjK"),
        ('<video youtube="1.0:&quot;&gt;&lt;script"/>', ""),
        ("<video/>", ""),
    ],
)
def test_the_youtube_id_at_normal_speed(olx: str, found: str) -> None:
    assert youtube_id(parse_xml(olx.encode(), "video")) == found


def test_read_media_takes_broken_attributes_for_none() -> None:
    node = parse_xml(b'<video html5_sources="[" transcripts="[1]" source="ftp://x"/>', "video")

    assert read_media(node) == read_media(parse_xml(b"<video/>", "video"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"start": 1, "text": 2}', '{"start": ["x"], "text": ["a"]}']
)
def test_broken_captions_give_no_lines(text: str) -> None:
    assert list(parse_sjson(text)) == []
