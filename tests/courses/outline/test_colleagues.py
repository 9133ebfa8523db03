"""Colleagues who change the same tree at the same time."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from courses.actions.drafts import undo_draft
from courses.actions.outline import (
    add_block,
    add_unit,
    change_section,
    change_unit,
    move_item,
    remove_item,
)
from courses.actions.publish import save_block_draft
from courses.models import Module, ModuleVersion
from courses.olx.tree import Place
from lms.people.models import Person
from lms.shared.errors import Refused
from tests import make_courses
from tests.make_courses import text_block, usage_key
from tests.make_outlines import TEXT, now, refusal, trainer_

pytestmark = pytest.mark.django_db


def test_a_colleagues_other_change_is_kept(module: Module, trainer: Person) -> None:
    colleague = trainer_("Lê Thị Hoa")
    change_unit(module=module, key="u2", title={"vi": "Hoa"}, minutes=5, review_by=None, by=colleague, base=1)
    add_unit(module=module, section="seq", title={"vi": "Thêm"}, by=colleague, base=2)

    change_unit(module=module, key="u1", title={"vi": "Mẫu"}, minutes=5, review_by=None, by=trainer, base=1)
    move_item(module=module, kind="unit", key="u2", place=Place("seq", "u1"), by=trainer, base=1)

    assert [unit.title["vi"] for unit in now(module).units] == ["Hoa", "Mẫu", "Thêm"]


@pytest.mark.parametrize(
    ("theirs", "mine", "code"),
    [
        (
            lambda m, by: change_unit(
                module=m, key="u1", title={"vi": "A"}, minutes=1, review_by=None, by=by
            ),
            lambda m, by: change_unit(
                module=m, key="u1", title={"vi": "B"}, minutes=1, review_by=None, by=by, base=1
            ),
            "changed-meanwhile",
        ),
        (
            lambda m, by: save_block_draft(
                module=m, usage_key=usage_key(m, "u1-text"), olx=text_block("u1-text", "Mới"), by=by
            ),
            lambda m, by: remove_item(module=m, kind="unit", key="u1", by=by, base=1),
            "changed-meanwhile",
        ),
        (
            lambda m, by: remove_item(module=m, kind="unit", key="u1", by=by),
            lambda m, by: add_block(module=m, place=Place("u1"), olx=TEXT, by=by, base=1),
            "gone-meanwhile",
        ),
        (
            lambda m, by: move_item(module=m, kind="unit", key="u1", place=Place("seq"), by=by),
            lambda m, by: undo_draft(module=m, base=1, by=by),
            "changed-meanwhile",
        ),
        (
            lambda m, by: change_section(module=m, key="seq", title={"vi": "A"}, by=by),
            lambda m, by: change_section(module=m, key="seq", title={"vi": "X"}, by=by, base=77),
            "changed-meanwhile",
        ),
    ],
)
def test_a_colleagues_change_of_the_same_thing_is_not_overwritten(
    module: Module, trainer: Person, theirs: Any, mine: Any, code: str
) -> None:
    theirs(module, trainer_("Lê Thị Hoa"))
    before = now(module)

    assert refusal(lambda: mine(module, trainer)) == code
    assert now(module) == before


def test_the_refusal_names_the_colleague(module: Module, trainer: Person) -> None:
    change_section(module=module, key="seq", title={"vi": "A"}, by=trainer_("Lê Thị Hoa"))
    with pytest.raises(Refused) as refused:
        change_section(module=module, key="seq", title={"vi": "B"}, by=trainer, base=1)
    assert "Lê Thị Hoa" in str(refused.value.message)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_trainers_saving_at_once_both_find_their_change(tmp_path: Path) -> None:
    module, people = make_courses.module(tmp_path), [trainer_("Một"), trainer_("Hai")]
    failures: list[Exception] = []
    start = threading.Barrier(2)

    def save(person: Person, key: str) -> None:
        try:
            start.wait(timeout=10)
            change_unit(
                module=module,
                key=key,
                title={"vi": person.full_name},
                minutes=5,
                review_by=None,
                by=person,
                base=1,
            )
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=pair) for pair in zip(people, ("u1", "u2"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    if connection.vendor == "sqlite":
        # An in-memory database is one connection for all threads, or answers "locked" at once.
        failures = [failure for failure in failures if "locked" not in str(failure)]
    assert failures == []
    written = {unit.title["vi"] for unit in now(module).units}
    numbers = list(ModuleVersion.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(written & {"Một", "Hai"}) == len(numbers) - 1 >= 1
