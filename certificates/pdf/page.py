"""Lay out the certificate: one landscape A4 page, from the national heading to the file's title."""

import io
from hashlib import md5

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import ornaments, wording
from certificates.pdf.body import draw_body
from certificates.pdf.facts import CertificateFacts
from certificates.pdf.foot import SIGNATURE_BOX, draw_foot
from certificates.pdf.lettering import draw_centred
from certificates.pdf.ornaments import GOLD, GOLD_INK, HEIGHT, INK, INK_SOFT, RED, WIDTH
from lms.shared.pdf.typefaces import ITALIC, SANS, SEMIBOLD, SERIF, load

__all__ = ["SIGNATURE_BOX", "render_certificate"]

# Streams as plain bytes: text armour would make the file a quarter larger.
rl_config.useA85 = 0

_MIDDLE = WIDTH / 2


def render_certificate(facts: CertificateFacts) -> bytes:
    """The PDF of one certificate. The same facts always give the same bytes."""
    load()
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(WIDTH, HEIGHT),
        pageCompression=1,
        pdfVersion=(1, 7),
        lang="vi-VN",
        initialFontName=SANS,
        invariant=1,
    )
    _describe(canvas, facts)
    ornaments.declare(canvas)
    ornaments.draw_sheet(canvas)
    _draw_heading(canvas)
    draw_body(canvas, facts)
    draw_foot(canvas, facts)
    if facts.is_synthetic:
        _draw_sample_mark(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _describe(canvas: Canvas, facts: CertificateFacts) -> None:
    """What viewers show as the file's properties; the clock has no part in it."""
    canvas.setTitle(f"Giấy chứng nhận {facts.serial}")
    canvas.setAuthor(facts.issuer_vi)
    canvas.setSubject(facts.track_title_vi)
    canvas.setKeywords(wording.SAMPLE if facts.is_synthetic else facts.code)
    canvas.setCreator("Lan Tỏa")
    canvas.setProducer("Lan Tỏa")
    issued = f"D:{facts.issued_on:%Y%m%d}000000+07'00'"
    canvas.setDateFormatter(lambda *_moment: issued)
    # The file's identifier grows from here; by default it starts with the time or the environment.
    canvas._doc.signature = md5(facts.to_json().encode(), usedforsecurity=False)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _draw_heading(canvas: Canvas) -> None:
    canvas.setFillColor(INK)
    draw_centred(canvas, _MIDDLE, HEIGHT - 26.5 * mm, wording.COUNTRY_VI, SEMIBOLD, 12, 0.3)
    y = HEIGHT - 32.3 * mm
    extent = draw_centred(canvas, _MIDDLE, y, wording.MOTTO_VI, SEMIBOLD, 11.5)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.6)
    canvas.line(_MIDDLE - extent / 2, y - 1.9 * mm, _MIDDLE + extent / 2, y - 1.9 * mm)
    canvas.setFillColor(INK_SOFT)
    draw_centred(canvas, _MIDDLE, HEIGHT - 38.3 * mm, wording.HEADING_EN, ITALIC, 7.4)

    canvas.setFillColor(RED)
    draw_centred(canvas, _MIDDLE, HEIGHT - 55.5 * mm, wording.TITLE_VI, SERIF, 38, 3.5)
    canvas.setFillColor(GOLD_INK)
    y = HEIGHT - 63.3 * mm
    extent = draw_centred(canvas, _MIDDLE, y, wording.TITLE_EN, SANS, 10, 3)
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.6)
    for side in (-1, 1):
        start, end = _MIDDLE + side * (extent / 2 + 6 * mm), _MIDDLE + side * (extent / 2 + 34 * mm)
        canvas.line(start, y + 1.25 * mm, end, y + 1.25 * mm)
        for radius in (0.5, 1.1):
            canvas.circle(end + side * 1.1 * mm, y + 1.25 * mm, radius * mm)


def _draw_sample_mark(canvas: Canvas) -> None:
    """Sample papers say so on their face: printed, they could be taken for real ones."""
    middle, y = WIDTH - 56 * mm, HEIGHT - 27 * mm
    canvas.setStrokeColor(GOLD)
    canvas.setFillColor(GOLD_INK)
    canvas.setLineWidth(0.6)
    canvas.roundRect(middle - 23 * mm, y - 1.9 * mm, 46 * mm, 6.2 * mm, 1 * mm)
    draw_centred(canvas, middle, y, wording.SAMPLE, SEMIBOLD, 7.4)
