"""Changing a module's tree: drafts, keys, the audit."""

from datetime import date
from typing import Any

import pytest

from courses.actions.drafts import undo_draft
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
from courses.models import BlockVersion, Module, Step, UnitCompletion
from courses.olx.tree import Place
from courses.queries.studio_keys import was_used
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make
from tests.make_courses import usage_key
from tests.make_outlines import TEXT, now, number, refusal, shape

pytestmark = pytest.mark.django_db


def test_add_section_unit_and_block_make_drafts_learners_do_not_see(module: Module, trainer: Person) -> None:
    section = add_section(module=module, title={"vi": "Phần mới"}, by=trainer)
    unit = add_unit(
        module=module, section=section, title={"vi": "Bài mới", "en": "New"}, minutes=7, by=trainer
    )
    key = add_block(module=module, place=Place(unit), olx=TEXT, title={"vi": "Mở đầu"}, by=trainer)

    outline = now(module)
    made = outline.unit(unit)
    assert made is not None
    assert (made.title, made.minutes) == ({"vi": "Bài mới", "en": "New"}, 7)
    assert [(b.usage_key, b.title, b.is_required) for b in made.blocks] == [(key, {"vi": "Mở đầu"}, True)]
    assert outline.sections[-1].chapter == "ch"
    assert 'display_name="Mở đầu"' in BlockVersion.objects.get(pk=made.blocks[0].version).olx
    module.refresh_from_db()
    assert module.published is not None
    assert (module.published.number, number(module)) == (1, 4)
    last = AuditEvent.objects.latest("pk")
    assert (last.kind, last.details["did"], last.details["key"]) == ("outline.changed", "block.added", key)


def test_change_unit_section_and_block(module: Module, trainer: Person) -> None:
    day = date(2027, 6, 30)
    change_unit(module=module, key="u1", title={"vi": "Tên khác"}, minutes=9, review_by=day, by=trainer)
    change_section(module=module, key="seq", title={"vi": "Mục"}, by=trainer)
    key = usage_key(module, "u1-text")
    change_block(
        module=module, usage_key=key, title={"vi": "Đầu", "de": "Anfang"}, is_required=False, by=trainer
    )

    outline = now(module)
    unit, block = outline.unit("u1"), outline.blocks[key]
    assert unit is not None
    assert (unit.title, unit.minutes, unit.review_by) == ({"vi": "Tên khác"}, 9, day)
    assert outline.sections[0].title == {"vi": "Mục"}
    assert (block.title, block.is_required) == ({"vi": "Đầu", "de": "Anfang"}, False)
    olx = BlockVersion.objects.get(pk=block.version).olx
    assert 'display_name="Đầu"' in olx
    assert 'display_name_de="Anfang"' in olx
    assert 'required="false"' in olx


def test_change_module_names_the_draft_and_learners_see_it_when_it_is_published(
    module: Module, trainer: Person
) -> None:
    change_module(module=module, title={"vi": "Tên mới"}, by=trainer, base=1)
    module.refresh_from_db()
    assert (now(module).title, module.title["vi"]) == ({"vi": "Tên mới"}, "Mô-đun T1")
    assert refusal(lambda: change_module(module=module, title={"vi": "X"}, by=trainer, base=1)) == (
        "changed-meanwhile"
    )
    publish_module(module=module, by=SYSTEM, note="Tên")
    module.refresh_from_db()
    assert module.title == {"vi": "Tên mới"}


def test_the_same_change_again_makes_no_draft(module: Module, trainer: Person) -> None:
    facts: dict[str, Any] = {"title": {"vi": "X"}, "minutes": 5, "review_by": None, "by": trainer}
    first = change_unit(module=module, key="u1", **facts)
    again = change_unit(module=module, key="u1", **facts)

    assert (first.is_new, again.is_new, number(module)) == (True, False, 2)


def test_move_block_to_another_unit_keeps_its_key(module: Module, trainer: Person) -> None:
    move_item(
        module=module,
        kind="block",
        key=usage_key(module, "u1-more"),
        place=Place("u2", usage_key(module, "u2-text")),
        by=trainer,
    )

    assert shape(module) == [("u1", ["u1-text"]), ("u2", ["u1-more", "u2-text"])]


def test_a_test_that_counts_frees_the_words_beside_it(module: Module, trainer: Person) -> None:
    olx = '<quiz kind="module"/>'
    key = add_block(module=module, place=Place("u1"), olx=olx, by=trainer)
    unit = now(module).unit("u1")
    assert unit is not None
    assert [b.is_required for b in unit.blocks] == [False, False, True]

    remove_item(module=module, kind="block", key=key, by=trainer)

    unit = now(module).unit("u1")
    assert unit is not None
    assert [b.is_required for b in unit.blocks] == [True, True]


def test_duplicate_unit_gets_keys_of_its_own(module: Module, trainer: Person) -> None:
    copy = duplicate_unit(module=module, key="u1", by=trainer)

    outline = now(module)
    assert [unit.key for unit in outline.units] == ["u1", copy, "u2"]
    keys = [block.usage_key for unit in outline.units for block in unit.blocks]
    assert len(keys) == len(set(keys)) == 5
    publish_module(module=module, by=SYSTEM, note="Bản sao")


def test_remove_keeps_learners_progress_and_undo_gives_the_unit_back(module: Module, trainer: Person) -> None:
    learner = make.person()
    UnitCompletion.objects.create(person=learner, module=module, unit_key="u1", completed_at=clock.now())
    before = now(module)

    remove_item(module=module, kind="unit", key="u1", by=trainer, base=1)
    assert [unit.key for unit in now(module).units] == ["u2"]
    written = undo_draft(module=module, base=2, by=trainer)

    assert now(module) == before
    assert (written.version.number, written.version.step) == (3, Step.UNDO)
    assert UnitCompletion.objects.filter(person=learner, unit_key="u1").exists()


def test_a_key_is_never_given_again(module: Module, trainer: Person) -> None:
    unit = add_unit(module=module, section="seq", title={"vi": "X"}, by=trainer)
    block = add_block(module=module, place=Place(unit), olx=TEXT, by=trainer)
    remove_item(module=module, kind="unit", key=unit, by=trainer)

    assert was_used(module, unit)
    assert was_used(module, block.rpartition("@")[2])
    assert was_used(module, "seq")
    assert not was_used(module, "t1-u-zzzzz")
