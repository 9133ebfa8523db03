"""Kept addresses are those that `reverse` gives, and what does not fit is refused as there."""

from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from lms.shared.addresses import address, number_form

ADDRESSES: list[tuple[str, tuple[Any, ...]]] = [
    ("home:start", ()),
    ("assessments:question", (1, 2)),
    ("assessments:question", (31_700, 7)),
    ("assessments:question", ("12", "3")),
    ("assessments:result", (0,)),
    ("courses:unit", ("C1", "c1-u1")),
    ("courses:unit", ("Ơ 100%", "a b?")),
    ("courses:unit", (1, 2)),
    ("assessments:quiz", ("block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz",)),
]


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES)
def test_is_what_reverse_gives_every_time(name: str, arguments: tuple[Any, ...]) -> None:
    expected = reverse(name, args=arguments)
    assert [address(name, *arguments) for _ in range(2)] == [expected] * 2


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("assessments:question", (-1, 2)), ("assessments:question", (1,)), ("nobody:nothing", (1,))],
)
def test_refuses_what_reverse_refuses(name: str, arguments: tuple[Any, ...]) -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address(name, *arguments)


def test_numbers_are_filled_into_one_form() -> None:
    assert number_form("assessments:question", 2) == "/attempts/%d/%d/"
    assert number_form("assessments:question", 3) == ""


def test_the_place_of_the_site_counts() -> None:
    try:
        set_script_prefix("/below/")
        assert address("assessments:question", 1, 2) == "/below/attempts/1/2/"
    finally:
        set_script_prefix("/")
    assert address("assessments:question", 1, 2) == "/attempts/1/2/"
