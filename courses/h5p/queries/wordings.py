"""The words of forms: translations that libraries bring, and our own dictionaries beside them."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from courses.h5p.engine.form import Hints
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.engine.wording import Wording, wording
from courses.h5p.storage import library_folder

FOLDER = Path(__file__).resolve().parent.parent / "words"
LARGEST = 1_000_000  # bytes of a translation


@lru_cache
def dictionary(language: str) -> dict[str, str]:
    """English → `language`; empty where we have written none."""
    known: dict[str, dict[str, str]] = {
        path.stem: _read(path) for path in FOLDER.glob("*.json") if path.stem != "types"
    }
    return known.get(language, {})


@lru_cache
def known_types() -> dict[str, dict[str, Any]]:
    """What we know of content types beyond their libraries, by machine name."""
    types: dict[str, dict[str, Any]] = _read(FOLDER / "types.json")
    return types


def hints_of(machine_name: str) -> Hints:
    """Where a type has gaps and right answers."""
    known = known_types().get(machine_name, {})
    return Hints(*(frozenset(known.get(key, ())) for key in ("gaps", "first_is_right", "right")))


def title_of(facts: LibraryFacts, language: str) -> str:
    """What a type is called: by us, else by its maker."""
    titles = known_types().get(facts.name.machine_name, {}).get("title", {})
    return str(titles.get(language) or facts.title)


def good_for(machine_name: str, language: str) -> str:
    """What a type is good for; "" for types we do not know."""
    texts = known_types().get(machine_name, {}).get("good_for", {})
    return str(texts.get(language) or texts.get("en") or "")


def wording_of(facts: LibraryFacts, language: str) -> Wording:
    """A library's words in a language, with our dictionary behind them."""
    return wording(_translation(facts.sha256, facts, language), dictionary(language))


@lru_cache(maxsize=200)
def _kept(_sha256: str, name: str) -> Any:
    try:
        with default_storage.open(name) as file:
            return json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return None


def _translation(sha256: str, facts: LibraryFacts, language: str) -> Any:
    if language == "en" or language not in facts.languages:
        return None
    return _kept(sha256, f"{library_folder(facts)}/language/{language}.json")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
