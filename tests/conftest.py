"""Shared by all tests: no left-over cache, no state between tests."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis_settings.register_profile("lantoa", deadline=None)
hypothesis_settings.load_profile("lantoa")


# These ask the engines themselves, or a whole installation, without the mark of a database.
ALWAYS = ("browser", "operations", "shared")
# What other people's blocks do in Chromium, and what pages look like, does not depend on the database; where
# blocks keep their state is tested without a browser.
ONCE = ("test_block_answers.py", "test_block_editors.py", "clean_and_fit")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """LANTOA_TEST_SECOND_ENGINE=1: leave out what does not touch a database, it has run on the first one."""
    if os.environ.get("LANTOA_TEST_SECOND_ENGINE") != "1":
        return
    done = [item for item in items if not _needs_database(item)]
    items[:] = [item for item in items if _needs_database(item)]
    config.hook.pytest_deselected(items=done)


def _needs_database(item: pytest.Item) -> bool:
    folder = Path(item.path).relative_to(Path(__file__).parent).parts[0]
    fixtures = set(getattr(item, "fixturenames", ()))
    if any(name in item.nodeid for name in ONCE):
        return False
    has_mark = item.get_closest_marker("django_db") is not None
    return has_mark or folder in ALWAYS or bool(fixtures & {"db", "transactional_db"})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests that truncate tables do so: SQLite empties them by DELETE, which our triggers refuse.

    `tests/shared/test_append_only.py` puts the triggers to the test on a table of its own.
    """
    if connection.vendor != "sqlite":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%_delete'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture(autouse=True)
def _fresh_cache_and_language(settings: Any, tmp_path: Path) -> Iterator[None]:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VITE_MANIFEST_PATH = None  # pages are tested without the built front end
    with translation.override("vi"):
        yield
