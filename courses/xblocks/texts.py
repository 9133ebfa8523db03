"""What blocks of other people say in our languages."""

from typing import Any


def script_texts(block_type: str, language: str) -> dict[str, Any]:
    """English text → translation (or its plural forms) for `gettext` in a block's scripts."""
    return {}
