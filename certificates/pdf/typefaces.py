"""The certificate's fonts: loading, measuring, and what they cannot print."""

import unicodedata
from dataclasses import fields
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from certificates.pdf.facts import CertificateFacts

SANS = "LanToaSans-Regular"
SEMIBOLD = "LanToaSans-SemiBold"
ITALIC = "LanToaSans-Italic"
SERIF = "LanToaSerif-Bold"
SERIF_ITALIC = "LanToaSerif-Italic"

# Stands for a character the font lacks: a name in another script must not stop a certificate, and
# must not lose letters unseen either.
REPLACEMENT = "□"

_FOLDER = Path(__file__).resolve().parent.parent / "fonts"
_SAME_LOOK = str.maketrans({"\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-"})


@cache
def load() -> None:
    """Read the fonts once in a process: parsing them takes longer than drawing a page."""
    for name in (SANS, SEMIBOLD, ITALIC, SERIF, SERIF_ITALIC):
        # A shaper, if one is installed, would give other bytes on other machines.
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / f"{name}.ttf"), shapable=False))


def printable(text: str, font: str) -> str:
    """`text` as `font` can print it, each character it lacks replaced by a visible box."""
    known = _characters(font)
    plain = unicodedata.normalize("NFC", text).translate(_SAME_LOOK)
    visible = (character for character in plain if unicodedata.category(character) != "Cf")
    return "".join(character if character in known else REPLACEMENT for character in visible)


def unprintable_characters(facts: CertificateFacts) -> str:
    """The characters that would print as boxes, each once; empty when all is well.

    Call it before issuing, so that a person can decide how the name should be written.
    """
    found: dict[str, None] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, str):
            font = _FONT_OF.get(field.name, SANS)
            lacking = zip(value.translate(_SAME_LOOK), value, strict=True)
            known = _characters(font)
            found.update(dict.fromkeys(c for same, c in lacking if same not in known))
    return "".join(c for c in found if unicodedata.category(c) != "Cf")


def width(text: str, font: str, size: float) -> float:
    """How wide `text` prints, in points."""
    load()
    points: float = pdfmetrics.stringWidth(text, font, size)
    return points


@cache
def _characters(font: str) -> frozenset[str]:
    load()
    return frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph))


_FONT_OF = {"holder_name": SERIF, "track_title_vi": SERIF, "track_title_en": SERIF_ITALIC}
