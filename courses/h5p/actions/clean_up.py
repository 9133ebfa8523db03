"""Removing files that nothing names: what died imports left, and uploads nobody said yes to."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p.engine.libraries import FileEntry
from courses.h5p.errors import Refused
from courses.h5p.models import Library, Package, Preview
from courses.h5p.permissions import may_manage_libraries
from courses.h5p.queries.libraries import folder_of
from courses.h5p.storage import (
    FILES,
    LIBRARIES,
    PACKAGES,
    QUARANTINE,
    content_name,
    lying,
    package_name,
    wanted_last,
)

# An import stores its files minutes before its rows at most; what it found there it marks as wanted.
SPARED = timedelta(days=1)


def delete_unnamed_files(*, by: Any, at: datetime | None = None) -> int:
    """Delete what no library, package or preview names and nobody wanted for a day; how many files."""
    if not may_manage_libraries(by):
        raise Refused("not-allowed", _("Only library managers clean up."))
    before = (at or timezone.now()) - SPARED
    number = 0
    for name in [*_unnamed(), *lying(QUARANTINE)]:
        if wanted_last(name) < before:
            default_storage.delete(name)
            number += 1
    return number


def _unnamed() -> Iterator[str]:
    """Names first, rows second: what is stored meanwhile is not among the names."""
    lie = [name for folder in (LIBRARIES, FILES, PACKAGES) for name in lying(folder)]
    named = set(_named())
    folders = {folder_of(row) for row in Library.objects.defer("semantics")}
    for name in lie:
        if name not in named and "/".join(name.split("/")[:4]) not in folders:
            yield name


def _named() -> Iterator[str]:
    for sha256, files in Package.objects.values_list("sha256", "files"):
        yield package_name(sha256)
        yield from (content_name(FileEntry(**entry)) for entry in files)
    for (files,) in Preview.objects.values_list("files"):
        yield from (content_name(FileEntry(**entry)) for entry in files)
