"""What the certificate's fonts cannot print of its facts."""

import unicodedata
from dataclasses import fields

from certificates.pdf.facts import CertificateFacts
from lms.shared.pdf.typefaces import SAME_LOOK, SANS, SERIF, SERIF_ITALIC, characters


def unprintable_characters(facts: CertificateFacts) -> str:
    """The characters that would print as boxes, each once; empty when all is well.

    Call it before issuing, so that a person can decide how the name should be written.
    """
    found: dict[str, None] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, str):
            font = _FONT_OF.get(field.name, SANS)
            lacking = zip(value.translate(SAME_LOOK), value, strict=True)
            known = characters(font)
            found.update(dict.fromkeys(c for same, c in lacking if same not in known))
    return "".join(c for c in found if unicodedata.category(c) != "Cf")


_FONT_OF = {"holder_name": SERIF, "track_title_vi": SERIF, "track_title_en": SERIF_ITALIC}
