"""What changed between two versions of a text, word by word. Plain Python."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from lxml import html as lxml_html

BLOCKS = "p|h3|h4|li|td|th|dt|dd|blockquote|figcaption|caption"
_BREAK = re.compile(rf"</(?:{BLOCKS})>|<br\s*/?>", re.IGNORECASE)
_WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, went or came."""

    change: Literal["same", "gone", "new"]
    words: str


def paragraphs(markup: str) -> list[str]:
    """The text of each paragraph, heading, item or cell, without its markup."""
    parts = _BREAK.split(markup)
    texts = [" ".join(_text(part).split()) for part in parts]
    return [text for text in texts if text]


def _text(markup: str) -> str:
    return "".join(str(piece) for piece in lxml_html.fromstring(f"<div>{markup}</div>").itertext())


def changed_paragraphs(before: str, after: str) -> list[list[Piece]]:
    """Only the paragraphs that differ, each as pieces in reading order."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[list[Piece]] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(b - a, d - c)):
            was = old[a + place] if a + place < b else ""
            now = new[c + place] if c + place < d else ""
            found.append(_pieces(was, now))
    return found


def _pieces(was: str, now: str) -> list[Piece]:
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(new[c:d])))
    return pieces
