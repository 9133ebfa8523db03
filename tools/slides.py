"""Draw the slides of a talk in the look of Lan Tỏa: paper, ink, hairlines, one red rule."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parent.parent / "lms" / "shared" / "pdf" / "fonts"
WIDTH, HEIGHT = 854, 480
FINE = 4  # drawn four times as large and scaled down, which smooths every edge
PAPER, INK, INK_2, LINE = "#FBF7EE", "#23201D", "#5A5249", "#DFD5C3"
RED, RED_DEEP, GOLD, GOLD_SOFT = "#A8111A", "#7E0B13", "#B88A2E", "#DDBE72"
LEFT, RIGHT, TOP, BOTTOM = 56, 798, 112, 420  # the box the lines of a slide may fill
REGULAR, SEMIBOLD = "LanToaSans-Regular", "LanToaSans-SemiBold"
LABEL = {"vi": "Lan Tỏa · Giọng đọc tổng hợp", "en": "Lan Tỏa · Synthetic voice"}


@dataclass(frozen=True)
class Slide:
    title: str
    lines: list[str]
    say: list[str]


def read_slides(source: Path) -> list[Slide]:
    return [Slide(**slide) for slide in json.loads(source.read_text("utf-8"))]


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size * FINE)


@dataclass(frozen=True)
class Style:
    """How a piece of text looks; words with a digit may have a colour of their own."""

    name: str
    size: int
    colour: str
    figures: str = ""

    def width(self, text: str) -> float:
        return font(self.name, self.size).getlength(text) / FINE

    @property
    def leading(self) -> int:
        return round(self.size * 1.3)


class Cell(NamedTuple):
    """Text broken into lines no wider than its column."""

    x: int
    lines: list[str]
    style: Style


def cell(x: int, width: float, text: str, style: Style) -> Cell:
    """Break at a comma where that is enough, else word by word into lines of even length."""
    lines = broken(text, width, style)
    parts = re.split(r"(?<=,) ", text)
    if len(parts) == len(lines) and all(style.width(part) <= width for part in parts):
        return Cell(x, parts, style)
    narrowest = max(style.width(word) for word in text.split())
    while width - 4 >= narrowest and len(narrower := broken(text, width - 4, style)) == len(lines):
        width, lines = width - 4, narrower
    return Cell(x, lines, style)


def broken(text: str, width: float, style: Style) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and style.width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class Canvas:
    """A slide under the brush, measured in pixels of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def rule(self, y: float, colour: str, thickness: float, left: float = LEFT, right: float = RIGHT) -> None:
        box = (left * FINE, y * FINE, right * FINE - 1, (y + thickness) * FINE - 1)
        self.draw.rectangle(box, fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, thickness: float = 0) -> None:
        """A ring around a point; without thickness a disc."""
        outer = radius + thickness / 2
        box = tuple(FINE * edge for edge in (x - outer, y - outer, x + outer, y + outer))
        fill = None if thickness else colour
        self.draw.ellipse(box, fill=fill, outline=colour, width=max(1, round(thickness * FINE)))

    def text(self, x: float, baseline: float, words: str, style: Style) -> None:
        done = ""
        for word in words.split(" "):
            colour = style.figures if style.figures and re.search(r"\d", word) else style.colour
            at = ((x + style.width(done)) * FINE, baseline * FINE)
            self.draw.text(at, word, fill=colour, font=font(style.name, style.size), anchor="ls")
            done += f"{word} "

    def cell(self, top: float, piece: Cell) -> None:
        for number, words in enumerate(piece.lines):
            self.text(piece.x, top + number * piece.style.leading + piece.style.size, words, piece.style)


def draw_mark(canvas: Canvas, x: float, y: float, scale: float) -> None:
    """The mark of Lan Tỏa: rings that spread."""
    canvas.ring(x, y, 22.5 * scale, GOLD, 1.2 * scale)
    canvas.ring(x, y, 15.5 * scale, RED, 2 * scale)
    canvas.ring(x, y, 9.5 * scale, RED, 3 * scale)
    canvas.ring(x, y, 4.5 * scale, RED)


