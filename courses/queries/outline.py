"""What a module looks like. Versions never change, so each is parsed once per process."""

from collections.abc import Iterable

from django.db.models import QuerySet

from courses.models import Module, ModuleVersion, Programme, Track
from courses.olx.outline import Outline
from courses.queries.version_cache import VersionCache

_outlines: VersionCache[int, Outline] = VersionCache(300)


def published_outline(module: Module) -> Outline | None:
    """What learners see of the module, None while it is only announced."""
    return None if module.published_id is None else outline_of(module.published_id)


def draft_outline(module: Module) -> Outline | None:
    """What authors work on, None before the first import."""
    return None if module.draft_id is None else outline_of(module.draft_id)


def outline_of(version_id: int) -> Outline:
    """The outline of a ModuleVersion."""
    return outlines_of([version_id])[version_id]


def outlines_of(version_ids: Iterable[int | None]) -> dict[int, Outline]:
    """Outlines by ModuleVersion id: one query for those this process has not seen yet."""
    wanted = {pk for pk in version_ids if pk is not None}
    found = {pk: kept for pk in wanted if (kept := _outlines.get(pk)) is not None}
    if missing := wanted - found.keys():
        rows = ModuleVersion.objects.filter(pk__in=missing).values_list("pk", "outline")
        found |= {pk: _outlines.keep(pk, Outline.from_json(value)) for pk, value in rows}
    return found


def open_programme(track: Track) -> Programme | None:
    """The version of the track people enrol in now."""
    return open_programmes().filter(track=track).first()


def open_programmes() -> QuerySet[Programme]:
    """The open programme of each track, in the order of the tracks."""
    rows = Programme.objects.filter(is_open=True).select_related("track", "exam_module")
    return rows.order_by("track__position")
