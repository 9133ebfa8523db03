"""A supervisor confirms who sat where. Only then does an attempt at a supervised quiz count."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.access_code import NOT_ALLOWED
from assessments.actions.settle import record_result
from assessments.models import Attempt, AttemptState, SignOff, SignOffState
from assessments.permissions import may_run_sittings
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused


def confirm_attempts(*, attempt_ids: Iterable[int], place: str, by: Person) -> int:
    """These people sat in `place` themselves; how many attempts count from now on.

    A refused attempt may be confirmed after all; one that is confirmed already is left as it is.
    """
    if not place.strip():
        raise Refused("no-place", _("Say where they sat."))
    return _decide(attempt_ids, by, is_confirmed=True, place=place.strip())


def refuse_attempts(*, attempt_ids: Iterable[int], reason: str, by: Person) -> int:
    """These attempts do not count, for a reason their learners read; how many."""
    if not reason.strip():
        raise Refused("no-reason", _("Give the reason."))
    return _decide(attempt_ids, by, is_confirmed=False, reason=reason.strip())


@transaction.atomic
def _decide(
    attempt_ids: Iterable[int], by: Person, *, is_confirmed: bool, place: str = "", reason: str = ""
) -> int:
    if not may_run_sittings(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    undecided = [SignOffState.WAITING, *([SignOffState.REFUSED] if is_confirmed else [])]
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("quiz__module", "person")
    found = rows.filter(pk__in=list(attempt_ids), sign_off__in=undecided).order_by("pk")
    attempts = list(found.exclude(state=AttemptState.OPEN))
    if any(attempt.person_id == by.pk for attempt in attempts):
        raise Refused("not-yourself", _("Somebody else has to decide about your own attempts."))
    for attempt in attempts:
        SignOff.objects.create(
            attempt=attempt, is_confirmed=is_confirmed, place=place, reason=reason, by=by, at=clock.now()
        )
        attempt.sign_off = SignOffState.CONFIRMED if is_confirmed else SignOffState.REFUSED
        attempt.save(update_fields=["sign_off"])
        record("attempt.confirmed" if is_confirmed else "attempt.not_confirmed", attempt, by=by)
        if attempt.state == AttemptState.SUBMITTED:  # marked, too
            record_result(attempt=attempt, by=SYSTEM)
    return len(attempts)
