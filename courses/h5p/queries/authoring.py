"""What a form needs to write a content type: its fields in words, and which types there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from courses.h5p.engine.form import Describer
from courses.h5p.engine.libraries import LibraryFacts, LibraryName, closure
from courses.h5p.engine.writable import library_options, unwritable
from courses.h5p.models import Library
from courses.h5p.queries.libraries import DatabaseInstalled
from courses.h5p.queries.wordings import good_for, hints_of, known_types, title_of, wording_of


@dataclass(frozen=True)
class TypeCard:
    """A content type to choose."""

    name: str  # "H5P.MultiChoice 1.16"
    title: str
    good_for: str


@dataclass
class Descriptions:
    """Fields of libraries in words; each library is read once.

    `language` is the author's; `content_language` that of the texts which the player will show.
    """

    language: str
    content_language: str
    installed: DatabaseInstalled = field(default_factory=DatabaseInstalled)

    def __post_init__(self) -> None:
        self._fields: dict[str, Sequence[dict[str, Any]]] = {}

    def facts(self, library: str) -> LibraryFacts | None:
        """The library that new content with this name gets; None when it is not here or not complete."""
        name = LibraryName.spoken(library)
        facts = self.installed.best(name) if name else None
        if facts is None or closure([facts.name], self.installed.best)[1]:
            return None
        return facts

    def fields(self, library: str) -> Sequence[dict[str, Any]]:
        """The fields of a library, also of one that our form cannot write; none when it is not here."""
        if library not in self._fields:
            facts = self.facts(library)
            self._fields[library] = self._described(facts) if facts else ()
        return self._fields[library]

    def _described(self, facts: LibraryFacts) -> Sequence[dict[str, Any]]:
        describer = Describer(hints_of(facts.name.machine_name))
        labels, content = wording_of(facts, self.language), wording_of(facts, self.content_language)
        return describer.fields(facts.semantics or [], labels, content)

    def is_writable(self, library: str) -> bool:
        """Can our form write it? Not where it lacks semantics or needs an editor of its own."""
        facts = self.facts(library)
        return facts is not None and bool(facts.semantics) and not unwritable(facts.semantics or [])

    def title(self, library: str) -> str:
        facts = self.facts(library)
        return title_of(facts, self.language) if facts else library

    def form(self, library: str) -> dict[str, Any]:
        """All types the form of `library` may show: itself and what it may hold, however deep."""
        types: dict[str, Any] = {}
        waiting = [library]
        while waiting:
            name = waiting.pop()
            if name in types or not self.is_writable(name):
                continue
            types[name] = {"title": self.title(name), "fields": list(self.fields(name))}
            facts = self.facts(name)
            waiting += library_options(facts.semantics or []) if facts else []
        return {"library": library, "types": types}


@dataclass(frozen=True)
class Choice:
    """The types an author may begin with, ours first, each in its newest version."""

    language: str

    @cached_property
    def cards(self) -> list[TypeCard]:
        descriptions = Descriptions(self.language, self.language)
        found = [name for name in _newest(_runnable()) if descriptions.is_writable(str(name))]
        order = {machine_name: place for place, machine_name in enumerate(known_types())}
        found.sort(key=lambda name: (order.get(name.machine_name, len(order)), name))
        return [
            TypeCard(str(n), descriptions.title(str(n)), good_for(n.machine_name, self.language))
            for n in found
        ]


def _runnable() -> Iterable[LibraryName]:
    rows = Library.objects.filter(runnable=True, withdrawn_at=None, semantics__isnull=False)
    for machine_name, major, minor in rows.values_list("machine_name", "major", "minor").distinct():
        yield LibraryName(machine_name, major, minor)


def _newest(names: Iterable[LibraryName]) -> Iterable[LibraryName]:
    return {name.machine_name: name for name in sorted(names)}.values()
