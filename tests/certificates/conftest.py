"""Pages are tested without the built front end."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_build(settings: Any, tmp_path: Path) -> None:
    settings.VITE_MANIFEST_PATH = None
    settings.STATIC_ROOT = tmp_path
