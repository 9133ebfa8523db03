"""Addresses on the player host. All hold a hash or a key nobody guesses, and none needs a cookie."""

from typing import Any

from django.urls import reverse

from courses.h5p import host
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.storage import LIBRARIES, library_folder

ANY_FILE = "x"  # stands for a path in an address of which only the beginning is wanted


def player_path(name: str, *args: Any) -> str:
    """An address on the player host, without the host."""
    return reverse(name, urlconf=host.value("PLAYER_URLCONF"), args=args)


def player_url(name: str, *args: Any) -> str:
    """A whole address on the player host."""
    return f"{host.value('PLAYER_URL')}{player_path(name, *args)}"


def library_base(facts: LibraryFacts) -> str:
    """What stands before a file of a library: "/h5p/l/H5P.MultiChoice-1.16/14-0123456789ab"."""
    return player_path("h5p_library_file", f"{library_directory(facts)}/{ANY_FILE}").removesuffix(
        f"/{ANY_FILE}"
    )


def library_directory(facts: LibraryFacts) -> str:
    """The folder below that of all libraries: "H5P.MultiChoice-1.16/14-0123456789ab"."""
    return library_folder(facts).removeprefix(f"{LIBRARIES}/")


def libraries_base() -> str:
    """What stands before the folder of a library."""
    return player_url("h5p_library_file", ANY_FILE).removesuffix(f"/{ANY_FILE}")


def content_base(key: str) -> str:
    """What stands before a file of a package or of what an author is writing."""
    return player_url("h5p_content_file", key, ANY_FILE).removesuffix(f"/{ANY_FILE}")
