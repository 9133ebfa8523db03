"""The loudspeaker script: large letters, one breath after the other, pauses drawn in."""

from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table
from reportlab.platypus import Paragraph as Lines

from courses.print.module import PrintModule, PrintUnit, ScriptWords
from courses.print.sheet import GOLD, INK, INK_SOFT, MEASURE, RED, WASH, Bookmark, build
from courses.print.spoken import Spoken, minutes_of, spoken
from lms.shared.pdf.typefaces import SANS, SEMIBOLD, load, printable


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    facts = {"fontName": SANS, "textColor": INK, "allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, fontSize=size, leading=leading, **{**facts, **more})


SAID = _style("said", 16, 27, spaceAfter=13)
SAID_HEADING = _style("said-heading", 16, 27, fontName=SEMIBOLD, spaceBefore=8, spaceAfter=6, keepWithNext=1)
TITLE = _style("title", 22, 30, fontName=SEMIBOLD, spaceAfter=4)
KIND = _style("kind", 13, 17, fontName=SEMIBOLD, textColor=RED)
SMALL = _style("small", 10, 15, textColor=INK_SOFT)
SHORT, LONG = f'<font color="{RED}">/</font>', f'<font color="{RED}">//</font>'


def render_script(module: PrintModule, words: ScriptWords) -> bytes:
    """The script as a PDF file; each unit begins on a page of its own."""
    load()
    story: list[Flowable] = []
    for place, unit in enumerate(module.units, start=1):
        paragraphs = spoken(unit.pieces, module.language)
        if not paragraphs:
            continue
        if story:
            story.append(PageBreak())
        story.extend(_unit(module, unit, place, paragraphs, words))
    return build(
        story or [Lines(_plain(module.title, SEMIBOLD), TITLE)],
        title=f"{module.code}. {module.title}",
        subject=words.kind,
        language=module.language,
        foot=f"Lan Tỏa · {module.code}. {module.title}",
        page_words=words.page,
    )


def _unit(
    module: PrintModule, unit: PrintUnit, place: int, paragraphs: list[Spoken], words: ScriptWords
) -> list[Flowable]:
    time = words.reading_time.format(minutes=minutes_of(paragraphs))
    story: list[Flowable] = [
        Bookmark(f"unit-{place}", f"{place}. {unit.title}"),
        Lines(_plain(f"{module.code} · {words.kind}", SEMIBOLD), KIND),
        Lines(_plain(f"{place}. {unit.title}", SEMIBOLD), TITLE),
        Lines(_plain(f"{time} · {module.edition}", SANS), SMALL),
        Spacer(0, 8),
        _note(words.marks),
        Spacer(0, 14),
    ]
    for paragraph in paragraphs:
        style = SAID_HEADING if paragraph.is_heading else SAID
        lines = Lines(_said(paragraph, style.fontName), style)
        story.append(lines if paragraph.is_heading else KeepTogether([lines]))
    story.append(Lines(_plain(words.end, SEMIBOLD), KIND))
    return story


def _said(paragraph: Spoken, font: str) -> str:
    """The sentences with a mark after each; a mark never begins a line."""
    between = f"&nbsp;{SHORT} "
    return between.join(_plain(sentence, font) for sentence in paragraph.sentences) + f"&nbsp;{LONG}"


def _note(text: str) -> Flowable:
    table = Table([[Lines(_plain(text, SANS), SMALL)]], colWidths=[MEASURE])
    table.setStyle(
        [
            ("LINEBEFORE", (0, 0), (0, -1), 2, GOLD),
            ("BACKGROUND", (0, 0), (-1, -1), WASH),
            ("LEFTPADDING", (0, 0), (-1, -1), 5 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
    )
    return table


def _plain(text: str, font: str) -> str:
    return escape(printable(" ".join(text.split()), font))
