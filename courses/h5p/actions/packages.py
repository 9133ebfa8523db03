"""Packages: examining a file, and keeping what it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import file_digest
from io import SEEK_END
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Literal, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p import host
from courses.h5p.actions.libraries import NOT_ALLOWED, install
from courses.h5p.engine.examine import Examined, examine
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.engine.limits import LIMITS, Limits
from courses.h5p.engine.policy import Policy, allowed
from courses.h5p.engine.problems import Problem, Rejected
from courses.h5p.errors import Refused
from courses.h5p.models import Package, PackageLibrary
from courses.h5p.permissions import may_manage_libraries, may_upload
from courses.h5p.queries.libraries import DatabaseInstalled, rows_known, rows_named
from courses.h5p.queries.packages import package_of
from courses.h5p.queries.trust import policy_for
from courses.h5p.storage import content_name, keep, library_folder, package_name

CHUNK = 1 << 20
TRIES = 3  # each lost race means that somebody else stored something we then find there


def import_package(
    *,
    file: BinaryIO,
    by: Any,
    trusted_anyway: frozenset[str] = frozenset(),
    installs_unknown: bool = True,
    source: Literal["upload", "form"] = "upload",
) -> Package:
    """Check an .h5p file and keep it; the package that is there when the same file came before.

    Raises `Rejected` with everything that is wrong, `Refused` when `by` may not do this. Libraries that
    are unknown come in only for library managers, and only if `installs_unknown`; known ones with other
    bytes only if the manager names their hash in `trusted_anyway`. Safe to repeat, and to run twice at once.
    """
    if not (may_upload(by) or may_manage_libraries(by)):
        raise Refused("not-allowed", _("Only authors bring in H5P packages."))
    if trusted_anyway and not may_manage_libraries(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    policy = policy_for(by, trusted_anyway=trusted_anyway, installs_unknown=installs_unknown)
    limits = _limits()
    with _in_quarantine(file, limits.package_bytes) as (copy, sha256):
        for is_last in (False,) * (TRIES - 1) + (True,):
            if known := package_of(sha256):
                return known
            copy.seek(0)
            examined = _examined(copy, policy, limits)
            _keep_files(examined, copy, sha256)
            try:
                return _write(examined, sha256, copy, policy, source, by)
            except IntegrityError:
                if is_last:
                    raise
    raise AssertionError("the loop returns or raises")


def _limits() -> Limits:
    return replace(LIMITS, package_bytes=min(LIMITS.package_bytes, int(host.value("MAX_UPLOAD"))))


@contextmanager
def _in_quarantine(file: BinaryIO, most: int) -> Iterator[tuple[BinaryIO, str]]:
    """A copy that nobody else can reach or change, with its hash; gone afterwards whatever happens."""
    with TemporaryFile(prefix="h5p-") as copy:
        file.seek(0)
        while chunk := file.read(CHUNK):
            if copy.tell() + len(chunk) > most:
                raise Rejected(Problem("package-too-large", detail=f"{most // 1_000_000} MB"))
            copy.write(chunk)
        copy.seek(0)
        yield cast(BinaryIO, copy), file_digest(copy, "sha256").hexdigest()


def _examined(copy: BinaryIO, policy: Policy, limits: Limits) -> Examined:
    """What the engine says, and that no library may be used which was withdrawn."""
    try:
        examined = examine(copy, installed=DatabaseInstalled(), policy=policy, limits=limits)
    except Rejected as rejected:
        raise Rejected(*(_explained(problem) for problem in rejected.problems)) from rejected
    withdrawn = [row for row in rows_known(examined.libraries).values() if row.withdrawn_at is not None]
    if withdrawn:
        raise Rejected(*(Problem("library-withdrawn", str(row), row.withdrawn_reason) for row in withdrawn))
    return examined


def _explained(problem: Problem) -> Problem:
    """A library that new content does not get is no missing one: it was withdrawn, and for a reason."""
    name = LibraryName.spoken(problem.path) if problem.code == "missing-library" else None
    row = rows_named(name).order_by("-patch").first() if name else None
    return Problem("library-withdrawn", str(row), row.withdrawn_reason) if row else problem


def _keep_files(examined: Examined, copy: BinaryIO, sha256: str) -> None:
    """Files first, outside the transaction: on SQLite it would lock out everybody meanwhile.

    Dying in between leaves files that no row names, under names that hold their hashes.
    """
    for facts in examined.new_libraries:
        for entry in facts.files:
            with examined.open(f"{facts.name.folder}/{entry.path}") as opened:
                keep(f"{library_folder(facts)}/{entry.path}", opened)
    for entry in examined.content_files:
        with examined.open(f"content/{entry.path}") as opened:
            keep(content_name(entry), opened)
    copy.seek(0)
    keep(package_name(sha256), copy)


@transaction.atomic
def _write(examined: Examined, sha256: str, copy: BinaryIO, policy: Policy, source: str, by: Any) -> Package:
    for facts in examined.new_libraries:
        install(facts, is_allow_listed=allowed(facts) in policy.allow, by=by)
    known = rows_known(examined.libraries)
    rows = [known[facts.name] for facts in examined.libraries]
    manifest, main = examined.manifest, known[examined.manifest.main]
    package = Package.objects.create(
        sha256=sha256,
        title=manifest.title[:255],
        language=manifest.language[:16],
        main_library=main,
        manifest=manifest.as_json(),
        params=examined.params,
        files=[asdict(entry) for entry in examined.content_files],
        warnings=[problem.as_json() for problem in examined.warnings],
        max_score=examined.max_score,
        source=source,
        size=copy.seek(0, SEEK_END),
        created_by_id=getattr(by, "pk", None),
        created_at=timezone.now(),
    )
    PackageLibrary.objects.bulk_create(
        PackageLibrary(package=package, library=row, position=place) for place, row in enumerate(rows)
    )
    host.record("h5p.package_imported", package, by=by, sha256=sha256, main_library=str(main))
    return package
