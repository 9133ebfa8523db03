"""A text as a voice reads it: no marks, no brackets of sources, abbreviations in full, short breaths."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.print.pieces import Grid, Heading, Items, Paragraph, Picture, Piece, plain

SYLLABLES_A_MINUTE = 150  # slower than in a studio: loudspeakers echo across a village
SHORT_PAUSE, LONG_PAUSE = 0.5, 1.2  # seconds
SHORT_CELL = 12  # syllables: an amount or a name, not a sentence
LONGEST = 45  # syllables in one breath group on paper

ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "KH-CN": "khoa học, công nghệ",
    "KHCN": "khoa học, công nghệ",
    "KH&CN": "khoa học và công nghệ",
    "ĐMST": "đổi mới sáng tạo",
    "CĐS": "chuyển đổi số",
    "CNTT": "công nghệ thông tin",
    "CNTT-VT": "công nghệ thông tin và viễn thông",
    "TTCS": "thông tin cơ sở",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "VH-XH": "văn hóa, xã hội",
    "GDP": "tổng sản phẩm trong nước",
    "TFP": "năng suất các nhân tố tổng hợp",
    "HDI": "chỉ số phát triển con người",
    "R&D": "nghiên cứu và phát triển",
    "AI": "trí tuệ nhân tạo",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "BCH": "Ban Chấp hành",
    "TP.": "thành phố",
    "TW": "Trung ương",
    "TTg": "Thủ tướng",
}
_LETTERS = "0-9A-Za-zÀ-ỹĐđ"
_ABBREVIATION = re.compile(
    rf"(?<![{_LETTERS}&-])("
    + "|".join(re.escape(short) for short in sorted(ABBREVIATIONS, key=len, reverse=True))
    + rf")(?![{_LETTERS}&])"
)
_NUMBER_OF_LAW = re.compile(r"\b(\d+)(?:/\d{4})?[-/](?:NQ|QĐ|NĐ|CT|KH|TT|QH)[\w/Đ-]*")
_DATE = re.compile(r"(ngày )?\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_RANGE = re.compile(r"(\d+(?:,\d+)?)\s*[–-]\s*(\d+(?:,\d+)?)(?=\s*(?:%|[a-zà-ỹ]|[.,;]|$))")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
# Not after a number: "1. Breakthrough" is one sentence.
_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”\"]))(?<!\d\.)\s+")


@dataclass(frozen=True)
class Spoken:
    """One short paragraph: its sentences, each to be followed by a pause."""

    sentences: tuple[str, ...]
    is_heading: bool = False

    @property
    def seconds(self) -> float:
        syllables = sum(len(sentence.split()) for sentence in self.sentences)
        pauses = SHORT_PAUSE * (len(self.sentences) - 1) + LONG_PAUSE
        return syllables * 60 / SYLLABLES_A_MINUTE + pauses


def spoken(pieces: tuple[Piece, ...], language: str) -> list[Spoken]:
    """What the voice says, in order."""
    found: list[Spoken] = []
    for text, is_heading in _texts(pieces):
        sentences = sentences_of(in_full(text, language))
        if is_heading:
            found.append(Spoken(tuple(sentences), True))
        else:
            found.extend(Spoken(group) for group in _groups(sentences))
    return [paragraph for paragraph in found if paragraph.sentences]


def minutes_of(paragraphs: list[Spoken]) -> int:
    """How long it takes to read, rounded up."""
    return max(1, math.ceil(sum(paragraph.seconds for paragraph in paragraphs) / 60))


def _texts(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, bool]]:
    for piece in pieces:
        if isinstance(piece, Heading | Paragraph):
            yield plain(piece.text), isinstance(piece, Heading)
        elif isinstance(piece, Grid):
            yield from ((words, False) for words in _rows(piece))
        elif isinstance(piece, Picture):
            yield piece.alt, False
        else:
            for inner in piece.items if isinstance(piece, Items) else (piece.pieces,):
                yield from _texts(inner)


def _rows(grid: Grid) -> Iterator[str]:
    """A table row by row, as one says it without pointing at columns."""
    yield plain(grid.caption)
    firsts = [plain(row[0]) for row in grid.rows if row]
    groups = len(set(firsts)) < len(firsts)
    group = ""
    for row in grid.rows:
        cells = [plain(cell) for cell in row]
        if len(cells) > 2 and groups:
            # The first column only gathers rows: it is said when it changes.
            first, *cells = cells
            if first != group:
                yield _ended(first) if first else ""
            group = first
        elif len(cells) > 2 and len(grid.head) == len(cells):
            named = zip(grid.head[1:], cells[1:], strict=True)
            cells = [cells[0], *(f"{plain(head)}: {cell}" if cell else "" for head, cell in named)]
        if len(cells) == 2 and len(cells[1].split()) <= SHORT_CELL and not cells[1].endswith("?"):
            cells = [": ".join(cell for cell in cells if cell)]
        yield " ".join(_ended(words) for words in cells if words)


def in_full(text: str, language: str) -> str:
    """The text without addresses; in Vietnamese also without abbreviations and signs."""
    text = _ADDRESS.sub("", text)
    if language == "vi":
        text = _BRACKETS.sub(_without_abbreviation, text)
        text = _NUMBER_OF_LAW.sub(r"\1", text)
        text = _DATE.sub(lambda m: f"ngày {int(m[2])} tháng {int(m[3])} năm {m[4]}", text)
        text = _RANGE.sub(r"\1 đến \2", text)
        text = _ABBREVIATION.sub(lambda m: ABBREVIATIONS[m[1]], text)
        text = re.sub(r"\s*%", " phần trăm", text)
        text = text.replace(" & ", " và ").replace("&", " và ")
        text = re.sub(r"\s*…\s*", ", ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"[,;:]+(?=[,.;:!?])", "", text)
    return text.strip(" ,;:")


def _without_abbreviation(match: re.Match[str]) -> str:
    """ "(TFP)" only repeats what stands before it; other brackets become a breath."""
    inside = match[1].strip()
    if inside in ABBREVIATIONS or re.fullmatch(r"[A-ZĐ&0-9/-]{2,12}", inside):
        return ""
    return f", {inside},"


def sentences_of(text: str) -> list[str]:
    """The sentences, each with its full stop."""
    found = [part.strip() for part in _SENTENCE.split(text) if part.strip(" .,;")]
    return [_ended(sentence) for sentence in found]


def _ended(sentence: str) -> str:
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence.rstrip('”"').endswith((".", "!", "?", "…")) else f"{sentence}."


def _groups(sentences: list[str]) -> Iterator[tuple[str, ...]]:
    """Paragraphs a reader takes in at a glance; a longer single sentence stays whole."""
    group: list[str] = []
    size = 0
    for sentence in sentences:
        syllables = len(sentence.split())
        if group and size + syllables > LONGEST:
            yield tuple(group)
            group, size = [], 0
        group.append(sentence)
        size += syllables
    if group:
        yield tuple(group)
