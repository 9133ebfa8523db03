"""Answers to one block in the same moment, each on a connection of its own."""

from pathlib import Path
from typing import Any

import pytest

from courses.models import BlockCompletion, BlockScore, BlockState, Module, SharedBlockState
from lms.people.models import Person
from tests import make, make_courses
from tests.assessments.test_at_once import _needs_connections_of_its_own as _needs_connections_of_its_own
from tests.assessments.test_at_once import at_once
from tests.make_frames import PlayerHost, token_of

pytest.importorskip("poll")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def class_(tmp_path: Path, settings: Any) -> tuple[Module, list[Person]]:
    units = {"u1": '<poll url_name="p" display_name="Thăm dò"/><done url_name="d" display_name="Đã làm"/>'}
    module = make_courses.module(tmp_path, units)
    programme = make_courses.programme(module)
    learners = [make.person() for _ in range(6)]
    for learner in learners:
        make_courses.enrolment(learner, programme)
    settings.ROOT_URLCONF, settings.MIDDLEWARE = settings.PLAYER_URLCONF, settings.PLAYER_MIDDLEWARE
    return module, learners


def test_no_vote_of_many_is_lost(class_: tuple[Module, list[Person]]) -> None:
    module, learners = class_
    tokens = [token_of(module, learner, "p", "poll") for learner in learners]

    answers = at_once(*[lambda t=t: PlayerHost().call(t, "vote", {"choice": "R"}) for t in tokens])

    assert [status for status, _answer in answers] == [200] * 6
    assert SharedBlockState.objects.get().state["tally"]["R"] == 6
    assert BlockCompletion.objects.count() == 6


def test_one_learner_in_two_tabs_votes_once(class_: tuple[Module, list[Person]]) -> None:
    module, learners = class_
    token = token_of(module, learners[0], "p", "poll")

    answers = at_once(*[lambda: PlayerHost().call(token, "vote", {"choice": "B"})] * 4)

    assert {status for status, _answer in answers} <= {200, 409}
    assert sum(bool(answer.get("success")) for _status, answer in answers) == 1
    assert SharedBlockState.objects.get().state["tally"]["B"] == 1
    assert BlockState.objects.get().state["submissions_count"] == 1


def test_marks_sent_twice_are_kept_once(class_: tuple[Module, list[Person]]) -> None:
    module, learners = class_
    token = token_of(module, learners[0], "d", "done")

    answers = at_once(*[lambda: PlayerHost().call(token, "toggle_button", {"done": True})] * 4)

    assert {status for status, _answer in answers} <= {200, 409}
    assert BlockScore.objects.get().earned == 1
    assert BlockCompletion.objects.get().completion == 1.0
