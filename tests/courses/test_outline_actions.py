"""Changing a module's tree: drafts, colleagues at the same time, undo and redo, keys, the audit."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

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
from courses.actions.publish import publish_module, save_block_draft
from courses.models import BlockVersion, Module, ModuleVersion, Step, UnitCompletion
from courses.olx.outline import Outline
from courses.olx.tree import Place
from courses.queries.outline import draft_outline
from courses.queries.studio_keys import was_used
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import text_block, usage_key

pytestmark = pytest.mark.django_db
TEXT = '<text><body lang="vi"></body></text>'


def trainer_(name: str = "Trần Văn Mẫu") -> Person:
    person = make.person(name)
    make.grant(person, Role.TRAINER)
    return person


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


def now(module: Module) -> Outline:
    outline = draft_outline(Module.objects.get(pk=module.pk))
    assert outline is not None
    return outline


def number(module: Module) -> int:
    draft = Module.objects.get(pk=module.pk).draft
    assert draft is not None
    return draft.number


def shape(module: Module) -> list[tuple[str, list[str]]]:
    return [(unit.key, [block.key for block in unit.blocks]) for unit in now(module).units]


def refusal(attempt: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        attempt()
    return refused.value.code


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
    publish_module(module=module, by=trainer, note="Tên")
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
    publish_module(module=module, by=trainer, note="Bản sao")


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


# Colleagues


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


# Undo, redo, restore


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


# Creating, refusing


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
    publish_module(module=module, by=trainer, note="Lần đầu")
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
