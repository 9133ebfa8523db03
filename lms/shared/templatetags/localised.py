"""`{{ module.title|localised }}`."""

from collections.abc import Mapping

from django import template

from lms.shared import languages

register = template.Library()


@register.filter
def localised(texts: Mapping[str, str] | str) -> str:
    """A missing variable is an empty string to Django's templates, and prints as one."""
    return languages.localised(texts) if texts and not isinstance(texts, str) else str(texts)
