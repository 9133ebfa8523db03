"""Pages are tested in English and without the built front end; the masthead lists pages that exist."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from lms.home.web import navigation


@pytest.fixture(autouse=True)
def _no_build(settings: Any, tmp_path: Path) -> None:
    settings.VITE_MANIFEST_PATH = None
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _english(settings: Any) -> Iterator[None]:
    """The strings of the code, whether or not catalogues are compiled."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


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
