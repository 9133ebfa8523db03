"""H5P in a unit: who may play and be counted, asked of the platform at each use."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.models import BlockCompletion, BlockScore, Enrolment, Module
from lms.people.models import Person, Role
from lms.shared import clock
from tests import make, make_courses, make_h5p_here
from tests.courses.h5p.player.test_statements import statement
from tests.make_frames import PlayerHost
from tests.make_h5p_here import BLOCK
from tests.make_h5p_play import playable

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_h5p_here.module(tmp_path, rule="score", more=' threshold="50"', content=playable())


@pytest.fixture
def learner(module: Module) -> Person:
    person = make.person("Lò Thị Học")
    make_courses.enrolment(person, make_courses.programme(module))
    return person


def unit_page(client: Client, module: Module) -> str:
    return client.get(f"/learn/{module.code}/u1/").content.decode()


def frame_in(html: str) -> tuple[str, str]:
    """The address of the player and the one for results."""
    found = re.search(r'<h5p-player data-record="([^"]+)".*?<iframe src="([^"]+)"', html)
    assert found is not None
    return found[2], found[1]


def sent(client: Client, record: str, player: str, **result: Any) -> int:
    html = PlayerHost().get(player).content.decode()
    activity = json.loads(re.findall(r'id="h5p-facts"[^>]*>(.*?)</script>', html)[0])["integration"][
        "contents"
    ]["cid-1"]["url"]
    body = {"opened": True, "statements": [statement(object={"id": activity}, result=result)]}
    return client.post(record, json.dumps(body), content_type="application/json").status_code


def test_a_learner_plays_and_is_counted(
    module: Module, learner: Person, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(learner)
    player, record = frame_in(unit_page(client, module))
    assert PlayerHost().get(player).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(client, record, player, score={"raw": 2, "max": 2}) == 200
    score = BlockScore.objects.get(person=learner, usage_key=BLOCK)
    assert (float(score.earned), float(score.possible), score.passed) == (2, 2, True)
    assert BlockCompletion.objects.get(person=learner, usage_key=BLOCK).completion == 1


def test_too_few_points_complete_nothing(
    module: Module, learner: Person, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(learner)
    player, record = frame_in(unit_page(client, module))
    with django_capture_on_commit_callbacks(execute=True):
        sent(client, record, player, score={"raw": 0, "max": 2})
    assert not BlockCompletion.objects.filter(person=learner, completion=1).exists()


def test_when_the_enrolment_ends_both_doors_close(module: Module, learner: Person, client: Client) -> None:
    client.force_login(learner)
    player, record = frame_in(unit_page(client, module))
    Enrolment.objects.filter(person=learner).update(ended_at=clock.now())
    assert PlayerHost().get(player).status_code == 403
    response = client.post(record, "{}", content_type="application/json")
    assert (response.status_code, response.json()["error"]) == (403, "not-allowed")


def test_an_author_looks_and_leaves_nothing(module: Module, client: Client) -> None:
    author = make.person("Trần Thị Giảng")
    make.grant(author, Role.TRAINER)
    client.force_login(author)
    html = client.get(f"/studio/{module.code}/units/u1/").content.decode()
    assert "data-record" not in html
    found = re.search(r'<h5p-player><iframe src="([^"]+)"', html)
    assert found is not None
    assert PlayerHost().get(found[1]).status_code == 200
