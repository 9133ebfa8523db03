"""Make the certificate's small fonts from the complete ones: `python build.py SOURCE_DIR`.

Run by hand, needs fonttools; the README beside this file tells when and how. Nothing imports it.
"""
# fonttools is no dependency of the platform, so the type checker does not see it:
# mypy: ignore-errors

import sys
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# New names, because the licence of Playfair Display reserves that name for the unmodified font.
FONTS = {
    "LanToaSans-Regular": "BeVietnamPro_400Regular.ttf",
    "LanToaSans-SemiBold": "BeVietnamPro_600SemiBold.ttf",
    "LanToaSans-Italic": "BeVietnamPro_400Regular_Italic.ttf",
    "LanToaSerif-Bold": "PlayfairDisplay_700Bold.ttf",
    "LanToaSerif-Italic": "PlayfairDisplay_500Medium_Italic.ttf",
}
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x1EA0, 0x1EF9), (0x2010, 0x2015))
SINGLES = "ĂăĐđĨĩŨũƠơƯưĔĕĬĭŎŏŬŭɃƀČčŁłŒœŠšŽžʼ‘’‚“”„•…‰‹›€₫□"
# The serif prints names, which come from everywhere, and its glyphs are small.
SERIF_RANGES = (*RANGES, (0x100, 0x17F), (0x218, 0x21B))
# Marks that stand alone in Ê Đê, Gia Rai and Ba Na names (ơ̆, ê̆); placed by pdf/lettering.py.
MARKS = (0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x30C, 0x323)
BREVE = {"ĕ": "e", "ŏ": "o", "ŭ": "u", "ĭ": "ı", "Ĕ": "E", "Ŏ": "O", "Ŭ": "U", "Ĭ": "I"}


def add(font: TTFont, char: str, pen: TTGlyphPen, advance: int) -> None:
    # A name of our own: the font may already build other letters from a glyph of the usual name.
    name = f"lantoa{ord(char):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(char)] = name


def outline(font: TTFont, char: str) -> DecomposingRecordingPen:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(char)]].draw(pen)
    return pen


def bounds(font: TTFont, char: str) -> tuple[float, float, float, float]:
    pen = BoundsPen(font.getGlyphSet())
    outline(font, char).replay(pen)
    return pen.bounds


def advance_of(font: TTFont, char: str) -> int:
    return font["hmtx"][font.getBestCmap()[ord(char)]][0]


def add_breve_letters(font: TTFont) -> None:
    """Ê Đê and Ba Na letters, with the breve where the font's own ă or Ă has it."""
    mark = bounds(font, "\u0306")
    for char, base in BREVE.items():
        if ord(char) in font.getBestCmap():
            continue
        model, plain = ("Ă", "A") if base.isupper() else ("ă", "a")
        # Italic letters lean, so the mark keeps the distance it has from the middle of the a.
        lean = middle_of_top(font, model) - middle(bounds(font, plain))
        dx = middle(bounds(font, base)) + lean - middle(mark)
        dy = bounds(font, model)[3] - mark[3]
        pen = TTGlyphPen(None)
        outline(font, base).replay(pen)
        outline(font, "\u0306").replay(TransformPen(pen, (1, 0, 0, 1, dx, dy)))
        add(font, char, pen, advance_of(font, base))


def middle(box: tuple[float, float, float, float]) -> float:
    return (box[0] + box[2]) / 2


def middle_of_top(font: TTFont, char: str) -> float:
    """Where the breve of ă or Ă sits: the middle of what reaches highest."""
    points = [point for _, args in outline(font, char).value for point in args if point]
    top = max(y for _, y in points)
    xs = [x for x, y in points if y > top - 90]
    return (min(xs) + max(xs)) / 2


def add_barred_b(font: TTFont) -> None:
    """ƀ and Ƀ of Ê Đê: a b with a bar through the stem, as in đ and Đ."""
    for char, base, height in (("ƀ", "b", 650), ("Ƀ", "B", 345)):
        if ord(char) in font.getBestCmap():
            continue
        left = bounds(font, base)[0] + (0.2 * height if font["post"].italicAngle else 0)
        pen = TTGlyphPen(None)
        outline(font, base).replay(pen)
        draw_box(pen, left - 55, height - 27, left + 225, height + 27)
        add(font, char, pen, advance_of(font, base))


def draw_box(pen: TTGlyphPen, left: float, low: float, right: float, high: float) -> None:
    pen.moveTo((left, low))
    for point in ((left, high), (right, high), (right, low)):
        pen.lineTo(point)
    pen.closePath()


def add_replacement_box(font: TTFont) -> None:
    """What stands for a character the font lacks: visible, and clearly not a letter."""
    if ord("□") in font.getBestCmap():
        return
    pen = TTGlyphPen(None)
    draw_box(pen, 60, 0, 540, 640)
    pen.moveTo((110, 50))
    for point in ((490, 50), (490, 590), (110, 590)):
        pen.lineTo(point)
    pen.closePath()
    add(font, "□", pen, 600)


def centre_marks(font: TTFont) -> None:
    """Put the middle of every combining mark at x = 0, so that drawing needs no outline."""
    for char in map(chr, MARKS):
        if ord(char) in font.getBestCmap():
            left, _, right, _ = bounds(font, char)
            pen = TTGlyphPen(None)
            outline(font, char).replay(TransformPen(pen, (1, 0, 0, 1, -(left + right) / 2, 0)))
            add(font, char, pen, 0)


def rename(font: TTFont, name: str) -> None:
    family, style = name.split("-")
    texts = {1: family, 2: style, 3: name, 4: f"{family} {style}", 6: name}
    font["name"].names = [r for r in font["name"].names if r.nameID in {0, 13, 14}]
    for name_id, text in texts.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def build(source: Path, name: str) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    add_breve_letters(font)
    add_barred_b(font)
    add_replacement_box(font)
    centre_marks(font)
    options = Options(
        layout_features=[], hinting=False, name_IDs=["*"], glyph_names=False, notdef_outline=True
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "meta", "gasp"]
    subsetter = Subsetter(options)
    ranges = SERIF_RANGES if "Serif" in name else RANGES
    wanted = {code for first, last in ranges for code in range(first, last + 1)}
    subsetter.populate(unicodes=wanted | set(map(ord, SINGLES)) | set(MARKS))
    subsetter.subset(font)
    rename(font, name)
    return font


def main(folder: Path) -> None:
    for name, file_name in FONTS.items():
        font = build(next(folder.rglob(file_name)), name)
        target = Path(__file__).with_name(f"{name}.ttf")
        font.save(target)
        print(target.name, target.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
