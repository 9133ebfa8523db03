"""Changing the tree: nothing is lost, nothing is there twice, keys are never given again."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.olx import tree
from courses.olx.outline import BlockRef, Outline, Section, Unit
from courses.olx.outline_changes import moved, outline_changes
from courses.olx.rebase import is_untouched
from courses.olx.tree import KINDS, Kind, NotThere, Place


def ref(name: str) -> BlockRef:
    return BlockRef(f"block-v1:o+c+r+type@text+block@{name}", "text", {"vi": name}, version=1)


def unit(key: str, *names: str) -> Unit:
    return Unit(key, {"vi": key}, tuple(ref(name) for name in names), minutes=5)


def outline(*sections: Section) -> Outline:
    return Outline("course-v1:o+c+r", {"vi": "M"}, sections)


SMALL = outline(
    Section("s1", {"vi": "Một"}, (unit("u1", "a", "b"), unit("u2", "c")), chapter="ch1"),
    Section("s2", {"vi": "Hai"}, (unit("u3"),), chapter="ch1"),
    Section("s3", {"vi": "Ba"}, (unit("u4", "d"),), chapter="ch2"),
)
A, B, C = (ref(name).usage_key for name in "abc")


@st.composite
def trees(draw: st.DrawFn) -> Outline:
    blocks = iter(range(1000))
    units = iter(range(1000))
    shape = draw(st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=1, max_size=4))
    chapters = draw(st.lists(st.sampled_from("xyz"), min_size=len(shape), max_size=len(shape)))
    return outline(
        *(
            Section(
                f"s{place}",
                {"vi": f"s{place}"},
                tuple(unit(f"u{next(units)}", *(f"b{next(blocks)}" for _ in range(size))) for size in sizes),
                chapter=chapters[place],
            )
            for place, sizes in enumerate(shape)
        )
    )


def keys_of(made: Outline, kind: Kind) -> list[str]:
    if kind == "section":
        return tree.section_keys(made)
    if kind == "unit":
        return [u.key for u in made.units]
    return [b.usage_key for u in made.units for b in u.blocks]


def parents_for(made: Outline, kind: Kind) -> list[str]:
    return {"section": [""], "unit": keys_of(made, "section"), "block": keys_of(made, "unit")}[kind]


@given(st.data(), trees())
def test_no_move_loses_or_doubles_anything(data: st.DataObject, made: Outline) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        kind = data.draw(st.sampled_from(KINDS))
        if not keys_of(made, kind):
            continue
        key = data.draw(st.sampled_from(keys_of(made, kind)))
        parent = data.draw(st.sampled_from(parents_for(made, kind)))
        before = data.draw(st.sampled_from([None, *tree.children_of(made, kind, parent)]))
        after = tree.move(made, kind, key, Place(parent, before))
        for each in KINDS:
            assert sorted(keys_of(after, each)) == sorted(keys_of(made, each))
        assert tree.parent_of(after, kind, key) == parent
        siblings = tree.children_of(after, kind, parent)
        if before not in {None, key}:
            assert siblings[siblings.index(key) + 1] == before
        made = after


@given(st.data(), trees())
def test_no_step_up_or_down_loses_or_doubles_anything(data: st.DataObject, made: Outline) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    if not keys_of(made, kind):
        return
    key = data.draw(st.sampled_from(keys_of(made, kind)))
    step = data.draw(st.sampled_from([-1, 1]))
    place = tree.neighbour_place(made, kind, key, step)  # type: ignore[arg-type]
    if place is None:
        return
    after = tree.move(made, kind, key, place)
    assert sorted(keys_of(after, "block")) == sorted(keys_of(made, "block"))
    back = tree.neighbour_place(after, kind, key, -step)  # type: ignore[arg-type]
    assert back is not None
    assert [keys_of(tree.move(after, kind, key, back), each) for each in KINDS] == [
        keys_of(made, each) for each in KINDS
    ]


@given(st.data(), trees())
def test_remove_takes_out_exactly_what_stands_inside(data: st.DataObject, made: Outline) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    if not keys_of(made, kind):
        return
    key = data.draw(st.sampled_from(keys_of(made, kind)))
    after = tree.remove(made, kind, key)
    gone = set(keys_of(made, "block")) - set(keys_of(after, "block"))
    inside = {
        "section": lambda: {b.usage_key for u in tree.section_of(made, key).units for b in u.blocks},
        "unit": lambda: {b.usage_key for b in tree.unit_of(made, key).blocks},
        "block": lambda: {key},
    }[kind]()
    assert gone == inside
    assert len(keys_of(after, "block")) == len(keys_of(made, "block")) - len(inside)
    assert outline_changes(made, made) == []


@given(st.lists(st.integers(), unique=True, max_size=8), st.randoms())
def test_moved_names_the_fewest_that_explain_the_order(was: list[int], chance: random.Random) -> None:
    now = list(was)
    chance.shuffle(now)
    names = [str(number) for number in was]
    found = moved(names, [str(number) for number in now])
    assert [n for n in names if n not in found] == [str(n) for n in now if str(n) not in found]
    if len(was) > 1:
        one_away = [*names[1:], names[0]]
        assert len(moved(names, one_away)) == 1


def test_add_section_joins_the_chapter_it_stands_in() -> None:
    made = tree.add_section(SMALL, Section("new", {"vi": "Mới"}, ()), before="s2")
    assert [section.key for section in made.sections] == ["s1", "new", "s2", "s3"]
    assert made.sections[1].chapter == "ch1"


def test_move_section_into_another_chapter_takes_that_chapter() -> None:
    made = tree.move(SMALL, "section", "s3", Place("", "s2"))
    assert [(s.key, s.chapter) for s in made.sections] == [("s1", "ch1"), ("s3", "ch1"), ("s2", "ch1")]


def test_add_unit_and_block_before_one_that_is_there() -> None:
    made = tree.add_unit(SMALL, unit("new"), Place("s1", "u2"))
    made = tree.add_block(made, ref("n"), Place("u1", B))
    assert [u.key for u in made.units] == ["u1", "new", "u2", "u3", "u4"]
    assert [b.key for b in tree.unit_of(made, "u1").blocks] == ["a", "n", "b"]


def test_change_unit_and_section_and_block_keep_all_else() -> None:
    made = tree.change_unit(SMALL, "u1", title={"vi": "X"}, minutes=9, review_by=date(2027, 1, 1))
    made = tree.change_block(tree.change_section(made, "s1", {"vi": "Y"}), A, title={"vi": "Z"})
    changed = tree.unit_of(made, "u1")
    assert (changed.title, changed.minutes, changed.review_by) == ({"vi": "X"}, 9, date(2027, 1, 1))
    assert [(c.kind, c.what) for c in outline_changes(SMALL, made)] == [
        ("section", "renamed"),
        ("unit", "renamed"),
        ("unit", "minutes"),
        ("unit", "review_by"),
        ("block", "changed"),
    ]


def test_duplicate_unit_stands_right_after_with_blocks_of_its_own() -> None:
    names = {A: ref("a2"), B: ref("b2")}
    made = tree.duplicate_unit(SMALL, "u1", "u1-copy", names)
    assert [u.key for u in made.units] == ["u1", "u1-copy", "u2", "u3", "u4"]
    assert [b.key for b in tree.unit_of(made, "u1-copy").blocks] == ["a2", "b2"]


def test_neighbour_place_crosses_into_the_next_unit_and_ends_at_the_edge() -> None:
    assert tree.neighbour_place(SMALL, "block", B, 1) == Place("u2", C)
    assert tree.neighbour_place(SMALL, "block", C, -1) == Place("u1", None)
    assert tree.neighbour_place(SMALL, "block", A, -1) is None
    assert tree.neighbour_place(SMALL, "section", "s3", 1) is None
    assert tree.neighbour_place(SMALL, "unit", "u1", 1) == Place("s1", None)


def test_sections_without_a_key_of_their_own_are_named_by_place() -> None:
    made = outline(Section("", {}, ()), Section("x", {}, ()), Section("x", {}, ()), Section("y", {}, ()))
    assert tree.section_keys(made) == ["#1", "#2", "#3", "y"]
    assert [s.title for s in tree.change_section(made, "#3", {"vi": "T"}).sections] == [
        {},
        {},
        {"vi": "T"},
        {},
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_says_so(kind: Kind) -> None:
    for attempt in (
        lambda: tree.remove(SMALL, kind, "gone"),
        lambda: tree.move(SMALL, kind, "gone", Place("s1")),
        lambda: tree.parent_of(SMALL, kind, "gone"),
    ):
        with pytest.raises(NotThere):
            attempt()
    with pytest.raises(NotThere):
        tree.add_unit(SMALL, unit("n"), Place("s1", "gone"))


def test_fresh_key_is_never_one_that_was_used() -> None:
    chance = random.Random(1)
    first = tree.fresh_key("c1-u", lambda _: False, random.Random(1).choice)
    second = tree.fresh_key("c1-u", lambda name: name == first, chance.choice)
    assert first != second
    assert second.startswith("c1-u-")


def test_is_untouched_looks_only_at_what_the_change_is_about() -> None:
    colleague = tree.change_unit(SMALL, "u1", title={"vi": "X"}, minutes=5, review_by=None)
    assert is_untouched(SMALL, colleague, "unit", "u2", "words")
    assert not is_untouched(SMALL, colleague, "unit", "u1", "words")
    assert is_untouched(SMALL, colleague, "unit", "u1", "place")
    assert not is_untouched(SMALL, colleague, "section", "s1", "whole")
    assert is_untouched(SMALL, colleague, "section", "s1", "words")
    edited = SMALL.with_block(replace(tree.block_of(SMALL, A), version=2))
    assert not is_untouched(SMALL, edited, "unit", "u1", "whole")
    beside = tree.add_unit(SMALL, unit("n"), Place("s1", "u2"))
    assert is_untouched(SMALL, beside, "unit", "u2", "place")
    elsewhere = tree.move(SMALL, "unit", "u2", Place("s2"))
    assert not is_untouched(SMALL, elsewhere, "unit", "u2", "place")
    gone = tree.remove(SMALL, "unit", "u1")
    assert not is_untouched(SMALL, gone, "block", A, "words")
    assert is_untouched(SMALL, gone, "unit", "u2", "place")
