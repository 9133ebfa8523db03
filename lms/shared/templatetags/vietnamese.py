"""`{{ rate|percent1 }}`: the one number format that Django's localisation lacks."""

from decimal import ROUND_FLOOR, Decimal, InvalidOperation

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent1(value: Decimal | float | None) -> str:
    """Print one decimal place in the reader's language, and never round up.

    69.96 is printed as 69,9: a goal that is missed must not look met.
    """
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return ""
    if not number.is_finite():
        return ""
    return number_format(number.quantize(Decimal("0.1"), rounding=ROUND_FLOOR), 1)
