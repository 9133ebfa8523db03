"""Percentages as authors type them."""

from assessments.kinds.shorthand import plain_number


def as_percent(said: str) -> str:
    """ "33,3 %" as "33.3"; empty when nothing is said, and as it stands when it is no number."""
    return plain_number(said.strip().removesuffix("%"))
