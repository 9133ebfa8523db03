"""Captions as an author writes them: read strictly, line by line, and written as WebVTT. Plain Python."""

import itertools
import re
import unicodedata
from collections.abc import Iterable

from courses.olx.problems import Problem
from courses.olx.vtt import MOMENT, TAG, Cue, in_seconds

LINE = re.compile(rf"\s*{MOMENT}\s*-->\s*{MOMENT}(?:\s+\S.*)?\s*")
LONGEST_CUE = 200  # letters: two lines of a phone held upright
MOST_CUES = 2_000
SKIPPED = ("WEBVTT", "NOTE", "STYLE", "REGION")


def read_captions(text: str) -> tuple[list[Cue], list[Problem]]:
    """The cues of a WebVTT or SubRip text, and what is wrong, each with its line number as `path`."""
    cues: list[Cue] = []
    problems: list[Problem] = []
    for number, lines in _parts(text):
        _read_part(number, lines, cues, problems)
    for place, (before, after) in enumerate(itertools.pairwise(cues), start=2):
        if after.start < before.start:
            problems.append(Problem("cue-order", "", f"{place}: {after.clock}"))
        elif after.start < before.end:
            problems.append(Problem("cue-overlap", "", f"{place}: {after.clock}"))
    if len(cues) > MOST_CUES:
        problems.append(Problem("too-many-cues", "", str(len(cues))))
    return cues, problems


def write_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT: the same cues always give the same text."""
    parts = [f"{_moment(cue.start)} --> {_moment(cue.end)}\n{_escaped(cue.text)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *parts])


def decode_captions(content: bytes) -> str | None:
    """The text of an uploaded file: UTF-8, or UTF-16 as Windows' editors write it; None for others."""
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return None


def _parts(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines without an empty one, each with the number of its first line."""
    parts: list[tuple[int, list[str]]] = []
    is_open = False
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            is_open = False
        elif is_open:
            parts[-1][1].append(line)
        else:
            parts.append((number, [line]))
            is_open = True
    return parts


def _read_part(number: int, lines: list[str], cues: list[Cue], problems: list[Problem]) -> None:
    if lines[0].strip().startswith(SKIPPED) and "-->" not in lines[0]:
        return
    place = next((i for i, line in enumerate(lines[:2]) if "-->" in line), None)
    if place is None:
        problems.append(Problem("cue-without-time", str(number), lines[0][:60]))
        return
    match = LINE.fullmatch(lines[place])
    if match is None:
        problems.append(Problem("bad-time", str(number + place), lines[place].strip()[:60]))
        return
    said = _unescaped(" ".join(TAG.sub("", line).strip() for line in lines[place + 1 :]).strip())
    start, end = in_seconds(match.groups()[:4]), in_seconds(match.groups()[4:])
    if not said:
        problems.append(Problem("cue-without-words", str(number + place)))
    elif end <= start:
        problems.append(Problem("cue-ends-before-start", str(number + place)))
    if len(said) > LONGEST_CUE:
        problems.append(Problem("cue-too-long", str(number + place), str(len(said))))
    cues.append(Cue(start, said, end))


def _moment(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    text = " ".join(text.split()).replace("-->", "→")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
