"""`{{ module.title|localised }}`."""

from collections.abc import Mapping

from django import template

from lms.shared import languages

register = template.Library()


@register.filter
def localised(texts: Mapping[str, str] | str) -> str:
    """The text for the reader; "" where there is none, so that `default` finds its place.

    A missing variable is an empty string to Django's templates, and prints as one.
    """
    return str(texts) if isinstance(texts, str) else languages.localised(texts or {})
