"""What never changes is worked out once per process."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from django.db import connection

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class VersionCache(Generic[K, V]):
    """Keeps up to `size` values whose key holds the id of an immutable version; the oldest goes first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        return self._values.get(key)

    def keep(self, key: K, value: V) -> V:
        # What an open transaction shows may be rolled back, and SQLite gives its ids out again.
        if not connection.in_atomic_block:
            self._values[key] = value
            while len(self._values) > self.size:
                self._values.popitem(last=False)
        return value
