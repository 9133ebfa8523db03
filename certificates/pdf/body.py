"""The middle of the page: who completed what. Long texts shrink and wrap; none is cut."""

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import wording
from certificates.pdf.facts import CertificateFacts
from certificates.pdf.lettering import LEADING, Fitted, draw_centred, fit
from certificates.pdf.ornaments import GOLD, HEIGHT, INK, INK_SOFT, RED, RED_DEEP, WIDTH
from lms.shared.pdf.typefaces import ITALIC, SANS, SEMIBOLD, SERIF, SERIF_ITALIC

TOP = HEIGHT - 68 * mm
BOTTOM = 64.5 * mm
MEASURE = 226 * mm

# More space between two lines looks lost, so what is left over goes above and below.
_WIDEST_GAPS = 2.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines set alike, and how far they keep from what stands above."""

    text: Fitted
    font: str
    colour: str
    gap: float
    underlined: bool = False

    @property
    def height(self) -> float:
        rule: float = 2 * mm if self.underlined else 0
        return len(self.text.lines) * self.text.size * LEADING + rule


def draw_body(canvas: Canvas, facts: CertificateFacts) -> None:
    """Stack the blocks and spread the space that is left between them."""
    stack = blocks(facts)
    gaps = sum(block.gap for block in stack[1:])
    free = TOP - BOTTOM - sum(block.height for block in stack)
    spread = min(free / gaps, _WIDEST_GAPS)
    y = TOP - (free - spread * gaps) / 2
    for number, block in enumerate(stack):
        y -= block.gap * spread if number else 0
        _draw(canvas, block, y)
        y -= block.height


def _draw(canvas: Canvas, block: Block, top: float) -> None:
    canvas.setFillColor(block.colour)
    size = block.text.size
    widest = 0.0
    baseline = top
    for number, line in enumerate(block.text.lines):
        baseline = top - (number + 0.8) * size * LEADING
        extent = draw_centred(canvas, WIDTH / 2, baseline, line, block.font, size)
        widest = max(widest, extent)
    if block.underlined:
        _draw_rule(canvas, top - block.height + 0.4 * mm, max(widest / 2 + 8 * mm, 58 * mm))


def _draw_rule(canvas: Canvas, y: float, reach: float) -> None:
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.6)
    middle = WIDTH / 2
    canvas.line(middle - reach, y, middle - 2.4 * mm, y)
    canvas.line(middle + 2.4 * mm, y, middle + reach, y)
    for radius in (0.5, 1.1, 1.7):
        canvas.circle(middle, y, radius * mm)


def blocks(facts: CertificateFacts) -> list[Block]:
    """The heights given to `fit` add up to less than the page has, whatever the texts are."""
    certifies = f"{wording.CERTIFIES_VI}  ·  {wording.CERTIFIES_EN}"
    completed = f"{wording.COMPLETED_VI}  ·  {wording.COMPLETED_EN}"
    stack = [
        _block(facts.issuer_vi, SEMIBOLD, INK, 0, 7 * mm, (11, 8.5, 8.5)),
        _block(facts.issuer_en, ITALIC, INK_SOFT, 0, 5 * mm, (8.4, 7, 7)),
        _block(certifies, SANS, INK_SOFT, 3, 4.2 * mm, (9, 9, 9)),
        _block(facts.holder_name, SERIF, RED_DEEP, 2, 18 * mm, (31, 19, 17), underlined=True),
        _block(facts.organisation, SEMIBOLD, INK, 2, 8 * mm, (10.5, 8.5, 8.5)),
        _block(completed, SANS, INK_SOFT, 5, 4.2 * mm, (9, 9, 9)),
        _block(facts.track_title_vi, SERIF, RED, 1.5, 12 * mm, (18, 13, 13)),
        _block(facts.track_title_en, SERIF_ITALIC, INK_SOFT, 0.5, 6 * mm, (11.5, 8.5, 8.5)),
        _block(wording.achievement_vi(facts), SANS, INK, 4, 4.6 * mm, (9.2, 7, 7)),
        _block(wording.achievement_en(facts), ITALIC, INK_SOFT, 0, 3.8 * mm, (7.8, 6, 6)),
    ]
    return [block for block in stack if any(block.text.lines)]


def _block(
    text: str,
    font: str,
    colour: str,
    gap: float,
    height: float,
    sizes: tuple[float, float, float],
    *,
    underlined: bool = False,
) -> Block:
    fitted = fit(text, font, room=(MEASURE, height), sizes=sizes)
    return Block(fitted, font, colour, gap * mm, underlined)
