"""Pages are tested without the built front end, and the masthead lists only pages that exist."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from lms.home.web import navigation


@pytest.fixture(autouse=True)
def _no_build(settings: Any, tmp_path: Path) -> None:
    settings.VITE_MANIFEST_PATH = None
    settings.STATIC_ROOT = tmp_path


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
