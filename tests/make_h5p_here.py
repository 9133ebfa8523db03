"""H5P packages that are here, people who deal with them, and modules with H5P blocks. For tests."""

from io import BytesIO
from pathlib import Path
from typing import Any

from courses.actions.import_olx import import_module
from courses.h5p.actions.packages import import_package
from courses.h5p.models import Package
from courses.models import Module
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from tests import make
from tests.make_courses import olx, text_block
from tests.make_h5p import make_h5p

BLOCK = "block-v1:LanToa+T1+2026+type@h5p+block@b1"
OLX = '<h5p url_name="b1" display_name="Bài tập" package="/static/hai.h5p" completion="{rule}"{more}/>'


def manager() -> Person:
    person = make.person("Cao Thị Thư Viện")
    make.grant(person, Role.LIBRARY_MANAGER)
    return person


def trainer() -> Person:
    person = make.person("Trần Thị Giảng Viên")
    make.grant(person, Role.TRAINER)
    return person


def package(*, by: Any = SYSTEM, content: bytes | None = None, **changes: Any) -> Package:
    """A package with its libraries, brought in by the platform itself unless somebody else is named."""
    return import_package(file=BytesIO(content or make_h5p(**changes)), by=by)


def module(folder: Path, *, rule: str = "viewed", more: str = "", content: bytes | None = None) -> Module:
    """A published module: a unit with a text and an H5P block whose package is here, and another unit."""
    content = make_h5p() if content is None else content
    package(content=content)
    units = {"u1": text_block("t1") + OLX.format(rule=rule, more=more), "u2": text_block("t2")}
    return import_module(olx(folder, units, files={"hai.h5p": content}), by=SYSTEM).module
