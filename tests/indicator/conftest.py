"""Pages are tested without the built front end."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_build(settings: Any) -> None:
    settings.VITE_MANIFEST_PATH = None
