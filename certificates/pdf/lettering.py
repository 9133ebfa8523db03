"""Set text: shrink and wrap what is long, never cut it, and place loose accents."""

import codecs
import math
import unicodedata
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from lms.shared.pdf.typefaces import printable, width

LEADING = 1.3  # Vietnamese capitals carry two storeys of accents


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the size at which they fit."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, font: str, *, room: tuple[float, float], sizes: tuple[float, float, float]) -> Fitted:
    """Fit `text` into `room` (width and height in points) without losing a character.

    `sizes` are the largest size, the smallest for which one line is still preferred, and the
    largest for several lines. Below that, the text shrinks until its lines fit, whatever it takes.
    """
    text = printable(text, font)
    available, height = room
    largest, smallest_on_one_line, size = sizes
    extent = max(width(text, font, 1), 0.001)
    one_line = min(largest, available / extent)
    if one_line >= smallest_on_one_line:
        return Fitted((text,), math.floor(one_line * 100) / 100)
    # No size above this can fit, even if every line were full to its end.
    size = min(size, math.sqrt(height * available / (extent * LEADING)))
    while True:
        lines = wrap(text, font, size, available)
        if len(lines) * size * LEADING <= height:
            return Fitted(_balanced(text, font, size, available), size)
        size *= 0.97


def wrap(text: str, font: str, size: float, available: float) -> tuple[str, ...]:
    """Fill lines word by word; a word wider than a whole line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, font, size) <= available:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, font, size, available)
        lines.extend(full)
    return (*lines, line)


def _balanced(text: str, font: str, size: float, available: float) -> tuple[str, ...]:
    """The same number of lines, but about equally long, as a person would set a title."""
    lines = wrap(text, font, size, available)
    low, high = available / 2, available
    for _ in range(8):
        middle = (low + high) / 2
        narrower = wrap(text, font, size, middle)
        if len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def _broken(word: str, font: str, size: float, available: float) -> list[str]:
    parts, used = [""], 0.0
    for character in word:
        extent = width(character, font, size)
        if parts[-1] and used + extent > available:
            parts.append("")
            used = 0
        parts[-1] += character
        used += extent
    return parts


def draw(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> None:
    """Draw one line that starts at `x`."""
    canvas.setFont(font, size)
    if any(map(unicodedata.combining, text)):
        _draw_with_loose_marks(canvas, (x, y), text, font, size)
    else:
        canvas.drawString(x, y, text)


def _draw_with_loose_marks(
    canvas: Canvas, start: tuple[float, float], text: str, font: str, size: float
) -> None:
    """Put accents that share no letter with their base over it.

    Such pairs (ơ̆, ê̆) are everyday letters in Ê Đê, Gia Rai and Ba Na names. The whole text goes along
    for those who copy or search it, because the pieces would be read apart.
    """
    x, y = start
    whole = (codecs.BOM_UTF16_BE + text.encode("utf-16-be")).hex()
    canvas.addLiteral(f"/Span <</ActualText <{whole}>>> BDC")
    done = 0
    for place, character in enumerate(text):
        if place == 0 or not unicodedata.combining(character):
            continue
        if place > done:  # not so at the second of two marks on one letter
            canvas.drawString(x, y, text[done:place])
        x += width(text[done:place], font, size)
        base = text[place - 1]
        middle = x - width(base, font, size) / 2
        canvas.drawString(middle, y + _storey(base) * size, character)
        done = place + 1
    canvas.drawString(x, y, text[done:])
    canvas.addLiteral("EMC")


def draw_centred(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, tracking: float = 0
) -> float:
    """Draw one line around `x` and return its width. `tracking` spreads the letters."""
    text = printable(text, font)
    extent = width(text, font, size) + tracking * (len(text) - 1)
    if tracking:
        canvas.setFont(font, size)
        canvas.drawString(x - extent / 2, y, text, charSpace=tracking)
    else:
        draw(canvas, x - extent / 2, y, text, font, size)
    return extent


def _storey(base: str) -> float:
    """How far a mark made for small letters must rise to clear `base`, in parts of the size."""
    above = any(unicodedata.combining(c) == 230 for c in unicodedata.normalize("NFD", base))
    return 0.2 * base.isupper() + 0.18 * above
