"""Captions: what is read, what is refused with its line, what is written."""

import pytest

from courses.olx.captions import decode_captions, read_captions, write_vtt
from courses.olx.vtt import Cue

VTT = (
    "WEBVTT\n\n00:00:00.250 --> 00:00:02.000\nXin chào <b>anh/chị</b>.\n\n"
    "2\n00:02.000 --> 00:05.500 align:start\nA &amp; B\n"
)


def test_read_captions_of_webvtt() -> None:
    assert read_captions(VTT) == ([Cue(0.25, "Xin chào anh/chị.", 2.0), Cue(2.0, "A & B", 5.5)], [])


def test_read_captions_of_subrip() -> None:
    srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\nMột\r\nhai\r\n"
    assert read_captions(srt) == ([Cue(1.0, "Một hai", 2.5)], [])


def test_write_vtt_is_read_back_the_same() -> None:
    cues = [Cue(0.25, "5 < 6 & 7 > 2", 3661.5)]
    assert "01:01:01.500" in write_vtt(cues)
    assert read_captions(write_vtt(cues)) == (cues, [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("WEBVTT\n\nKhông có giờ\n", "cue-without-time", "3"),
        ("WEBVTT\n\n00:01 --> 00:02\nA\n", "bad-time", "3"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", "cue-ends-before-start", "3"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "cue-without-words", "3"),
        (f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'a' * 201}\n", "cue-too-long", "3"),
        ("00:01.000 --> 00:03.000\nA\n\n00:02.000 --> 00:04.000\nB\n", "cue-overlap", ""),
        ("00:05.000 --> 00:06.000\nA\n\n00:02.000 --> 00:04.000\nB\n", "cue-order", ""),
    ],
)
def test_read_captions_names_what_is_wrong_and_where(text: str, code: str, line: str) -> None:
    _cues, problems = read_captions(text)
    assert [(problem.code, problem.path) for problem in problems] == [(code, line)]


def test_notes_and_styles_are_no_captions() -> None:
    assert read_captions("WEBVTT - bản 2\n\nNOTE việc\n\nSTYLE\n::cue {}\n") == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_decode_captions_of_usual_editors(encoding: str) -> None:
    assert decode_captions("Tiếng Việt".encode(encoding)) == "Tiếng Việt"


def test_decode_captions_refuses_what_is_no_text() -> None:
    assert decode_captions(b"\xff\xd8\xff\xe0") is None