def draw_ribbon(canvas: Canvas, y: float) -> None:
    """The woven band of gold that the pages have under their head."""
    for shift in range(3):
        points = [
            (x * FINE, (y + 3.4 * math.sin(2 * math.pi * (x / 28 + shift / 3))) * FINE)
            for x in range(WIDTH + 1)
        ]
        canvas.draw.line(points, fill=GOLD if shift else GOLD_SOFT, width=FINE, joint="curve")


def draw_foot(canvas: Canvas, number: int, count: int, language: str) -> None:
    small = Style(REGULAR, 16, INK_2)
    canvas.rule(428, PAPER, HEIGHT - 428, left=0, right=WIDTH)
    canvas.rule(428, GOLD_SOFT, 1)
    canvas.text(LEFT, 459, LABEL[language], small)
    place = f"{number}/{count}"
    canvas.text(RIGHT - 52 - small.width(place), 459, place, small)
    draw_mark(canvas, RIGHT - 19, 454, 0.75)


# Radius, colour and thickness; the innermost is a disc.
RINGS = (
    (300, LINE, 1),
    (236, GOLD_SOFT, 1),
    (180, GOLD, 1.5),
    (132, GOLD, 2),
    (92, RED, 3),
    (56, RED, 6),
    (26, RED, 0),
)


def draw_opening(canvas: Canvas, slide: Slide) -> None:
    """The first slide: a large title before rings that run off the picture."""
    for radius, colour, thickness in RINGS:
        canvas.ring(788, 214, radius, colour, thickness)
    title = cell(LEFT, 440, slide.title, Style(SEMIBOLD, 52, INK))
    lines = [cell(LEFT, 440, line, Style(REGULAR, 28, INK_2)) for line in slide.lines]
    top = 214 - (height([title]) + 44 + sum(height([line]) for line in lines)) / 2
    canvas.cell(top, title)
    top += height([title]) + 12
    canvas.rule(top, RED, 4, right=LEFT + 96)
    top += 32
    for line in lines:
        canvas.cell(top, line)
        top += height([line])


def row(line: str, size: int, middle: int) -> list[Cell]:
    """A line as it stands in the table: what is counted and the figure side by side, or one text."""
    label, colon, value = line.partition(": ")
    strong = Style(SEMIBOLD, size, INK, RED_DEEP)
    if not colon:
        return [cell(LEFT, RIGHT - LEFT, line, strong)]
    plain = Style(REGULAR, size, INK, RED_DEEP)
    return [cell(LEFT, middle - 28 - LEFT, label, plain), cell(middle, RIGHT - middle, value, strong)]


def fitted(lines: Sequence[str]) -> tuple[list[list[Cell]], float]:
    """The rows in the largest letters that leave air between them, and how much air that is."""
    for size in range(34, 15, -1):
        tables = ([row(line, size, middle) for line in lines] for middle in range(LEFT + 340, LEFT + 461, 20))
        rows = min(tables, key=lambda rows: sum(map(height, rows)))
        air = (BOTTOM - TOP - sum(map(height, rows))) / len(rows)
        if air >= 18:
            return rows, min(air, 44)
    raise SystemExit(f"Too much text for one slide: {lines}")


def height(cells: Sequence[Cell]) -> int:
    return max(len(piece.lines) * piece.style.leading for piece in cells)


def draw_table(canvas: Canvas, slide: Slide) -> None:
    """A title over its red rule and the lines between hairlines."""
    canvas.text(LEFT, 82, slide.title, Style(SEMIBOLD, 40, INK))
    canvas.rule(TOP - 6, RED, 3)
    rows, air = fitted(slide.lines)
    top = float(TOP)
    for number, cells in enumerate(rows):
        if number:
            canvas.rule(top, LINE, 1)
        for piece in cells:
            canvas.cell(top + air / 2, piece)
        top += height(cells) + air


def draw(slide: Slide, number: int, count: int, language: str) -> Image.Image:
    """The picture of one slide of a talk."""
    canvas = Canvas()
    (draw_opening if number == 1 else draw_table)(canvas, slide)
    draw_ribbon(canvas, 7)
    draw_foot(canvas, number, count, language)
    return canvas.finished()
