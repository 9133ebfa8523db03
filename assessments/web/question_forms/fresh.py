"""Names for what learners put together or in order. Random: a name in sequence would give the order away."""

from collections.abc import Iterator
from secrets import token_hex


def random_names() -> Iterator[str]:
    """ "i4f1a", "i09c2" …"""
    while True:
        yield f"i{token_hex(2)}"
