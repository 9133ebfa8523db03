"""The handout: A4, one unit after the other, with the way back to each as a QR code."""

import io
from xml.sax.saxutils import escape

from PIL import Image as Pixels
from PIL import UnidentifiedImageError
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    Spacer,
    Table,
)
from reportlab.platypus import Paragraph as Lines

from courses.print.module import HandoutWords, PrintModule, PrintUnit
from courses.print.pieces import Box, Grid, Heading, Items, Paragraph, Picture, Piece, Text
from courses.print.sheet import (
    GOLD,
    INK,
    INK_SOFT,
    LINE,
    MEASURE,
    RED,
    RED_DEEP,
    SUNKEN,
    WASH,
    Bookmark,
    Code,
    build,
)
from lms.shared.pdf.typefaces import SANS, SEMIBOLD, load, printable

CODE = 25 * mm
TALLEST_PICTURE = 110 * mm
# A heading, a caption or a box begins only where this much is free below it.
ROOM = 34 * mm


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    facts = {"fontName": SANS, "textColor": INK, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, fontSize=size, leading=leading, **{**facts, **more})


BODY = _style("body", 10.5, 16, spaceAfter=6)
LEAD = _style("lead", 12, 18, spaceAfter=9)
CELL = _style("cell", 9.2, 13)
HEAD_CELL = _style("head-cell", 9.2, 13, fontName=SEMIBOLD)
CAPTION = _style("caption", 9.2, 13, fontName=SEMIBOLD, spaceBefore=4, spaceAfter=3)
LABEL = _style("label", 9.2, 13, fontName=SEMIBOLD, textColor=RED_DEEP, spaceAfter=2)
SMALL = _style("small", 8.4, 12.2, textColor=INK_SOFT)
SMALL_CENTRED = _style("small-centred", 7.4, 9.6, textColor=INK_SOFT, alignment=1)
NOTES = _style("notes", 8.2, 11.6, textColor=INK_SOFT, spaceAfter=4)
HEADINGS = {
    1: _style("h1", 13.5, 18.5, fontName=SEMIBOLD, spaceBefore=10, spaceAfter=4),
    2: _style("h2", 11.5, 16.5, fontName=SEMIBOLD, spaceBefore=7, spaceAfter=3),
}
UNIT_TITLE = _style("unit", 18, 24, fontName=SEMIBOLD)
MODULE_TITLE = _style("module", 24, 31, fontName=SEMIBOLD, spaceBefore=4, spaceAfter=6)
MODULE_CODE = _style("code", 13, 17, fontName=SEMIBOLD, textColor=RED)


def render_handout(module: PrintModule, words: HandoutWords) -> bytes:
    """The handout as a PDF file."""
    load()
    story: list[Flowable] = _title(module, words)
    for place, unit in enumerate(module.units, start=1):
        if place > 1:
            story.append(PageBreak())
        story.extend(_unit(module, unit, place, words))
    return build(
        story,
        title=f"{module.code}. {module.title}",
        subject=words.kind,
        language=module.language,
        foot=f"Lan Tỏa · {module.code}. {module.title}",
        page_words=words.page,
    )


def _title(module: PrintModule, words: HandoutWords) -> list[Flowable]:
    story: list[Flowable] = [
        Lines(_plain(f"{module.code} · {words.kind}", SEMIBOLD), MODULE_CODE),
        Lines(_plain(module.title, SEMIBOLD), MODULE_TITLE),
        Lines(_plain(f"{module.edition} · {module.extent}", SANS), SMALL),
        _rule(),
    ]
    if module.outcomes:
        story.append(Lines(_plain(words.outcomes, SEMIBOLD), HEADINGS[2]))
        story.append(_listed([[Lines(_plain(line, SANS), BODY)] for line in module.outcomes], 0))
        story.append(_rule())
    return story


