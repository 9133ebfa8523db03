"""Libraries: taking them in, and taking them out of use."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p import host
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.errors import Refused
from courses.h5p.models import Library
from courses.h5p.permissions import may_manage_libraries

NOT_ALLOWED = _("Only library managers decide about H5P libraries.")


def install(facts: LibraryFacts, *, is_allow_listed: bool, by: Any) -> Library:
    """The row of a library whose files are stored; an error of the database if its number is taken.

    Whether it may come in was decided by the policy under which its package was examined.
    """
    told = facts.as_json()
    semantics = told.pop("semantics", None)
    library = Library.objects.create(
        machine_name=facts.name.machine_name,
        major=facts.name.major,
        minor=facts.name.minor,
        patch=facts.patch,
        sha256=facts.sha256,
        title=facts.title[:255],
        runnable=facts.runnable,
        facts=told,
        semantics=semantics,
        size=sum(entry.size for entry in facts.files),
        is_allow_listed=is_allow_listed,
        installed_by_id=getattr(by, "pk", None),
        installed_at=timezone.now(),
    )
    host.record("h5p.library_installed", library, by=by, sha256=facts.sha256, is_allow_listed=is_allow_listed)
    return library


@transaction.atomic
def withdraw_library(*, library: Library, reason: str, by: Any) -> Library:
    """No new content with it any more. What was made with it plays on: its packages name this version."""
    _check(by)
    library = Library.objects.select_for_update().get(pk=library.pk)
    if library.withdrawn_at is not None:
        return library
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused("no-reason", _("Write why the library is taken out of use."))
    library.withdrawn_at, library.withdrawn_reason = timezone.now(), reason
    library.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    host.record("h5p.library_withdrawn", library, by=by, reason=reason)
    return library


@transaction.atomic
def bring_back_library(*, library: Library, by: Any) -> Library:
    """Undo a withdrawal."""
    _check(by)
    library = Library.objects.select_for_update().get(pk=library.pk)
    if library.withdrawn_at is None:
        return library
    library.withdrawn_at, library.withdrawn_reason = None, ""
    library.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    host.record("h5p.library_brought_back", library, by=by)
    return library


def _check(by: Any) -> None:
    if not may_manage_libraries(by):
        raise Refused("not-allowed", NOT_ALLOWED)
