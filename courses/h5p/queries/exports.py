"""Packages as files for other systems."""

from functools import partial
from typing import IO, BinaryIO, cast

from django.core.files.storage import default_storage

from courses.h5p.engine.libraries import FileEntry, LibraryFacts
from courses.h5p.engine.write import write_package
from courses.h5p.models import Package, PackageLibrary
from courses.h5p.queries.libraries import facts_of
from courses.h5p.storage import content_name, library_folder


def write_full(package: Package, out: IO[bytes]) -> None:
    """The package with all libraries that play it, whatever the file held that it came from.

    The same package always gives the same bytes.
    """
    loads = PackageLibrary.objects.filter(package=package).select_related("library").order_by("position")
    libraries = [facts_of(load.library) for load in loads]
    entries = [FileEntry(**entry) for entry in package.files]
    write_package(
        cast(BinaryIO, out),
        manifest=package.manifest,
        params=package.params,
        files=((entry.path, _opened(content_name(entry))) for entry in entries),
        libraries=((facts, partial(_library_file, facts)) for facts in libraries),
    )


def _library_file(facts: LibraryFacts, path: str) -> BinaryIO:
    return _opened(f"{library_folder(facts)}/{path}")


def _opened(name: str) -> BinaryIO:
    return cast(BinaryIO, default_storage.open(name))
