"""What compared settings are called."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from courses.olx.compare_blocks import block_diff
from courses.web.setting_words import part_of, setting_rows, setting_words, value_words


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_settings_and_values_are_told_in_words() -> None:
    assert setting_words("display_name_en") == "Title, English"
    assert setting_words("made_up_by_somebody") == "made_up_by_somebody"
    assert value_words("type", "truefalse") == "true or false"
    assert value_words("correct", "true") == "yes"
    assert value_words("minutes", "12") == "12"


def test_parts_of_our_blocks_are_told_without_names_of_xml() -> None:
    option = '<option name="a" correct="true">Loa</option>'
    before = f'<quiz><question name="q1" type="single">{option}</question></quiz>'
    after = before.replace('correct="true"', 'correct="false"')
    diff = block_diff("quiz", before, after, part=part_of("quiz"))
    lines = ["".join(piece.words for piece in line if piece.change != "gone") for line in diff.texts[""]]
    assert any("Answer (Right answer: no): Loa" in " ".join(line.split()) for line in lines)
    assert "correct=" not in "".join(lines)


def test_blocks_of_other_makers_keep_their_makers_names() -> None:
    rows = setting_rows([("display_name", "", "Một"), ("private", "true", "false")], "poll")
    assert rows == [("Title", "", "Một"), ("private", "true", "false")]
    assert part_of("poll")("answer", [("name", "a")], "Cơm") == "answer name=a: Cơm"