def _unit(module: PrintModule, unit: PrintUnit, place: int, words: HandoutWords) -> list[Flowable]:
    left = [
        Bookmark(f"unit-{place}", f"{place}. {unit.title}"),
        Lines(_plain(f"{place}. {unit.title}", SEMIBOLD), UNIT_TITLE),
        Spacer(0, 3),
        Lines(_plain(unit.minutes, SANS), SMALL),
    ]
    right = [Code(unit.url, CODE), Lines(_plain(words.open_unit, SANS), SMALL_CENTRED)]
    head = Table([[left, right]], colWidths=[MEASURE - CODE - 4 * mm, CODE + 4 * mm])
    head.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("ALIGN", (1, 0), (1, 0), "CENTER"),
            ("LEFTPADDING", (0, 0), (0, 0), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    story: list[Flowable] = [head, *_flow(unit.pieces, module, MEASURE)]
    if unit.on_screen:
        lines = [Lines(_plain(words.on_screen, SEMIBOLD), LABEL)]
        lines += [Lines(_plain(line, SANS), CELL) for line in unit.on_screen]
        story += [Spacer(0, 6), _boxed(lines, MEASURE, "note")]
    if unit.sources:
        story += [CondPageBreak(ROOM), _rule(), Lines(_plain(words.sources, SEMIBOLD), HEADINGS[2])]
        for source in unit.sources:
            places = " · ".join(f"[{number}] {where}".strip() for number, where in source.places)
            story.append(Lines(f"{_plain(source.words, SANS)}: {_plain(places, SANS)}", NOTES))
    return story


def _flow(pieces: tuple[Piece, ...], module: PrintModule, room: float) -> list[Flowable]:
    story: list[Flowable] = []
    for piece in pieces:
        story.extend(_piece(piece, module, room))
    return story


def _piece(piece: Piece, module: PrintModule, room: float) -> list[Flowable]:
    if isinstance(piece, Heading):
        return [CondPageBreak(ROOM), Lines(markup(piece.text, SEMIBOLD), HEADINGS[piece.level])]
    if isinstance(piece, Paragraph):
        style = LEAD if piece.is_lead else LABEL if piece.is_label else BODY
        return [Lines(markup(piece.text, style.fontName), style)]
    if isinstance(piece, Items):
        rows = [_flow(item, module, room - 6 * mm) for item in piece.items]
        return [_listed([row for row in rows if row], piece.first), Spacer(0, 4)]
    if isinstance(piece, Grid):
        return _grid(piece, room)
    if isinstance(piece, Box):
        inner = _flow(piece.pieces, module, room - 10 * mm)
        return [CondPageBreak(ROOM), Spacer(0, 3), _boxed(inner, room, piece.kind), Spacer(0, 8)]
    return _picture(piece, module, room)


def _listed(rows: list[list[Flowable]], first: int) -> Flowable:
    bullet = {"bulletType": "1", "start": first} if first else {"bulletType": "bullet", "start": "•"}
    return ListFlowable(
        [ListItem(row) for row in rows],
        leftIndent=6 * mm,
        bulletFontName=SEMIBOLD if first else SANS,
        bulletFontSize=10.5,
        bulletColor=RED,
        bulletFormat="%s." if first else None,
        **bullet,
    )


def _grid(grid: Grid, room: float) -> list[Flowable]:
    columns = max([len(row) for row in (grid.head, *grid.rows)], default=0)
    if not columns:
        return []
    empty: Text = ()
    rows = [
        [Lines(markup(cell, SANS), CELL) for cell in (*row, *[empty] * (columns - len(row)))]
        for row in grid.rows
    ]
    if grid.head:
        cells = (*grid.head, *[empty] * (columns - len(grid.head)))
        rows.insert(0, [Lines(markup(cell, SEMIBOLD), HEAD_CELL) for cell in cells])
    table = Table(rows, colWidths=_widths(grid, columns, room), repeatRows=1 if grid.head else 0)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("LINEABOVE", (0, 0), (-1, 0), 1, INK),
            *([("LINEBELOW", (0, 0), (-1, 0), 1, INK)] if grid.head else []),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    caption = [Lines(markup(grid.caption, SEMIBOLD), CAPTION)] if grid.caption else []
    return [CondPageBreak(ROOM), *caption, table, Spacer(0, 9)]


def _widths(grid: Grid, columns: int, room: float) -> list[float]:
    """Wider columns for longer texts, but none narrower than a word or two."""
    lengths = []
    for column in range(columns):
        cells = [row[column] for row in (grid.head, *grid.rows) if column < len(row)]
        sizes = sorted(sum(len(run.words) for run in cell) for cell in cells)
        lengths.append(max(8.0, min(float(sizes[-1]), 60.0)) ** 0.75)
    return [room * length / sum(lengths) for length in lengths]


def _boxed(inner: list[Flowable], room: float, kind: str) -> Flowable:
    """A bar at the side and, but for quotations, a ground; it may run over the end of a page."""
    table = Table([[piece] for piece in inner] or [[""]], colWidths=[room])
    colour = {"case": RED, "note": GOLD}.get(kind, LINE)
    ground = {"case": SUNKEN, "note": WASH}.get(kind)
    table.setStyle(
        [
            ("LINEBEFORE", (0, 0), (0, -1), 2, colour),
            *([("BACKGROUND", (0, 0), (-1, -1), ground)] if ground else []),
            ("LEFTPADDING", (0, 0), (-1, -1), 5 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (0, 0), 7),
            ("BOTTOMPADDING", (0, -1), (0, -1), 4),
        ]
    )
    return table


def _picture(piece: Picture, module: PrintModule, room: float) -> list[Flowable]:
    """The picture, no wider than the text; its words alone where the file is none we can draw."""
    content = module.picture(piece.path)
    words = Lines(_plain(piece.alt, SANS), SMALL)
    if content is None:
        return [words] if piece.alt else []
    try:
        with Pixels.open(io.BytesIO(content)) as picture:
            wide, high = picture.size
            drawn = io.BytesIO()
            picture.convert("RGB").save(drawn, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError):
        return [words] if piece.alt else []
    scale = min(room / wide, TALLEST_PICTURE / high, 72 / 110)
    drawn.seek(0)
    image = Image(drawn, wide * scale, high * scale, hAlign="LEFT")
    return [KeepTogether([Spacer(0, 3), image, Spacer(0, 6)])]


def _rule() -> Flowable:
    rule = Table([[""]], colWidths=[MEASURE], rowHeights=[8])
    rule.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)])
    return KeepTogether([rule, Spacer(0, 8)])


def _plain(text: str, font: str) -> str:
    return escape(printable(" ".join(text.split()), font))


def markup(text: Text, font: str) -> str:
    """A line in the small markup language of ReportLab's paragraphs."""
    parts = []
    for run in text:
        if run.cite:
            parts.append(f'<super size="6.5" rise="3.5"><font color="{RED}">[{run.cite}]</font></super>')
            continue
        words = "<br/>".join(escape(printable(line, font)) for line in run.words.split("\n"))
        if run.bold:
            words = f"<b>{words}</b>"
        if run.italic:
            words = f"<i>{words}</i>"
        if run.raised:
            tag = "super" if run.raised > 0 else "sub"
            words = f"<{tag}>{words}</{tag}>"
        parts.append(words)
    return "".join(parts)
