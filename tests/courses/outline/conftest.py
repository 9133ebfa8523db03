"""A module with two units and who writes it."""

from pathlib import Path

import pytest

from courses.models import Module
from lms.people.models import Person
from tests import make_courses
from tests.make_courses import text_block
from tests.make_outlines import trainer_


@pytest.fixture
def trainer() -> Person:
    return trainer_()


@pytest.fixture
def module(tmp_path: Path) -> Module:
    units = {
        "u1": text_block("u1-text") + text_block("u1-more"),
        "u2": text_block("u2-text"),
    }
    return make_courses.module(tmp_path, units)
