"""What differs between two versions of a content."""

from collections.abc import Sequence
from typing import Any

from courses.h5p.engine.differences import Comparer, Difference
from courses.h5p.engine.form import Describer
from courses.h5p.engine.leaves import leaves, words_of
from courses.h5p.engine.matching import matching
from courses.h5p.engine.wording import Wording
from tests.make_h5p import NOTE_SEMANTICS, PARAMS, SEMANTICS

FIELDS = Describer().fields(SEMANTICS, Wording(), Wording())
NOTE = Describer().fields(NOTE_SEMANTICS, Wording(), Wording())


def described_by(library: str) -> Sequence[dict[str, Any]]:
    return NOTE if library == "LanToa.Note 1.0" else ()


def changes(after: dict[str, Any], before: dict[str, Any] | None = None) -> list[Difference]:
    was = PARAMS if before is None else before
    return list(Comparer(described_by).fields(FIELDS, was, was | after))


def told(found: list[Difference]) -> list[tuple[str, str]]:
    return [(difference.what, " / ".join(difference.trail)) for difference in found]


def answer(text: str, correct: bool = False) -> dict[str, Any]:
    return {"text": text, "correct": correct}


def test_the_same_is_the_same() -> None:
    assert changes({}) == []
    assert changes({"hint": ""}, {**PARAMS, "hint": None}) == []
    assert changes({"shuffle": False}, {key: PARAMS[key] for key in PARAMS if key != "shuffle"}) == []


def test_a_field_is_named_and_says_what_it_said() -> None:
    (found,) = changes({"points": 5})
    assert (found.what, found.trail, found.path) == ("changed", ("Points",), "points")
    assert (found.before, found.after) == (2, 5)


def test_an_item_that_changed_is_compared_inside() -> None:
    after = [answer("<div>Bốn</div>", True), answer("<div>Năm</div>", True)]
    (found,) = changes({"answers": after})
    assert (found.trail, found.path) == (("Answers", "Answer 2", "Correct"), "answers[1].correct")


def test_items_come_go_and_move() -> None:
    before = {**PARAMS, "answers": [answer(t) for t in ("Đài xã", "Loa thôn", "Báo tỉnh")]}
    after = [answer(t) for t in ("Báo tỉnh", "Đài xã", "Trang tin điện tử")]
    found = changes({"answers": after}, before)
    assert told(found) == [
        ("removed", "Answers / Answer 2"),
        ("moved", "Answers / Answer 1"),
        ("added", "Answers / Answer 3"),
    ]
    assert [(difference.before, difference.after) for difference in found] == [(2, None), (3, 1), (None, 3)]
    assert [difference.words for difference in found] == ["Loa thôn", "Báo tỉnh", "Trang tin điện tử"]


def test_an_item_that_moved_and_changed_is_told_as_both() -> None:
    before = {**PARAMS, "answers": [answer("Bản tin sáng thứ hai"), answer("Đài xã")]}
    found = changes({"answers": [answer("Đài xã"), answer("Bản tin sáng thứ ba")]}, before)
    assert sorted(what for what, _trail in told(found)) == ["changed", "moved"]


def test_a_content_inside_is_compared_by_its_own_fields() -> None:
    note = PARAMS["note"]
    changed = {**note, "params": {"text": "<p>Khác</p>"}, "metadata": {**note["metadata"], "title": "Tên"}}
    assert [(d.trail, d.path) for d in changes({"note": changed})] == [
        (("Note",), "note.metadata.title"),
        (("Note", "Text"), "note.text"),
    ]
    (gone,) = changes({"note": None})
    assert (gone.before, gone.after) == ("LanToa.Note 1.0", None)


def test_a_picture_is_its_file() -> None:
    picture = PARAMS["picture"]
    assert changes({"picture": {**picture, "width": 9}}) == []
    (found,) = changes({"picture": {**picture, "path": "images/b.png"}})
    assert found.field["kind"] == "image"


def test_nothing_odd_in_the_params_breaks_it() -> None:
    for value in (None, 1, "x", [], {}, [1], [None], {"library": 3}):
        odd = dict.fromkeys(PARAMS, value)
        assert list(Comparer(described_by).fields(FIELDS, PARAMS, odd)) != []
        list(Comparer(described_by).fields(FIELDS, odd, PARAMS))
        list(leaves(FIELDS, odd, described_by))


def test_texts_are_listed_in_the_order_of_the_form() -> None:
    found = [
        (" / ".join(leaf.trail), words_of(leaf.value))
        for leaf in leaves(FIELDS, PARAMS, described_by)
        if leaf.is_words
    ]
    assert found == [
        ("Question", "Hai cộng hai là mấy ?"),
        ("Hint", "Đếm bằng tay"),
        ("Answers / Answer 1 / Text", "Bốn"),
        ("Answers / Answer 2 / Text", "Năm"),
        ("Ranges / Range 1", "Giỏi lắm"),
        ("Note / Text", "Ghi nhớ"),
    ]


# Matching ------------------------------------------------------------------------------------------


def test_one_move_is_one_move() -> None:
    found = matching(list("abcdef"), list("fabcde"), str)
    assert found.moved == {0}
    assert matching(list("abc"), list("abc"), str).moved == frozenset()
    assert len(matching(list("abcd"), list("dcba"), str).moved) == 3


def test_ids_tell_contents_apart_whose_words_all_changed() -> None:
    before = [{"subContentId": "1", "x": "a"}, {"subContentId": "2", "x": "b"}]
    after = [{"subContentId": "2", "x": "z"}, {"subContentId": "1", "x": "y"}]
    found = matching(before, after, lambda item: str(item["x"]))
    assert found.pairs == {0: 1, 1: 0}


def test_equal_items_are_paired_one_to_one() -> None:
    found = matching(["a", "a", "b"], ["a", "b", "a", "a"], str)
    assert found.pairs == {0: 0, 1: 2, 2: 1}
    assert found.added == (3,)
    assert found.removed == ()
