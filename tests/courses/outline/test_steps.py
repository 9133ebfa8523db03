"""Undo, redo and restore: each is a new draft."""

from pathlib import Path

import pytest

from courses.actions.drafts import redo_draft, restore_draft, undo_draft
from courses.actions.outline import (
    change_section,
)
from courses.models import Module, ModuleVersion
from lms.audit.models import AuditEvent
from lms.people.models import Person
from tests import make_courses
from tests.make_outlines import now, number, refusal

pytestmark = pytest.mark.django_db


def titles(module: Module, trainer: Person, *names: str) -> None:
    for name in names:
        change_section(module=module, key="seq", title={"vi": name}, by=trainer)


def title(module: Module) -> str:
    return now(module).sections[0].title["vi"]


def walk(module: Module, trainer: Person, steps: str) -> str:
    """u and r walk, any other letter is a change; the titles met on the way."""
    met = []
    for step in steps:
        if step == "u":
            undo_draft(module=module, base=number(module), by=trainer)
        elif step == "r":
            redo_draft(module=module, base=number(module), by=trainer)
        else:
            titles(module, trainer, step)
        met.append(title(module))
    return "".join(met)


@pytest.mark.parametrize(
    ("steps", "met"),
    [
        ("ABCuu", "ABCBA"),
        ("ABCuurr", "ABCBABC"),
        ("ABCuDuu", "ABCBDBA"),
        ("ABCuDuurr", "ABCBDBABD"),
        ("ABCuurrDuuurrr", "ABCBABCDCBABCD"),
    ],
)
def test_undo_and_redo_walk_the_changes_and_rewrite_nothing(
    module: Module, trainer: Person, steps: str, met: str
) -> None:
    assert walk(module, trainer, steps) == met
    numbers = list(ModuleVersion.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(steps) + 2))


def test_undo_ends_at_the_first_draft_and_redo_after_a_change(module: Module, trainer: Person) -> None:
    assert refusal(lambda: undo_draft(module=module, base=1, by=trainer)) == "nothing-to-undo"
    assert refusal(lambda: redo_draft(module=module, base=1, by=trainer)) == "nothing-to-redo"
    walk(module, trainer, "ABuC")
    assert refusal(lambda: redo_draft(module=module, base=5, by=trainer)) == "nothing-to-redo"


def test_restore_is_a_new_draft_that_can_be_undone(module: Module, trainer: Person) -> None:
    walk(module, trainer, "AB")
    second = ModuleVersion.objects.get(number=2)

    written = restore_draft(module=module, version=second, by=trainer)

    assert (written.version.number, written.version.step, written.version.repeats) == (4, "restore", second)
    assert title(module) == "A"
    module.refresh_from_db()
    assert module.published is not None
    assert module.published.number == 1
    assert walk(module, trainer, "uur") == "BAB"
    assert AuditEvent.objects.filter(kind="draft.restored").count() == 1


def test_restore_of_another_modules_version_is_refused(
    module: Module, trainer: Person, tmp_path: Path
) -> None:
    other = make_courses.module(tmp_path / "o", code="T2").draft
    assert other is not None
    assert refusal(lambda: restore_draft(module=module, version=other, by=trainer)) == "other-module"
