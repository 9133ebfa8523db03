"""Texts that content carries in several languages: {"vi": "…", "en": "…", "de": "…"}."""

from collections.abc import Mapping

from django.utils.translation import get_language

ORDER = ("vi", "en", "de")


def current_language() -> str:
    """The active language as two letters; Vietnamese when none is active."""
    return (get_language() or "vi")[:2]


def localised(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in `language` (default: the active one), else Vietnamese, else any there is."""
    found = texts.get(language or current_language())
    if found:
        return found
    return next((texts[code] for code in ORDER if texts.get(code)), "")
