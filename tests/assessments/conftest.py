"""Until every app has its pages, the masthead lists only those that exist."""

from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from lms.home.web import navigation


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


@pytest.fixture(autouse=True)
def _only_existing_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for menu in ("ENTRIES", "PUBLIC", "FOOTER"):
        kept = [entry for entry in getattr(navigation, menu) if _exists(entry[0])]
        monkeypatch.setattr(navigation, menu, kept)


@pytest.fixture(autouse=True)
def _no_built_front_end(settings: Any) -> None:
    settings.VITE_MANIFEST_PATH = None
