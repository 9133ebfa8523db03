"""Texts that content carries in several languages: {"vi": "…", "en": "…", "de": "…"}."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ORDER = ("vi", "en", "de")
LANGUAGE_NAMES: dict[str, str | Promise] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "de": _("German"),
}


def current_language() -> str:
    """The active language as two letters; Vietnamese when none is active."""
    return (get_language() or "vi")[:2]


def localised(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in `language` (default: the active one), else Vietnamese, else any there is."""
    found = texts.get(language or current_language())
    if found:
        return found
    return next((texts[code] for code in ORDER if texts.get(code)), "")
