"""The masthead of tests as in tests/people."""

from tests.people.conftest import _only_existing_pages

__all__ = ["_only_existing_pages"]
