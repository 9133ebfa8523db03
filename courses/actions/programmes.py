"""Tracks, announced modules and programmes, as `content/programmes.json` lists them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Module, Programme, ProgrammeModule, Track
from courses.permissions import may_author
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

COURSE_KEY = "course-v1:LanToa+{code}+2026"


@transaction.atomic
def load_programmes(*, listed: Mapping[str, Any], by: Actor) -> list[Programme]:
    """Make tracks, modules and programmes as listed. Safe to repeat; nothing is ever removed.

    A module with content keeps the title its author gave it. The places of a programme follow the
    list, so a programme people are certified for is changed by listing a new version.
    """
    if not may_author(by):
        raise Refused("not-allowed", _("Only trainers write and publish modules."))
    tracks = {row["code"]: _track(row) for row in listed["tracks"]}
    modules = {row["code"]: _module(row) for row in listed["modules"]}
    programmes = [_programme(row, tracks, modules) for row in listed["programmes"]]
    record("programmes.loaded", None, by=by, programmes=[str(programme) for programme in programmes])
    return programmes


def _track(row: Mapping[str, Any]) -> Track:
    facts = {name: row[name] for name in ("title", "duty", "position")}
    return Track.objects.update_or_create(code=row["code"], defaults=facts)[0]


def _module(row: Mapping[str, Any]) -> Module:
    module, is_new = Module.objects.get_or_create(
        code=row["code"],
        defaults={
            "course_key": COURSE_KEY.format(code=row["code"]),
            "title": row["title"],
            "component": row["component"],
        },
    )
    if not is_new and module.published_id is None:
        module.title, module.component = row["title"], row["component"]
        module.save(update_fields=["title", "component"])
    return module


def _programme(
    row: Mapping[str, Any], tracks: Mapping[str, Track], modules: Mapping[str, Module]
) -> Programme:
    track = tracks[row["track"]]
    if row["is_open"]:
        Programme.objects.filter(track=track, is_open=True).exclude(version=row["version"]).update(
            is_open=False
        )
    facts = {name: row[name] for name in ("title", "level", "components", "hours", "is_open")}
    facts |= {"exam_module": modules[row["exam"]] if row["exam"] else None}
    facts |= {"valid_months": row.get("valid_months")}
    programme, _created = Programme.objects.update_or_create(
        track=track, version=row["version"], defaults=facts
    )
    for position, place in enumerate(row["modules"], start=1):
        ProgrammeModule.objects.update_or_create(
            programme=programme,
            module=modules[place["code"]],
            defaults={
                "position": position,
                "is_core": place["is_core"],
                "is_required": place["is_required"],
            },
        )
    return programme
