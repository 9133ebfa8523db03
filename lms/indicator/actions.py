"""Freezing figures, and noting that what they rest on has changed."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.indicator.formula import DEFINITION_VERSION, Moment
from lms.indicator.models import DataVersion, IndicatorSnapshot
from lms.indicator.permissions import may_take_snapshots
from lms.indicator.queries.freshness import changes_are_marked, mark_changes
from lms.indicator.queries.report import compute, moment
from lms.indicator.queries.snapshots import figures_of, manifest_sha256, parameters
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused


def note_change(*, by: Actor) -> None:  # noqa: ARG001 – every action says who acts
    """Let the next page compute afresh, once this transaction has committed.

    Only afterwards: a row everybody raises inside their transaction would make them queue for it.
    """
    mark_changes(True)
    transaction.on_commit(_raise_version)


def _raise_version() -> None:
    """Once a transaction, however many facts it changed."""
    if not changes_are_marked():
        return
    mark_changes(False)
    if not DataVersion.objects.filter(pk=1).update(number=F("number") + 1):
        DataVersion.objects.get_or_create(pk=1, defaults={"number": 1})


@transaction.atomic
def take_snapshot(
    *,
    as_of: date,
    by: Actor,
    known_on: date | None = None,
    restates: IndicatorSnapshot | None = None,
    reason: str = "",
) -> IndicatorSnapshot:
    """Freeze the figures of a day with the definition, both times and the hash of who counted.

    A correction is another snapshot that names the one it restates and says why.
    """
    if not may_take_snapshots(by):
        raise Refused("not-allowed", _("Only the programme office freezes figures."))
    if as_of > clock.today():
        raise Refused("future", _("This day is not over yet. Choose today or an earlier day."))
    if restates is not None and not reason.strip():
        raise Refused("no-reason", _("Say why the earlier figure is restated."))
    if restates is not None and restates.as_of != as_of:
        raise Refused("other-day", _("A restatement is about the same day as the figure it corrects."))
    at = _frozen(moment(as_of, known_on))
    report = compute(at)
    if not report.rows:
        raise Refused("no-bodies", _("No body existed on this day."))
    snapshot = IndicatorSnapshot.objects.create(
        as_of=as_of,
        known_at=at.known_at,
        definition_version=DEFINITION_VERSION,
        parameters=parameters(),
        figures=figures_of(report),
        manifest_sha256=manifest_sha256(at),
        taken_at=clock.now(),
        taken_by=by.audit_label,
        restates=restates,
        reason=reason.strip(),
    )
    record("indicator.snapshot-taken", snapshot, by=by, as_of=as_of.isoformat(), reason=snapshot.reason)
    return snapshot


def _frozen(at: Moment) -> Moment:
    """Known at this instant at the latest: what comes later today must not change a frozen figure."""
    return Moment(at.day, at.end_of_day, min(at.known_at, clock.now()))
