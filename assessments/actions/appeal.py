"""Appeals: a learner says that a mark is wrong, somebody else decides."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.settle import renew_result
from assessments.grading import FULL
from assessments.models import Appeal, Attempt, AttemptState, HandMark, Marking, Slot
from assessments.permissions import may_decide_appeals
from assessments.queries.feedback import is_in_time
from assessments.queries.marks import APPEAL, newest_marks
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused

LONGEST_REASON = 3_000
HUNDRED = Decimal(100)


@transaction.atomic
def open_appeal(*, slot_id: int, reason: str, by: Person) -> Appeal:
    """Appeal against the mark of one question of one's own attempt, once, within 30 days of the mark.

    Raises `Slot.DoesNotExist` for another person's attempt.
    """
    slot = Slot.objects.select_related("attempt").get(pk=slot_id, attempt__person=by)
    Attempt.objects.select_for_update().get(pk=slot.attempt_id)
    now = clock.now()
    if slot.attempt.state != AttemptState.SUBMITTED:
        raise Refused("not-marked", _("This attempt has no result yet."))
    if Appeal.objects.filter(slot=slot).exists():
        raise Refused("appealed-before", _("There is an appeal for this question already."))
    mark = newest_marks(slot.attempt_id)[slot.pk]
    if not mark.counts:
        raise Refused("left-out", _("This question was left out and does not count."))
    if mark.fraction == FULL:
        raise Refused("full-mark", _("This question has its full mark already."))
    if not is_in_time(mark, at=now):
        raise Refused("too-late", _("An appeal is possible for 30 days after the mark was given."))
    if not reason.strip():
        raise Refused("no-reason", _("Say why the mark is wrong."))
    appeal = Appeal.objects.create(slot=slot, reason=reason.strip()[:LONGEST_REASON], opened_at=now)
    record("appeal.opened", appeal, by=by, attempt=slot.attempt_id, question=slot.position)
    return appeal


@transaction.atomic
def decide_appeal(
    *, appeal_id: int, is_upheld: bool, answer: str, percent: int | None = None, by: Person
) -> Appeal:
    """Uphold an appeal with a better mark (`percent` of the full one), or reject it; both with a reason.

    Decided once. Nobody decides about her own answer, or about a mark she gave.
    """
    if not may_decide_appeals(by):
        raise Refused("not-allowed", _("Only trainers and reviewers decide appeals."))
    appeal = Appeal.objects.select_related("slot").get(pk=appeal_id)
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("quiz__module", "person")
    attempt = attempts.get(pk=appeal.slot.attempt_id)
    appeal.refresh_from_db()  # another one may have decided while we waited for the row
    _refuse_to_decide(appeal, attempt, answer, by)
    if is_upheld:
        _uphold(appeal, attempt, answer.strip(), percent, by)
    appeal.is_upheld, appeal.answer = is_upheld, answer.strip()[:LONGEST_REASON]
    appeal.decided_by, appeal.decided_at = by, clock.now()
    appeal.save(update_fields=["is_upheld", "answer", "decided_by", "decided_at"])
    record("appeal.decided", appeal, by=by, attempt=attempt.pk, is_upheld=is_upheld, percent=percent)
    return appeal


def _refuse_to_decide(appeal: Appeal, attempt: Attempt, answer: str, by: Person) -> None:
    if attempt.person_id == by.pk:
        raise Refused("own-attempt", _("This is your own answer. Somebody else decides."))
    if HandMark.objects.filter(slot_id=appeal.slot_id, marker=by).exists():
        raise Refused("own-mark", _("The appeal is about a mark you gave. Somebody else decides."))
    if appeal.decided_at is not None:
        raise Refused("decided-before", _("This appeal has been decided already."))
    if not answer.strip():
        raise Refused("no-reason", _("Give the learner a reason for the decision."))


def _uphold(appeal: Appeal, attempt: Attempt, reason: str, percent: int | None, by: Person) -> None:
    before = newest_marks(attempt.pk)[appeal.slot_id]
    fraction = Decimal(percent or 0) / HUNDRED
    if not before.fraction < fraction <= 1:
        raise Refused("not-better", _("The new mark has to be better than the old one, and at most 100%."))
    Marking.objects.create(
        slot_id=appeal.slot_id,
        fraction=fraction,
        engine=APPEAL,
        reason=reason[:200],
        counts=before.counts,
        at=clock.now(),
    )
    renew_result(attempt=attempt, by=by)
