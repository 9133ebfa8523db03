"""Captions as lines to read."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOMENT = r"(?:(\d+):)?(\d{2}):(\d{2})[.,](\d{3})"
TIMING = re.compile(rf"{MOMENT}\s+-->(?:\s+{MOMENT})?")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start` to `end`, in seconds."""

    start: float
    text: str
    end: float = 0.0

    @property
    def clock(self) -> str:
        """ "02:21", with hours only where there are any."""
        minutes, seconds = divmod(int(self.start), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def parse_vtt(text: str) -> Iterator[Cue]:
    """Each cue of a WebVTT (or SubRip) file, markup removed; what is no cue is skipped."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        for place, timing in enumerate(lines):
            if match := TIMING.match(timing):
                said = " ".join(TAG.sub("", part).strip() for part in lines[place + 1 :]).strip()
                if said:
                    start, end = in_seconds(match.groups()[:4]), in_seconds(match.groups()[4:])
                    yield Cue(start, said, max(start, end))
                break


def in_seconds(parts: Sequence[str | None]) -> float:
    """Hours, minutes, seconds, milliseconds as seconds; what is missing is nothing."""
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def parse_sjson(text: str) -> Iterator[Cue]:
    """Each cue of Open edX's own captions: `{"start": [ms, …], "text": ["…", …]}`."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(content, dict):
        return
    starts, texts = content.get("start"), content.get("text")
    if not isinstance(starts, list) or not isinstance(texts, list):
        return
    for start, said in zip(starts, texts, strict=False):
        if isinstance(start, int | float) and isinstance(said, str) and (words := " ".join(said.split())):
            yield Cue(start / 1000, TAG.sub("", words))
