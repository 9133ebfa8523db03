"""Beginning a module, and what is refused of a tree."""

from typing import Any

import pytest

from courses.actions.drafts import redo_draft, restore_draft, undo_draft
from courses.actions.new_module import create_module
from courses.actions.outline import (
    add_block,
    add_section,
    add_unit,
    change_block,
    change_module,
    change_section,
    change_unit,
    duplicate_unit,
    move_item,
    remove_item,
)
from courses.actions.publish import publish_module
from courses.models import Module
from courses.olx.tree import Place
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tests.make_courses import usage_key
from tests.make_outlines import TEXT, now, refusal

pytestmark = pytest.mark.django_db


def test_create_module_begins_with_one_empty_section(trainer: Person) -> None:
    module = create_module(code=" g9 ", title={"vi": "Viết tin ngắn"}, component="DC", by=trainer)

    assert (module.code, module.course_key) == ("G9", f"course-v1:LanToa+G9+{clock.today().year}")
    assert (module.component, module.published) == ("DC", None)
    assert [(s.title["vi"], s.units) for s in now(module).sections] == [("Học", ())]
    assert AuditEvent.objects.latest("pk").kind == "module.created"


def test_create_module_gives_an_announced_one_its_content(trainer: Person) -> None:
    announced = make_courses.announced_module("T7")
    module = create_module(code="T7", title={"vi": "Nay có"}, by=trainer)
    assert (module.pk, module.course_key) == (announced.pk, announced.course_key)
    assert now(module).title == {"vi": "Nay có"}


def test_from_an_empty_module_to_a_published_one(trainer: Person) -> None:
    module = create_module(code="G9", title={"vi": "Viết"}, by=trainer)
    section = now(module).sections[0].key
    unit = add_unit(module=module, section=section, title={"vi": "Bài 1"}, minutes=5, by=trainer)
    add_block(module=module, place=Place(unit), olx=TEXT, by=trainer)
    publish_module(module=module, by=SYSTEM, note="Lần đầu")
    module.refresh_from_db()
    assert module.published_id == module.draft_id


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"code": "T1", "title": {"vi": "X"}}, "code-taken"),
        ({"code": "1-", "title": {"vi": "X"}}, "bad-code"),
        ({"code": "G9", "title": {"vi": " "}}, "no-title"),
        ({"code": "G9", "title": {"vi": "x" * 201}}, "title-too-long"),
        ({"code": "G9", "title": {"vi": "X"}, "component": "ZZ"}, "unknown-component"),
    ],
)
def test_create_module_refuses(module: Module, trainer: Person, facts: dict[str, Any], code: str) -> None:
    assert refusal(lambda: create_module(by=trainer, **facts)) == code


def test_bad_minutes_and_broken_blocks_are_refused(module: Module, trainer: Person) -> None:
    for minutes in (-1, 601):
        assert (
            refusal(
                lambda m=minutes: change_unit(  # type: ignore[misc]
                    module=module, key="u1", title={"vi": "X"}, minutes=m, review_by=None, by=trainer
                )
            )
            == "bad-minutes"
        )
    assert refusal(lambda: add_block(module=module, place=Place("u1"), olx="<te", by=trainer)) == "broken-olx"


def test_trainers_only(module: Module) -> None:
    learner, version = make.person(), module.draft
    assert version is not None
    one: dict[str, Any] = {"module": module, "by": learner}
    codes = [
        refusal(attempt)
        for attempt in (
            lambda: create_module(code="G9", title={"vi": "X"}, by=learner),
            lambda: add_section(title={"vi": "X"}, **one),
            lambda: add_unit(section="seq", title={"vi": "X"}, **one),
            lambda: add_block(place=Place("u1"), olx=TEXT, **one),
            lambda: change_module(title={"vi": "X"}, **one),
            lambda: change_section(key="seq", title={"vi": "X"}, **one),
            lambda: change_unit(key="u1", title={"vi": "X"}, minutes=1, review_by=None, **one),
            lambda: change_block(usage_key=usage_key(module, "u1-text"), title={}, **one),
            lambda: move_item(kind="unit", key="u1", place=Place("seq"), **one),
            lambda: remove_item(kind="unit", key="u1", **one),
            lambda: duplicate_unit(key="u1", **one),
            lambda: undo_draft(base=1, **one),
            lambda: redo_draft(base=1, **one),
            lambda: restore_draft(version=version, **one),
        )
    ]
    assert codes == ["not-allowed"] * 14
