"""Addresses of content, looked up once per process."""

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


def address(name: str, *arguments: Any) -> str:
    """`reverse`, ten times as fast the second time; for addresses that many pages link to."""
    if not arguments:
        return _address(name, (), get_urlconf(), get_script_prefix())
    if are_numbers(arguments) and (form := number_form(name, len(arguments))):
        return form % arguments
    if all(isinstance(one, str) or type(one) is int for one in arguments):
        return _address(name, arguments, get_urlconf(), get_script_prefix())
    return reverse(name, args=arguments)


@lru_cache(maxsize=4096)
def _address(name: str, arguments: tuple[str | int, ...], urlconf: str | None, _prefix: str) -> str:
    return reverse(name, urlconf=urlconf, args=arguments)


def are_numbers(arguments: tuple[Any, ...]) -> bool:
    """Does every argument fit a form of numbers?"""
    for one in arguments:  # noqa: SIM110  a generator would cost more than the rest
        if type(one) is not int or one < 0:
            return False
    return True


def number_form(name: str, count: int) -> str:
    """The address with `%d` for each number (attempts, positions), so that none need be kept.

    Empty where not every number fits.
    """
    return _number_form(name, count, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=512)
def _number_form(name: str, count: int, urlconf: str | None, _prefix: str) -> str:
    numbers, small = range(31_700, 31_700 + count), tuple(range(count))
    try:
        form = reverse(name, urlconf=urlconf, args=numbers).replace("%", "%%")
        expected = reverse(name, urlconf=urlconf, args=small)
    except NoReverseMatch:
        return ""
    for number in numbers:
        form = form.replace(str(number), "%d", 1)
    return form if form % small == expected else ""
