"""What stands above the outline: who wrote last, what undo and redo would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Module, ModuleVersion
from courses.olx.outline_changes import outline_changes
from courses.queries.outline import outlines_of
from courses.queries.studio_drafts import redo_target, undo_target
from courses.queries.studio_history import changes_by_version, versions_of
from courses.web.version_words import VersionLine, summary, version_line
from lms.people.models import Person
from lms.shared import clock

RECENT_SECONDS = 60 * 60
LATEST = 5


@dataclass(frozen=True)
class DraftState:
    """`undo` and `redo` say what they would do; empty when there is nothing."""

    last_edit: str
    is_colleague: bool  # somebody else, within the last hour
    undo: str
    redo: str


def draft_state(module: Module, reader: Person) -> DraftState:
    """About five queries, however long the module's history is."""
    draft = module.draft
    if draft is None:
        return DraftState("", False, "", "")
    back, on = undo_target(draft), redo_target(draft)
    outlines = outlines_of([draft.pk, back.pk if back else None, on[0].pk if on else None])
    undo = summary(outline_changes(outlines[back.pk], outlines[draft.pk])) if back else ""
    redo = summary(outline_changes(outlines[draft.pk], outlines[on[0].pk])) if on else ""
    age = (clock.now() - draft.created_at).total_seconds()
    is_colleague = draft.created_by is not None and draft.created_by_id != reader.pk
    return DraftState(
        _last_edit(draft, is_colleague=is_colleague), is_colleague and age < RECENT_SECONDS, undo, redo
    )


def _last_edit(draft: ModuleVersion, *, is_colleague: bool) -> str:
    when = _when(draft.created_at)
    if is_colleague:
        return _("%(name)s edited this draft: %(when)s") % {"name": draft.created_by, "when": when}
    if draft.created_by is None:
        return _("Imported: %(when)s") % {"when": when}
    return _("You edited this draft: %(when)s") % {"when": when}


def _when(moment: datetime) -> str:
    """ "3 minutes ago" within the hour, then "10:42", then the day as well."""
    minutes = int((clock.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    local = localtime(moment)
    is_today = local.date() == clock.today()
    return (
        time_format(local.time(), "TIME_FORMAT") if is_today else date_format(local, "SHORT_DATETIME_FORMAT")
    )


def latest_versions(module: Module) -> list[VersionLine]:
    """The top of the history."""
    return version_lines(module, versions_of(module)[:LATEST])


def version_lines(module: Module, versions: Iterable[ModuleVersion]) -> list[VersionLine]:
    """Rows of the history with what each version did."""
    found = list(versions)
    changes = changes_by_version(module, found)
    return [
        version_line(version, changes[version.number], module.draft_id, module.published_id)
        for version in found
    ]
