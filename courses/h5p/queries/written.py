"""What an author has written, read: cleaned, checked, and told what it uses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from courses.h5p.engine.cleaning import Cleaner
from courses.h5p.engine.examine import fields_by
from courses.h5p.engine.file_types import PICTURES
from courses.h5p.engine.json_text import check_depth, parsed
from courses.h5p.engine.libraries import FileEntry, LibraryFacts, LibraryName, closure
from courses.h5p.engine.limits import LIMITS
from courses.h5p.engine.problems import Problem, Rejected, refuse
from courses.h5p.engine.semantics import check
from courses.h5p.queries.libraries import DatabaseInstalled
from courses.h5p.storage import content_name

# Pictures that came in through the form are named by what they are: courses.h5p.actions.pictures.
OURS = re.compile(r"images/([0-9a-f]{64})\.([a-z]+)")


@dataclass(frozen=True)
class Written:
    """A content as its author has it now. `problems` says what is missing; the rest plays all the same."""

    main: LibraryFacts
    params: dict[str, Any]  # cleaned
    libraries: tuple[LibraryFacts, ...]  # what plays it, in load order
    files: tuple[FileEntry, ...]
    problems: tuple[Problem, ...]


def read_written(
    library: str, text: str, *, files: Iterable[FileEntry] = (), installed: DatabaseInstalled | None = None
) -> Written:
    """Read the params that a form sends. `Rejected` for what is no content, or cannot be played here.

    `files` are those of the package that was there before; new pictures are found by their names.
    """
    here = installed or DatabaseInstalled()
    name = LibraryName.spoken(library)
    main = here.best(name) if name else None
    if name is None or main is None:
        refuse("missing-library", library[:300])
    if not main.runnable:
        refuse("not-runnable", library)
    params = _params(text)
    fields_of = fields_by(here.best)
    fields = fields_of(name) or ()
    problems = check(fields, params, fields_of)
    cleaner = Cleaner(fields_of)
    cleaned = cleaner.group(fields, params, "") or {}
    libraries, missing = closure([*cleaner.libraries, name], here.best)
    if missing:
        raise Rejected(*(Problem("missing-library", str(one)) for one in missing))
    entries, lost = _used(cleaner, files)
    found = dict.fromkeys([*problems, *cleaner.findings.problems, *lost])
    return Written(main, cleaned, tuple(libraries), entries, tuple(found))


def picture_name(sha256: str, suffix: str) -> str:
    """Where a picture of this content lies; "" when none does."""
    if suffix not in PICTURES:
        return ""
    name = content_name(FileEntry(f"images/{sha256}.{suffix}", 0, sha256))
    return name if default_storage.exists(name) else ""


def _params(text: str) -> dict[str, Any]:
    params = parsed(text.encode(errors="replace"), "content.json", LIMITS)
    if not isinstance(params, dict):
        refuse("content")
    check_depth(params, "content.json", LIMITS)
    return params


def _used(cleaner: Cleaner, files: Iterable[FileEntry]) -> tuple[tuple[FileEntry, ...], list[Problem]]:
    """The files the params name, each once, and what is missing of them."""
    there = {entry.path: entry for entry in files}
    used: dict[str, FileEntry] = {}
    lost = []
    for use in cleaner.files:
        if not use.file:
            continue
        entry = there.get(use.file) or _ours(use.file)
        if entry is None:
            lost.append(Problem("missing-file", use.path, use.file))
        else:
            used[entry.path] = entry
    return tuple(sorted(used.values(), key=lambda entry: entry.path)), lost


def _ours(path: str) -> FileEntry | None:
    match = OURS.fullmatch(path)
    name = picture_name(match[1], match[2]) if match else ""
    return FileEntry(path, default_storage.size(name), match[1]) if match and name else None
