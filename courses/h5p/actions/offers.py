"""Bringing in libraries in two steps: look at what a package would install, then say yes.

The file waits under a name nobody can guess. The name is signed together with who uploaded it, so
nobody else can say yes to it, and after a day it is gone.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from courses.h5p import host
from courses.h5p.actions.libraries import NOT_ALLOWED
from courses.h5p.actions.packages import import_package
from courses.h5p.engine.examine import libraries_in
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.engine.policy import Allowed, allowed
from courses.h5p.engine.problems import Problem, Rejected
from courses.h5p.errors import Refused
from courses.h5p.models import Package
from courses.h5p.permissions import may_manage_libraries
from courses.h5p.queries.libraries import DatabaseInstalled
from courses.h5p.queries.trust import allow_listed
from courses.h5p.storage import quarantine_name

SALT = "h5p.offer"
OPEN_FOR = timedelta(hours=2)
GONE = _("This upload is over. Upload the package again.")


@dataclass(frozen=True)
class OfferedLibrary:
    """A library in a package: what it is, and what would happen with it."""

    facts: LibraryFacts
    # "here"; "older", "editor", "other-bytes" than ours: not installed; "listed", "unknown": installed;
    # "other-patch": only with a tick
    state: str

    @property
    def is_new(self) -> bool:
        """Would it be installed, if the content needs it?"""
        return self.state in ("listed", "unknown", "other-patch")

    @property
    def needs_tick(self) -> bool:
        """A name we know with bytes we do not: a new patch, or an imitation."""
        return self.state == "other-patch"

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.facts.files)


@dataclass(frozen=True)
class Offer:
    """An uploaded package that waits for a yes."""

    token: str
    name: str
    libraries: tuple[OfferedLibrary, ...]


def offer_package(*, file: BinaryIO, name: str, by: Any) -> Offer:
    """Keep an uploaded package aside and tell which libraries it holds; `Rejected` when it is unsound."""
    _check(by)
    most = int(host.value("MAX_UPLOAD"))
    file.seek(0, 2)
    if file.tell() > most:
        raise Rejected(Problem("package-too-large", detail=f"{most // 1_000_000} MB"))
    file.seek(0)
    found = _offered(libraries_in(file))
    file.seek(0)
    stored = default_storage.save(quarantine_name(), File(file))
    token = signing.dumps([stored, name[:200], by.pk], key=host.key(), salt=SALT)
    return Offer(token, name[:200], found)


def look_again(*, token: str, by: Any) -> Offer:
    """What was offered, for a page that is shown once more."""
    stored, name = _read(token, by)
    with _opened(stored) as file:
        return Offer(token, name, _offered(libraries_in(file)))


def accept_offer(*, token: str, ticked: frozenset[str], by: Any) -> Package:
    """Import the package with its libraries. `ticked` are hashes of libraries trusted all the same."""
    stored, _name = _read(token, by)
    with _opened(stored) as file:
        package = import_package(file=file, by=by, trusted_anyway=ticked)
    default_storage.delete(stored)
    return package


def decline_offer(*, token: str, by: Any) -> None:
    """Forget the upload."""
    stored, _name = _read(token, by)
    default_storage.delete(stored)


def _check(by: Any) -> None:
    if not may_manage_libraries(by):
        raise Refused("not-allowed", NOT_ALLOWED)


def _read(token: str, by: Any) -> tuple[str, str]:
    _check(by)
    try:
        stored, name, pk = signing.loads(token, key=host.key(), salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused("gone", GONE) from error
    if pk != by.pk:
        raise Refused("not-allowed", NOT_ALLOWED)
    return stored, name


def _opened(stored: str) -> BinaryIO:
    try:
        return cast(BinaryIO, default_storage.open(stored))
    except OSError as error:
        raise Refused("gone", GONE) from error


def _offered(libraries: tuple[LibraryFacts, ...]) -> tuple[OfferedLibrary, ...]:
    """New ones first."""
    installed, listed = DatabaseInstalled(), allow_listed()
    names = {name.rpartition(" ")[0] for name, _patch, _sha256 in listed}
    found = [OfferedLibrary(facts, _state(facts, installed, listed, names)) for facts in libraries]
    return tuple(sorted(found, key=lambda row: (not row.is_new, row.facts.name)))


def _state(
    facts: LibraryFacts, installed: DatabaseInstalled, listed: frozenset[Allowed], names: set[str]
) -> str:
    same, best = installed.exact(facts.name, facts.patch), installed.best(facts.name)
    if same is not None:
        return "here" if same.sha256 == facts.sha256 else "other-bytes"
    if facts.name.is_for_editor:
        return "editor"
    if best is not None and best.patch > facts.patch:
        return "older"
    if allowed(facts) in listed:
        return "listed"
    return "other-patch" if best is not None or facts.name.machine_name in names else "unknown"
