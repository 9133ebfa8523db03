"""Model fields that several apps share."""

import unicodedata
from typing import Any

from django.db import models


class TextLine(models.CharField[str, str]):
    """One line of text, NFC with single spaces: NFD loses marks in PDFs and searches."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(clean_line(value) if isinstance(value, str) else value)


def clean_line(text: str) -> str:
    """NFC, no control characters, runs of white space as one space."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c if unicodedata.category(c) != "Cc" else " " for c in composed)
    return " ".join(kept.split())
