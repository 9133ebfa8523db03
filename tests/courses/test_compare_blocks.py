"""A block's changes in words, not in XML."""

from courses.olx.compare import Piece
from courses.olx.compare_blocks import block_diff
from courses.olx.outline import BlockRef, Outline, Section, Unit
from courses.olx.outline_changes import outermost, outline_changes


def words(pieces: list[list[Piece]]) -> list[str]:
    return ["|".join(f"{piece.change}:{piece.words.strip()}" for piece in line) for line in pieces]


def test_text_is_compared_by_paragraph_and_language() -> None:
    olx = '<text display_name="Một"><body lang="vi"><![CDATA[<p>Hai con số.</p>]]></body></text>'
    diff = block_diff("text", olx, olx.replace("Hai", "Một").replace('"Một"', '"Đầu"', 1))
    assert diff.settings == (("display_name", "Một", "Đầu"),)
    assert {code: words(found) for code, found in diff.texts.items()} == {
        "vi": ["gone:Hai|new:Một|same:con số."]
    }


def test_other_blocks_are_compared_by_settings_and_children() -> None:
    before = '<poll question="Ăn gì?"><answer name="a">Cơm</answer><answer name="b">Phở</answer></poll>'
    after = before.replace("<poll ", '<poll multi="true" ').replace("Phở", "Bún")
    diff = block_diff("poll", before, after)
    assert diff.settings == (("multi", "", "true"),)
    assert words(diff.texts[""]) == ["same:answer name=b:|gone:Phở|new:Bún"]


def test_a_block_that_came_or_went_shows_all_its_words() -> None:
    olx = "<done><p>Xong &lt;b&gt;</p></done>"
    assert words(block_diff("done", "", olx).texts[""]) == ["new:p: Xong <b>"]
    assert words(block_diff("done", olx, "").texts[""]) == ["gone:p: Xong <b>"]
    text = '<text><body lang="vi">Chữ</body></text>'
    assert words(block_diff("text", "", text).texts["vi"]) == ["new:Chữ"]


def test_equal_blocks_have_no_differences_and_broken_ones_break_nothing() -> None:
    assert block_diff("done", "<done/>", "<done/>").texts == {}
    assert block_diff("done", "<done", "<done/>").settings == ()


def test_outermost_names_a_new_unit_and_not_each_block_in_it() -> None:
    empty = Outline("course-v1:o+c+r", {"vi": "M"}, (Section("s", {}, ()),))
    block = BlockRef("block-v1:o+c+r+type@text+block@a", "text", {}, version=1)
    filled = Outline("course-v1:o+c+r", {"vi": "M"}, (Section("s", {}, (Unit("u", {}, (block,)),)),))
    changes = outline_changes(empty, filled)
    assert [(c.kind, c.what) for c in changes] == [("unit", "added"), ("block", "added")]
    assert [(c.kind, c.what) for c in outermost(changes)] == [("unit", "added")]
    assert [(c.kind, c.what) for c in outermost(outline_changes(filled, empty))] == [("unit", "removed")]
