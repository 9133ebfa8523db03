"""Our typefaces for PDF: loading, measuring, and what they cannot print."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SANS = "LanToaSans-Regular"
SEMIBOLD = "LanToaSans-SemiBold"
ITALIC = "LanToaSans-Italic"
SERIF = "LanToaSerif-Bold"
SERIF_ITALIC = "LanToaSerif-Italic"

# Stands for a character the font lacks: a name in another script must not stop a paper, and must
# not lose letters unseen either.
REPLACEMENT = "□"

_FOLDER = Path(__file__).resolve().parent / "fonts"
SAME_LOOK = str.maketrans({"\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-"})


@cache
def load() -> None:
    """Read the fonts once in a process: parsing them takes longer than drawing a page."""
    for name in (SANS, SEMIBOLD, ITALIC, SERIF, SERIF_ITALIC):
        # A shaper, if one is installed, would give other bytes on other machines.
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / f"{name}.ttf"), shapable=False))
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD)
    pdfmetrics.registerFontFamily(
        SEMIBOLD, normal=SEMIBOLD, bold=SEMIBOLD, italic=SEMIBOLD, boldItalic=SEMIBOLD
    )


def printable(text: str, font: str) -> str:
    """`text` as `font` can print it, each character it lacks replaced by a visible box."""
    known = characters(font)
    plain = unicodedata.normalize("NFC", text).translate(SAME_LOOK)
    visible = (character for character in plain if unicodedata.category(character) != "Cf")
    return "".join(character if character in known else REPLACEMENT for character in visible)


def width(text: str, font: str, size: float) -> float:
    """How wide `text` prints, in points."""
    load()
    points: float = pdfmetrics.stringWidth(text, font, size)
    return points


@cache
def characters(font: str) -> frozenset[str]:
    """Every character the font can print."""
    load()
    return frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph))
