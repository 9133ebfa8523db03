"""`{{ module.title|localised }}`."""

from collections.abc import Mapping

from django import template

from lms.shared import languages

register = template.Library()


@register.filter
def localised(texts: Mapping[str, str]) -> str:
    return languages.localised(texts)
