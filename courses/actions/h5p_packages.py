"""The .h5p files of a module as packages: checked when a course comes in, and again when asked for."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from courses.h5p.actions.packages import import_package
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused as H5PRefused
from courses.h5p.models import Package
from courses.h5p.queries.packages import known_of
from courses.olx.assets import storage_name
from courses.olx.outline import AssetRef, Outline
from courses.olx.problems import Problem
from lms.shared.actors import Actor

SUFFIX = ".h5p"


def import_packages(*, outline: Outline, files: Mapping[str, Path], by: Actor) -> tuple[Problem, ...]:
    """Take in every .h5p file of a course that is new here; what is wrong with one stops nothing else.

    `files` says where the course's files lie. Libraries come in only where they are on an allow-list:
    importing a course is no decision on what may run in learners' browsers.
    """
    wanted = {path: asset for path, asset in outline.assets.items() if path.lower().endswith(SUFFIX)}
    known = known_of(asset.sha256 for asset in wanted.values()) if wanted else set()
    problems: list[Problem] = []
    for path, asset in sorted(wanted.items()):
        if asset.sha256 not in known and path in files:
            problems += _imported(path, files[path].open("rb"), by)
    return tuple(problems)


def import_stored(*, path: str, asset: AssetRef, by: Actor) -> Package:
    """Check a file of a module again: the libraries it lacked may be here now. Raises `Rejected`."""
    with default_storage.open(storage_name(path, asset.sha256)) as file:
        return import_package(file=cast(BinaryIO, file), by=by, installs_unknown=False)


def _imported(path: str, opened: AbstractContextManager[BinaryIO], by: Actor) -> list[Problem]:
    try:
        with opened as file:
            import_package(file=file, by=by, installs_unknown=False)
    except Rejected as rejected:
        # The sentence is for readers of reports, whose other details are English, too.
        return [Problem(f"h5p-{p.code}", f"static/{path}", p.message("en")) for p in rejected.problems]
    except H5PRefused as refusal:
        return [Problem(f"h5p-{refusal.code}", f"static/{path}")]
    return []
