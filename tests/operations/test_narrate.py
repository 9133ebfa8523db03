"""Captions and spoken forms of the narration; the voice itself needs programs that tests do not."""

import pytest

from tools.narrate import Cue, spoken, timestamp, vtt
from tools.slides import SEMIBOLD, Style, cell


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "00:00:00.000"),
        (0.25, "00:00:00.250"),
        (59.9996, "00:01:00.000"),
        (61.5, "00:01:01.500"),
        (3661.001, "01:01:01.001"),
    ],
)
def test_timestamp_rounds_to_thousandths(seconds: float, written: str) -> None:
    assert timestamp(seconds) == written


def test_vtt_has_a_numbered_cue_for_every_sentence() -> None:
    cues = [Cue(0.25, 2, "Xin chào anh/chị."), Cue(2.45, 5.1, "Chi cho R&D đạt 2% GDP.")]
    assert vtt(cues) == (
        "WEBVTT\n"
        "\n1\n00:00:00.250 --> 00:00:02.000\nXin chào anh/chị.\n"
        "\n2\n00:00:02.450 --> 00:00:05.100\nChi cho R&amp;D đạt 2% GDP.\n"
    )


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("Nghị quyết 57-NQ/TW", "Nghị quyết 57 của Trung ương"),
        ("mốc 2045.", "mốc hai nghìn không trăm 45."),
        ("năm 2005", "năm hai nghìn không trăm linh 5"),
        ("2.032 người, 2030%", "2.032 người, 2030%"),
        ("Thông tư 05/2025/TT-BKHCN", "Thông tư 05 năm hai nghìn không trăm 25"),
        ("ngày 01/07/2026", "ngày 1 tháng 7 năm hai nghìn không trăm 26"),
        ("tăng 16–18%", "tăng 16 đến 18%"),
        ("10.000 dân", "10 nghìn dân"),
        ("GDP, AI và 5G", "di đê pê, ây ai và 5 giê"),
    ],
)
def test_vietnamese_is_respelt_for_the_ear(written: str, heard: str) -> None:
    assert spoken(written, "vi") == heard


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("the 2030 goals of Resolution 57-NQ/TW", "the twenty 30 goals of Resolution 57"),
        ("Law 05/2025", "Law 5 of twenty 25"),
        ("40–50 in Sơn La", "40 to 50 in Sern Lah"),
    ],
)
def test_english_is_respelt_for_the_ear(written: str, heard: str) -> None:
    assert spoken(written, "en") == heard


def test_slide_text_breaks_at_a_comma_where_that_is_enough() -> None:
    lines = cell(0, 350, "nhóm 3 Đông Nam Á, nhóm 50 thế giới", Style(SEMIBOLD, 32, "#000")).lines
    assert lines == ["nhóm 3 Đông Nam Á,", "nhóm 50 thế giới"]


def test_slide_text_with_a_long_word_still_breaks() -> None:
    lines = cell(0, 10, "chuyển đổi số", Style(SEMIBOLD, 32, "#000")).lines
    assert lines == ["chuyển", "đổi", "số"]
