"""Attempts that went faster than anybody reads: noted at submission, decided by a person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.access_code import NOT_ALLOWED
from assessments.models import Attempt, FlagDecision, TimeFlag, Verdict
from assessments.permissions import may_run_sittings
from assessments.queries.fixed import question_versions, slots_of
from assessments.timing import is_hurried, seconds_to_read
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.kept_queries import KeptInsert

ADD_FLAG = KeptInsert(TimeFlag, unique=["attempt"])


def flag_if_hurried(*, attempt: Attempt, by: Actor) -> TimeFlag | None:
    """Note the attempt for a person to look at; None where there was time enough to read.

    Looks at the attempt as a whole: answers that waited on a device without a network all arrive in
    one second, so the pauses between two of them say nothing.
    """
    del by  # the clock measured, whoever handed in
    answered = {int(position) for position, saved in attempt.answers.items() if saved["chosen"]}
    slots = [slot for slot in slots_of(attempt.pk) if slot.position in answered]
    if not slots or attempt.percent is None:
        return None
    versions = question_versions(slot.question_version_id for slot in slots)
    needed = seconds_to_read(versions[slot.question_version_id].body for slot in slots)
    last = max(datetime.fromisoformat(saved["at"]) for saved in attempt.answers.values())
    taken = max(0, int((last - attempt.started_at).total_seconds()))
    if not is_hurried(seconds_taken=taken, seconds_to_read=needed, percent_right=attempt.percent):
        return None
    flag = TimeFlag(
        attempt=attempt,
        seconds_taken=taken,
        seconds_to_read=needed,
        percent_right=attempt.percent,
        at=clock.now(),
    )
    return flag if ADD_FLAG(flag) else None


@transaction.atomic
def decide_flag(*, flag: TimeFlag, verdict: str, reason: str, by: Person) -> FlagDecision:
    """Say what is to be done about it, and why. It changes no mark; a later decision replaces it."""
    if not may_run_sittings(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if flag.attempt.person_id == by.pk:
        raise Refused("not-yourself", _("Somebody else has to decide about your own attempts."))
    if verdict not in Verdict.values:
        raise Refused("no-verdict", _("Choose what is to be done."))
    if not reason.strip():
        raise Refused("no-reason", _("Give the reason."))
    decision = FlagDecision.objects.create(
        flag=flag, verdict=verdict, reason=reason.strip(), by=by, at=clock.now()
    )
    record("attempt.flag_decided", flag.attempt, by=by, verdict=verdict)
    return decision
