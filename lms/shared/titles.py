"""Titles in several languages, as people type them: {"vi": "…", "en": "…", "de": "…"}."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lms.shared.errors import Refused
from lms.shared.fields import clean_line
from lms.shared.languages import ORDER

LONGEST_TITLE = 200


def clean_title(title: Mapping[str, str]) -> dict[str, str]:
    """The title in the languages it has; refused when it has none."""
    texts = clean_texts(title)
    if not texts:
        raise Refused("no-title", _("Write a title in at least one language."))
    return texts


def clean_texts(title: Mapping[str, str]) -> dict[str, str]:
    """The languages in which something is written, each on one line; refused when one is too long."""
    texts = {code: clean_line(title.get(code, "")) for code in ORDER}
    if any(len(text) > LONGEST_TITLE for text in texts.values()):
        raise Refused("title-too-long", _("Keep the title under 200 characters."))
    return {code: text for code, text in texts.items() if text}
