"""A package that is here and somebody who may play it."""

from typing import Any

import pytest

from courses.h5p.models import Package
from lms.people.models import Person
from tests import make, make_h5p_here
from tests.make_h5p_play import playable


@pytest.fixture(autouse=True)
def _anybody_plays(settings: Any) -> None:
    """Who may play is the host's business, and tried in tests/courses/test_h5p_play.py."""
    settings.H5P = {**settings.H5P, "MAY_PLAY": "courses.h5p.permissions.may_play_by_default"}


@pytest.fixture
def person(db: None) -> Person:
    return make.person("Lò Thị Học")


@pytest.fixture
def package(db: None) -> Package:
    return make_h5p_here.package(content=playable())
