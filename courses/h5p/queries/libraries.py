"""Libraries that are here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT

from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.models import Library, Package
from courses.h5p.storage import library_folder


def facts_of(library: Library) -> LibraryFacts:
    """What the library says of itself, as the engine works with it."""
    return LibraryFacts.from_json({**library.facts, "semantics": library.semantics})


def folder_of(library: Library) -> str:
    """Where its files lie. The fields of its form, which may be large, are not read for that."""
    return library_folder(LibraryFacts.from_json({**library.facts, "semantics": None}))


class DatabaseInstalled:
    """The libraries of the database, as the engine asks for them; each look-up is made once."""

    def __init__(self) -> None:
        self._found: dict[tuple[LibraryName, int | None], LibraryFacts | None] = {}

    def best(self, name: LibraryName) -> LibraryFacts | None:
        """The patch that new content gets: the newest that was not withdrawn."""
        return self._first(name, None, rows_named(name).filter(withdrawn_at=None).order_by("-patch"))

    def exact(self, name: LibraryName, patch: int) -> LibraryFacts | None:
        """This very version, even if it was withdrawn: its number is taken."""
        return self._first(name, patch, rows_named(name).filter(patch=patch))

    def _first(self, name: LibraryName, patch: int | None, rows: "QuerySet[Library]") -> LibraryFacts | None:
        if (name, patch) not in self._found:
            row = rows.first()
            self._found[name, patch] = facts_of(row) if row else None
        return self._found[name, patch]


def rows_named(name: LibraryName) -> "QuerySet[Library]":
    """All patches of a version."""
    return Library.objects.filter(machine_name=name.machine_name, major=name.major, minor=name.minor)


def rows_known(libraries: Iterable[LibraryFacts]) -> dict[LibraryName, Library]:
    """The rows of those libraries that are here with these very bytes, by name."""
    found = {}
    for facts in libraries:
        row = rows_named(facts.name).filter(patch=facts.patch, sha256=facts.sha256).first()
        if row is not None:
            found[facts.name] = row
    return found


@dataclass(frozen=True)
class LibraryFilters:
    """What a library manager looks for."""

    text: str = ""
    state: str = ""  # "", "used", "unused", "withdrawn"


def library_list(filters: LibraryFilters) -> "QuerySet[Library]":
    """Libraries by title, newest version first, each with what a list shows. One query.

    Annotated: `licence`, `languages` (JSON text) and `number_of_packages`.
    """
    rows = Library.objects.defer("facts", "semantics").annotate(
        licence=KT("facts__licence"),
        languages=KT("facts__languages"),
        number_of_packages=Count("packages", distinct=True),
    )
    for word in filters.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(machine_name__icontains=word))
    if filters.state == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    elif filters.state:
        rows = rows.filter(withdrawn_at=None)
    if filters.state == "used":
        rows = rows.filter(number_of_packages__gt=0)
    elif filters.state == "unused":
        rows = rows.filter(number_of_packages=0)
    return rows.order_by("machine_name", "-major", "-minor", "-patch")


def packages_with(library: Library) -> "QuerySet[Package]":
    """The packages that this library plays, newest first."""
    rows = Package.objects.filter(loads__library=library).select_related("main_library", "created_by")
    return rows.defer("params", "main_library__facts", "main_library__semantics").order_by("-created_at")


def versions_of(names: Iterable[LibraryName]) -> dict[LibraryName, Library]:
    """The newest patch of each that is here, withdrawn or not. One query."""
    wanted = set(names)
    rows = Library.objects.defer("facts", "semantics")
    rows = rows.filter(machine_name__in={name.machine_name for name in wanted})
    found = {}
    for row in rows.order_by("patch"):
        found[LibraryName(row.machine_name, row.major, row.minor)] = row
    return {name: row for name, row in found.items() if name in wanted}
