"""The foot of the page: how to check the certificate, and who signs it."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import wording
from certificates.pdf.facts import CertificateFacts
from certificates.pdf.lettering import LEADING, draw, draw_centred, fit
from certificates.pdf.ornaments import (
    GOLD,
    GOLD_SOFT,
    INK,
    INK_SOFT,
    WHITE,
    WIDTH,
    place,
)
from lms.shared.pdf import qr
from lms.shared.pdf.typefaces import ITALIC, SANS, SEMIBOLD

# Left, bottom, right and top in points, for software that adds a visible signature.
SIGNATURE_BOX = (206 * mm, 33.5 * mm, 272 * mm, 45.5 * mm)

_LEFT, _BOTTOM = 25 * mm, 31.5 * mm
_LABELS = _LEFT + qr.LARGEST + 5 * mm
_RINGS = 45 * mm


def draw_foot(canvas: Canvas, facts: CertificateFacts) -> None:
    _draw_qr(canvas, facts.verify_url)
    _draw_labels(canvas, facts)
    _draw_address(canvas, facts.verify_url)
    place(canvas, "rings", WIDTH / 2, _RINGS)
    _draw_signature(canvas, facts)
    _draw_limits(canvas)


def _draw_qr(canvas: Canvas, url: str) -> None:
    canvas.setFillColor(WHITE)
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.6)
    canvas.roundRect(_LEFT, _BOTTOM, qr.LARGEST, qr.LARGEST, 1.2 * mm, stroke=1, fill=1)
    canvas.saveState()
    canvas.translate(_LEFT, _BOTTOM)
    canvas.setFillColor(INK)
    canvas.addLiteral(qr.drawing(url))
    canvas.restoreState()


def _draw_labels(canvas: Canvas, facts: CertificateFacts) -> None:
    issued = wording.short_date(facts.issued_on)
    valid = wording.valid_until(facts.expires_on)
    for row, offset, available, label, value in (
        (0, 0, 73, wording.SERIAL, facts.serial),
        (1, 0, 73, wording.CODE, facts.code),
        (2, 0, 30, wording.ISSUED, issued),
        (2, 32, 41, wording.VALID_UNTIL, valid),
    ):
        top = _BOTTOM + qr.LARGEST - (2.4 + 9.6 * row) * mm
        _draw_label(canvas, _LABELS + offset * mm, top, available * mm, label, value)


def _draw_address(canvas: Canvas, url: str) -> None:
    canvas.setFillColor(INK_SOFT)
    text = f"{wording.SCAN}: {wording.readable_url(url)}"
    fitted = fit(text, SANS, room=(104 * mm, 4.6 * mm), sizes=(6.6, 5.5, 5.5))
    for number, line in enumerate(fitted.lines):
        y = _BOTTOM - 3.4 * mm - number * fitted.size * LEADING
        draw(canvas, _LEFT, y, line, SANS, fitted.size)


def _draw_label(canvas: Canvas, x: float, y: float, available: float, label: str, value: str) -> None:
    canvas.setFillColor(INK_SOFT)
    draw(canvas, x, y, label, SANS, 6.6)
    canvas.setFillColor(INK)
    fitted = fit(value, SEMIBOLD, room=(available, 6 * mm), sizes=(9.6, 5, 5))
    for number, line in enumerate(fitted.lines):
        draw(canvas, x, y - 4.1 * mm - number * fitted.size * LEADING, line, SEMIBOLD, fitted.size)


def _draw_signature(canvas: Canvas, facts: CertificateFacts) -> None:
    left, bottom, right, top = SIGNATURE_BOX
    middle = (left + right) / 2
    dated = f"{facts.place}, {wording.long_date(facts.issued_on)}"
    for text, font, size, colour, above in (
        (dated, ITALIC, 8.8, INK, 11.7),
        (facts.signer_title_vi, SEMIBOLD, 9.6, INK, 6.5),
        (facts.signer_title_en, ITALIC, 7.4, INK_SOFT, 2.6),
    ):
        canvas.setFillColor(colour)
        _draw_upwards(canvas, middle, top + above * mm, text, font, size)
    if facts.signer_name:
        canvas.setFillColor(INK)
        _draw_upwards(canvas, middle, bottom - 4.4 * mm, facts.signer_name, SEMIBOLD, 10.5)
        return
    canvas.setStrokeColor(GOLD_SOFT)
    canvas.setLineWidth(0.6)
    canvas.setDash(1.6, 1.6)
    canvas.roundRect(left, bottom, right - left, top - bottom, 1.2 * mm)
    canvas.setDash()
    canvas.setFillColor(INK_SOFT)
    y = (top + bottom) / 2 - 0.9 * mm
    draw_centred(canvas, middle, y, wording.SIGNATURE_PENDING, SANS, 7.4)


def _draw_upwards(canvas: Canvas, middle: float, y: float, text: str, font: str, size: float) -> None:
    """One line around `middle`, or two small ones that stay within its height."""
    left, _, right, _ = SIGNATURE_BOX
    fitted = fit(text, font, room=(right - left, size * LEADING), sizes=(size, size * 0.65, 6))
    for number, line in enumerate(reversed(fitted.lines)):
        draw_centred(canvas, middle, y + number * fitted.size * LEADING, line, font, fitted.size)


def _draw_limits(canvas: Canvas) -> None:
    canvas.setFillColor(INK_SOFT)
    draw_centred(canvas, WIDTH / 2, 22.4 * mm, wording.LIMITS_VI, SANS, 6.3)
    draw_centred(canvas, WIDTH / 2, 19.4 * mm, wording.LIMITS_EN, ITALIC, 6.1)
