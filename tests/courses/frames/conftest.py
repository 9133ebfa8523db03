"""Modules with framed blocks, and who looks at them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from courses.models import (
    Module,
)
from courses.xblocks import registry
from courses.xblocks.catalogue import BLOCK_TYPES, BlockType
from lms.people.models import Person, Role
from tests import make, make_courses
from tests.courses.frames.rude import RudeBlock
from tests.make_courses import text_block
from tests.make_frames import PlayerHost

ASSESSED = '<drag-and-drop-v2 url_name="k" mode="assessment" max_attempts="1"/>'
UNITS = {
    "u1": '<poll url_name="p" required="true" display_name="Bình chọn"/>',
    "u2": text_block("t") + '<done url_name="d" display_name="Đã làm"/>',
    "u3": ASSESSED,
}


@pytest.fixture
def rude(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(
        BLOCK_TYPES, "rude", BlockType(tag="rude", path=f"{RudeBlock.__module__}.RudeBlock", label="Rude")
    )
    registry._load.cache_clear()
    yield
    registry._load.cache_clear()


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def author() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


@pytest.fixture
def module(tmp_path: Path, learner: Person) -> Module:
    made = make_courses.module(tmp_path, UNITS, files={"so-do.png": b"\x89PNG"})
    make_courses.enrolment(learner, make_courses.programme(made))
    return made


@pytest.fixture
def rude_module(tmp_path: Path, learner: Person, rude: None) -> Module:
    units = {
        f"u{fault}": text_block(f"t{fault}") + f'<rude url_name="{fault}" fails="{fault}"/>'
        for fault in ("none", "parse", "view")
    }
    made = make_courses.module(tmp_path, units, code="R1")
    make_courses.enrolment(learner, make_courses.programme(made))
    return made


@pytest.fixture
def player() -> PlayerHost:
    return PlayerHost()
