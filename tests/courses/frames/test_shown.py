"""What a reader sees of framed blocks: real packages, and one that does everything wrong."""

import logging
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import (
    Module,
)
from courses.xblocks.catalogue import BLOCK_TYPES, BlockType
from courses.xblocks.services import anonymous_id
from lms.people.models import Person
from tests import make, make_courses
from tests.make_courses import text_block, usage_key
from tests.make_frames import PlayerHost, signed_in, token_of

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db


def test_unit_page_frames_the_block_and_loads_none_of_it(module: Module, learner: Person) -> None:
    page = signed_in(learner).get(reverse("courses:unit", args=["T1", "u1"])).content.decode()

    frame = re.search(r"<iframe [^>]+>", page)
    assert frame is not None
    assert f'src="{django_settings.PLAYER_URL}/f/' in frame[0]
    assert 'sandbox="allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"' in frame[0]
    assert 'title="Bình chọn"' in frame[0]
    assert "allow-same-origin" not in page
    assert "handlebars" not in page
    assert reverse("courses:frame", args=["T1", usage_key(module, "p", "poll")]) in page


def test_unit_page_costs_the_same_for_any_number_of_frames(tmp_path: Path, learner: Person) -> None:
    counts = []
    for number in (1, 6):
        units = {"u1": "".join(f'<done url_name="d{n}" align="left"/>' for n in range(number))}
        made = make_courses.module(tmp_path / str(number), units, code=f"F{number}")
        make_courses.enrolment(learner, make_courses.programme(made))
        client, url = signed_in(learner), reverse("courses:unit", args=[made.code, "u1"])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_frame_has_its_own_policy_and_no_cookies(module: Module, learner: Person, player: PlayerHost) -> None:
    response = player.get(f"/f/{token_of(module, learner, 'p', 'poll')}")
    page, policy = response.content.decode(), response["Content-Security-Policy"]

    assert response.status_code == 200
    assert 'data-init="PollBlock"' in page
    assert f"frame-ancestors {django_settings.SITE_URL} " in policy
    assert "sandbox allow-scripts" in policy
    assert "'self'" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'<script nonce="{nonce[1]}">' in page
    assert "Set-Cookie" not in response
    assert "X-Frame-Options" not in response
    assert response["Cache-Control"] == "no-store"


def test_frame_keeps_arguments_inside_their_element(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    page = player.get(f"/f/{token_of(rude_module, learner, 'none', 'rude')}").content.decode()

    assert "<script>alert(1)" not in page
    assert "\\u003c/script\\u003e" in page


def test_frame_tells_a_block_another_number_in_each_module(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    page = player.get(f"/f/{token_of(rude_module, learner, 'none', 'rude')}").content.decode()
    number = anonymous_id(learner.pk, rude_module.course_key)

    assert f"<i>{number}</i><b>{number}</b>" in page
    assert number != anonymous_id(learner.pk, "course-v1:LanToa+T1+2026")
    assert number != anonymous_id(learner.pk + 1, rude_module.course_key)


@pytest.mark.parametrize(("name", "status"), [("parse", 500), ("view", 500), ("none", 200)])
def test_frame_of_a_block_that_breaks_says_so(
    rude_module: Module, learner: Person, player: PlayerHost, name: str, status: int
) -> None:
    response = player.get(f"/f/{token_of(rude_module, learner, name, 'rude')}")

    assert response.status_code == status
    assert ('role="alert">Tạm thời' in response.content.decode()) == (status == 500)
    unit = signed_in(learner).get(reverse("courses:unit", args=["R1", f"u{name}"]))
    assert unit.status_code == 200
    assert "Nội dung" in unit.content.decode()


def test_frame_alone_needs_no_script(module: Module, learner: Person, author: Person) -> None:
    url = reverse("courses:frame", args=["T1", usage_key(module, "p", "poll")])
    text = reverse("courses:frame", args=["T1", usage_key(module, "t")])

    assert "<iframe" in signed_in(learner).get(url).content.decode()
    assert signed_in(learner).get(text).status_code == 404
    assert signed_in(learner).get(url + "?mode=draft").status_code == 403
    assert 'data-view="studio_view"' in signed_in(author).get(url + "?mode=draft").content.decode()
    assert signed_in(author).get(url + "?mode=root").status_code == 404
    assert signed_in(make.person()).get(url).status_code == 403


def test_a_package_that_is_missing_is_an_unsupported_block(
    tmp_path: Path, learner: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entry = BlockType(tag="absent", path="package_nobody_has.Block", label="Absent")
    monkeypatch.setitem(BLOCK_TYPES, "absent", entry)
    made = make_courses.module(tmp_path, {"u1": text_block("t") + '<absent url_name="a" b="c"/>'}, code="A1")
    make_courses.enrolment(learner, make_courses.programme(made))

    with caplog.at_level(logging.INFO):
        pages = [signed_in(learner).get(reverse("courses:unit", args=["A1", "u1"])) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "(absent)" in pages[0].content.decode()
    assert "<iframe" not in pages[0].content.decode()
    ours = [record for record in caplog.records if "package_nobody_has" in record.getMessage()]
    assert [record.levelname for record in ours] == ["INFO"]
