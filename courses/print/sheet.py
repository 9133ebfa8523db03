"""The sheet both papers share: colours, numbered pages, the address as a code."""

import io
from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from lms.shared.pdf import qr
from lms.shared.pdf.typefaces import SANS, SEMIBOLD, load, printable

PAPER, INK, INK_SOFT, LINE = "#FFFFFF", "#23201D", "#5A5249", "#D9CFBE"
RED, RED_DEEP, GOLD, SUNKEN, WASH = "#A8111A", "#7E0B13", "#B88A2E", "#F6F1E6", "#FBF3DF"
WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 20 * mm, 20 * mm, 20 * mm
MEASURE = WIDTH - 2 * SIDE


class Sheets(Canvas):  # type: ignore[misc]
    """A canvas that knows how many pages there are before it writes the first."""

    foot: Callable[[Canvas, int, int], None]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self.foot(self, number, len(self._kept))
            super().showPage()
        super().save()


class Code(Flowable):  # type: ignore[misc]
    """The QR code of an address, with its quiet zone."""

    def __init__(self, url: str, side: float) -> None:
        super().__init__()
        self.url, self.width, self.height = url, side, side

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(INK)
        scale = self.width / qr.LARGEST
        canvas.scale(scale, scale)
        canvas.addLiteral(qr.drawing(self.url))
        canvas.restoreState()
        canvas.linkURL(self.url, (0, 0, self.width, self.height), relative=1)


class Bookmark(Flowable):  # type: ignore[misc]
    """An entry in the viewer's list of contents."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self.key, self.title, self.width, self.height = key, title, 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.title, self.key, 0)


def build(
    story: list[Flowable], *, title: str, subject: str, language: str, foot: str, page_words: str
) -> bytes:
    """The PDF of a story; the same story always gives the same bytes."""
    load()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=A4,
        title=title,
        author="Lan Tỏa",
        subject=subject,
        creator="Lan Tỏa",
        producer="Lan Tỏa",
        lang=language,
        invariant=1,
        pageCompression=1,
        displayDocTitle=1,
    )
    frame = Frame(SIDE, BOTTOM, MEASURE, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="text")
    document.addPageTemplates(PageTemplate(id="page", frames=[frame]))

    def draw_foot(canvas: Canvas, number: int, pages: int) -> None:
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, BOTTOM - 5 * mm, WIDTH - SIDE, BOTTOM - 5 * mm)
        _draw_mark(canvas, SIDE + 2 * mm, BOTTOM - 9.2 * mm)
        canvas.setFillColor(INK_SOFT)
        canvas.setFont(SEMIBOLD, 8)
        canvas.drawString(SIDE + 6 * mm, BOTTOM - 10.2 * mm, printable(foot, SEMIBOLD))
        canvas.setFont(SANS, 8)
        words = page_words.format(number=number, all=pages)
        canvas.drawRightString(WIDTH - SIDE, BOTTOM - 10.2 * mm, printable(words, SANS))
        canvas.restoreState()

    class NumberedSheets(Sheets):
        foot = staticmethod(draw_foot)

    document.build(story, canvasmaker=NumberedSheets)
    return file.getvalue()


def _draw_mark(canvas: Canvas, x: float, y: float) -> None:
    """The rings of the platform, small."""
    canvas.setFillColor(RED)
    canvas.circle(x, y, 0.42 * mm, stroke=0, fill=1)
    for radius, weight, colour in ((0.9, 0.7, RED), (1.45, 0.5, RED), (2, 0.3, GOLD)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.circle(x, y, radius * mm)
