"""The drawn parts of the certificate: frame, watermark and the spreading rings.

The rings (vòng lan tỏa) are the platform's own mark. They stand where other papers have a seal, on
purpose unlike one: lines only, no star, nothing of the national emblem or flag.
"""

from functools import cache

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.guilloche import circle, ribbon, ring

WIDTH, HEIGHT = landscape(A4)

PAPER, WHITE = "#FFFDF7", "#FFFFFF"
INK, INK_SOFT = "#23201D", "#5A5249"
RED, RED_DEEP = "#A8111A", "#7E0B13"
GOLD, GOLD_SOFT, GOLD_INK = "#B88A2E", "#DDBE72", "#74530F"
WATERMARK = "#F5ECD8"

MARGIN = 8.5 * mm  # from the edge of the sheet to the outer line of the frame
BAND = 7 * mm  # between the outer and the inner lines
INSIDE = MARGIN + BAND
TILE = 18 * mm


def declare(canvas: Canvas) -> None:
    """Put the ornaments into the file once, to be drawn by name."""
    for name, reach, operators in _forms():
        canvas.beginForm(name, -reach, -reach, reach, reach)
        canvas.addLiteral(operators)
        canvas.endForm()


def place(canvas: Canvas, name: str, x: float, y: float, turn: int = 0, stretch: float = 1) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.scale(stretch, 1)
    canvas.doForm(name)
    canvas.restoreState()


def draw_sheet(canvas: Canvas) -> None:
    """Paper, watermark and frame."""
    canvas.setFillColor(PAPER)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    place(canvas, "watermark", WIDTH / 2, HEIGHT / 2)
    _draw_corner_ripples(canvas)
    for inset, colour, weight in (
        (MARGIN, RED, 1.2),
        (MARGIN + 1 * mm, GOLD, 0.4),
        (INSIDE - 1 * mm, GOLD, 0.4),
        (INSIDE, RED, 0.5),
    ):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
    _draw_ribbons(canvas)
    axis = MARGIN + BAND / 2
    for x in (axis, WIDTH - axis):
        for y in (axis, HEIGHT - axis):
            place(canvas, "corner", x, y)


def _draw_ribbons(canvas: Canvas) -> None:
    axis = MARGIN + BAND / 2
    for x, y, turn, length in (
        (axis, axis, 0, WIDTH - 2 * axis),
        (axis, HEIGHT - axis, 0, WIDTH - 2 * axis),
        (axis, axis, 90, HEIGHT - 2 * axis),
        (WIDTH - axis, axis, 90, HEIGHT - 2 * axis),
    ):
        tiles = round(length / TILE)
        stretch = length / tiles / TILE
        for number in range(tiles):
            along = number * length / tiles
            here = (x + along, y) if turn == 0 else (x, y + along)
            place(canvas, "ribbon", *here, turn=turn, stretch=stretch)


def _draw_corner_ripples(canvas: Canvas) -> None:
    """Quarter rings that spread from the corners into the page and fade."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(INSIDE, INSIDE, WIDTH - 2 * INSIDE, HEIGHT - 2 * INSIDE)
    canvas.clipPath(path, stroke=0, fill=0)
    for x in (INSIDE, WIDTH - INSIDE):
        for y in (INSIDE, HEIGHT - INSIDE):
            place(canvas, "ripples", x, y)
    canvas.restoreState()


@cache
def _forms() -> tuple[tuple[str, float, str], ...]:
    """Name, reach from the origin and operators of each ornament."""
    return (
        ("watermark", 90 * mm, _watermark()),
        ("ripples", 30 * mm, _ripples()),
        ("ribbon", TILE, _ribbon()),
        ("corner", 6 * mm, _corner()),
        ("rings", 17 * mm, _rings()),
    )


def _pen(colour: str, weight: float) -> str:
    return f"{_rgb(colour)} RG {weight:.2f} w"


def _fill(colour: str) -> str:
    return f"{_rgb(colour)} rg"


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))


def _watermark() -> str:
    """Three rings close together, then wider and wider ones: what is learnt spreads."""
    core = [ring(r * mm, (r + 9) * mm, 36, 5) for r in (9, 21, 33)]
    spread = [ring(r * mm, (r + 2.4) * mm, 60, 2) for r in (46, 53, 61, 70, 80)]
    return "\n".join([_pen(WATERMARK, 0.45), *core, *spread])


def _ripples() -> str:
    shades = ("#C9A457", "#D3B573", "#DEC793", "#E8D8B4", "#F1E8D0")
    radii = (5.5, 7, 9, 11.6, 15)
    return "\n".join(
        f"{_pen(shade, 0.6)} {circle(radius * mm)} S" for shade, radius in zip(shades, radii, strict=True)
    )


def _ribbon() -> str:
    height = BAND - 2.9 * mm
    gold, red = ribbon(TILE, height, 3, 5), ribbon(TILE, height / 2, 6, 3)
    return "\n".join(["1 J", _pen(GOLD, 0.32), gold, _pen(RED, 0.26), red])


def _corner() -> str:
    reach = 5.2 * mm
    gold = ring(reach * 0.5, reach * 0.9, 16, 5)
    disc = [_fill(PAPER), _pen(RED, 0.7), circle(reach), "B", _pen(GOLD, 0.3), gold]
    red = [_pen(RED, 0.35), f"{circle(reach * 0.42)} S", f"{circle(reach * 0.28)} S"]
    return "\n".join([*disc, *red, _fill(RED), f"{circle(reach * 0.13)} f"])


def _rings() -> str:
    """Three core rings and five that spread, as on every screen of the platform."""
    core = [
        _pen(GOLD, 0.3), ring(1.6 * mm, 3.5 * mm, 14, 3),
        _pen(RED, 0.28), ring(3.9 * mm, 5.6 * mm, 30, 3),
        _pen(GOLD, 0.3), ring(6.0 * mm, 9.0 * mm, 30, 4),
    ]  # fmt: skip
    shades = (GOLD, "#C49D4A", "#D0B06A", "#DCC48C", "#E9D9B4")
    spread = [
        f"{_pen(shade, 0.75 - 0.09 * number)} {circle(radius * mm)} S"
        for number, (shade, radius) in enumerate(zip(shades, (9.6, 10.5, 11.8, 13.5, 15.6), strict=True))
    ]
    return "\n".join([*core, *spread, _fill(RED), f"{circle(0.8 * mm)} f"])
