"""H5P in courses: what a block plays, and what completes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.h5p.queries.packages import package_of
from courses.models import Module
from courses.olx.edit_h5p import H5PDraft, read_h5p
from courses.olx.outline import AssetRef
from courses.olx.parse import course_key_of
from courses.queries.blocks import block_texts
from courses.queries.outline import published_outline
from courses.queries.version_cache import VersionCache
from lms.people.models import Role, RoleGrant

_playable: VersionCache[str, "Playable"] = VersionCache(500)


@dataclass(frozen=True, slots=True)
class Playable:
    """As much of a package as a page with its frame needs."""

    pk: int
    title: str
    language: str


def playable(asset: AssetRef | None) -> Playable | None:
    """The package of a file of a module; None when it never came in. One query per file and process."""
    if asset is None:
        return None
    if (kept := _playable.get(asset.sha256)) is not None:
        return kept
    package = package_of(asset.sha256)
    if package is None:
        return None
    return _playable.keep(asset.sha256, Playable(package.pk, package.title, package.language))


def published_block(usage_key: str) -> H5PDraft | None:
    """What the H5P block that learners see says; None when there is no such block (any more)."""
    module = Module.objects.filter(course_key=course_key_of(usage_key)).first()
    outline = published_outline(module) if module else None
    reference = outline.blocks.get(usage_key) if outline else None
    if reference is None or reference.type != "h5p":
        return None
    return read_h5p(block_texts([reference.version])[reference.version].olx)


def library_managers() -> list[str]:
    """Whom authors ask for a library. One query."""
    grants = RoleGrant.objects.filter(role=Role.LIBRARY_MANAGER, revoked_at=None, person__is_active=True)
    return list(grants.values_list("person__full_name", flat=True).order_by("person__full_name").distinct())


def modules_with(hashes: Iterable[str]) -> list[Module]:
    """Modules that ever had one of these files. One query."""
    return list(Module.objects.filter(assets__sha256__in=set(hashes)).distinct().order_by("code"))
