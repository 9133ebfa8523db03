"""Learners see below a picture what artificial intelligence had to do with it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.media import edit_item
from courses.actions.media_facts import ItemFacts
from courses.models import MediaItem, Module
from courses.olx.html import reading
from courses.olx.page_html import Places, page_reading
from courses.queries import picture_labels as labels
from courses.queries.outline import outline_of
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make, make_courses, make_media

MADE = "Do trí tuệ nhân tạo tạo ra."
PICTURE = make_media.png(41)
FIGURE = '<figure><img src="/static/a.png" alt="Loa"><figcaption>Loa xã</figcaption></figure>'


def text(html: str) -> str:
    return f'<text url_name="t"><body lang="vi"><![CDATA[{html}]]></body></text>'


def read(html: str) -> str:
    return reading(html, anchor="t", asset_url=lambda p: f"/f/{p}", label=lambda p: f"AI: {p}").html


def test_the_label_stands_in_the_caption() -> None:
    assert read(FIGURE) == (
        '<figure><img src="/f/a.png" alt="Loa" loading="lazy"><figcaption>Loa xã'
        '<small class="ai-label">AI: a.png</small></figcaption></figure>'
    )
    assert "<figcaption><small" in read('<figure><img src="/static/a.png" alt=""></figure>')


def test_the_label_stands_behind_a_picture_without_a_figure() -> None:
    assert read('<p><img src="/static/a.png" alt=""> sau</p>') == (
        '<p><img src="/f/a.png" alt="" loading="lazy"><small class="ai-label">AI: a.png</small> sau</p>'
    )


def test_pages_of_other_platforms_are_labelled_too() -> None:
    places = Places(lambda p: f"/f/{p}", lambda _n: "", "away", lambda p: "AI" if p == "a.png" else "")
    html = page_reading('<img src="/static/a.png" alt=""><img src="/static/b.png" alt="">', places)
    assert html.count('<small class="ai-label">AI</small>') == 1
    assert html.index("a.png") < html.index("ai-label") < html.index("b.png")


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def signed_in(client: Client, learner: Person) -> Client:
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def module(tmp_path: Path, learner: Person) -> Module:
    units = {"u1": text(FIGURE), "u2": '<text url_name="w"><body lang="vi">Chữ</body></text>'}
    made = make_courses.module(tmp_path, units, files={"a.png": PICTURE})
    make_courses.enrolment(learner, make_courses.programme(made, code="G"))
    return made


def page(client: Client, unit: str = "u1") -> str:
    return client.get(reverse("courses:unit", args=["T1", unit])).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("module")
@pytest.mark.parametrize(("label", "count"), [("generated", 1), ("assisted", 0), ("none", 0)])
def test_learners_read_what_the_library_says(signed_in: Client, label: str, count: int) -> None:
    make_media.item(PICTURE, ai_label=label, ai_tool="Máy vẽ thử" if label != "none" else "")
    shown = page(signed_in)
    assert shown.count(MADE) == count
    assert ("Máy vẽ thử" in shown) is (label != "none")


@pytest.mark.django_db
@pytest.mark.usefixtures("module")
def test_only_units_with_pictures_ask(signed_in: Client) -> None:
    make_media.item(PICTURE, ai_label="generated", ai_tool="Máy vẽ thử")
    for unit, number in (("u1", 1), ("u2", 0)):
        with CaptureQueriesContext(connection) as asked:
            page(signed_in, unit)
        # A test's transaction keeps nothing between two places that show the text: count different ones.
        assert len({q["sql"] for q in asked.captured_queries if "media" in q["sql"]}) == number


@pytest.mark.django_db(transaction=True)
def test_a_label_put_right_is_seen_within_a_minute(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    made = module.published
    assert made is not None
    outline = outline_of(made.pk)
    item = make_media.item(PICTURE, ai_label="none")
    now = clock.now().replace(second=0)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert labels.picture_labels(made.pk, outline) == {}
    edit_item(item=item, facts=said(item, ai_label="generated", ai_tool="Máy"), by=SYSTEM)
    assert labels.picture_labels(made.pk, outline) == {}
    later = now + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert labels.picture_labels(made.pk, outline) == {"a.png": ("generated", "Máy")}


def said(item: MediaItem, **changed: Any) -> ItemFacts:
    return ItemFacts(**{**vars(ItemFacts.of(item)), **changed})
