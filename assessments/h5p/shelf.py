"""The libraries an export can use, and what a content of each begins with."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assessments.h5p.bare import bare_params
from assessments.h5p.words import spoken_defaults
from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.engine.semantics import Field, defaults, parse
from courses.h5p.engine.wording import Wording


class Shelf(Protocol):
    """What is installed; the pages ask the database, tests the memory."""

    def best(self, name: LibraryName) -> LibraryFacts | None:
        """The patch that new content gets."""

    def versions(self, machine_name: str) -> Sequence[LibraryFacts]:
        """All that may be used, newest first, one patch of each version."""

    def wording(self, facts: LibraryFacts, language: str) -> Wording:
        """The library's words in the language, ours behind them."""

    def dictionary(self, language: str) -> Mapping[str, str]:
        """Our own words of players, by the English ones."""


def fields_of(shelf: Shelf, name: LibraryName) -> tuple[Field, ...] | None:
    """The fields of an installed library."""
    facts = shelf.best(name)
    return parse(facts.semantics or []) if facts is not None else None


def begun(shelf: Shelf, name: LibraryName, language: str) -> dict[str, Any]:
    """The params of a new content: the library's own defaults, its texts in the language."""
    facts = shelf.best(name)
    if facts is None:
        return bare_params(name.machine_name, shelf.dictionary(language))
    return defaults(parse(spoken_defaults(facts.semantics or [], shelf.wording(facts, language))))
