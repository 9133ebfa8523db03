"""Marking by people: taking an answer, giving a mark, learning whose it is."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.settle import settle_attempt
from assessments.kinds.by_hand import most_points
from assessments.models import Attempt, AttemptState, HandMark, Marking, MarkingClaim, Slot
from assessments.permissions import may_mark, may_reveal_names, may_see_marking
from assessments.queries.marks import BY_HAND
from assessments.rubrics import NotMarked, final_points, fraction_of, points_for
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

CLAIM = timedelta(minutes=30)
LONGEST_COMMENT = 5_000


@transaction.atomic
def claim_answer(*, slot_id: int, by: Person) -> MarkingClaim:
    """Take an answer for half an hour; again takes it for longer. Others keep away from it meanwhile."""
    slot = _markable(slot_id, by)
    now = clock.now()
    claim = MarkingClaim.objects.filter(slot=slot).first()
    if claim is not None and claim.marker_id != by.pk and claim.until > now:
        raise Refused("claimed", _("Somebody else is marking this answer just now."))
    claim, _is_new = MarkingClaim.objects.update_or_create(
        slot=slot, defaults={"marker": by, "until": now + CLAIM}
    )
    return claim


def release_answer(*, slot_id: int, by: Person) -> None:
    """Give an answer back unmarked. Nothing happens where it is somebody else's by now."""
    MarkingClaim.objects.filter(slot_id=slot_id, marker=by).delete()


@transaction.atomic
def give_mark(
    *, slot_id: int, levels: Mapping[str, str], comment: str = "", note: str = "", by: Person
) -> HandMark:
    """Mark an answer by its rubric: a level for each criterion. Given once, never changed.

    The answer has its mark when as many people have marked it as the quiz asks for; with the last one
    of an attempt its result is there. Raises `Slot.DoesNotExist` for an unknown slot.
    """
    slot = _markable(slot_id, by)
    now = clock.now()
    if MarkingClaim.objects.filter(slot=slot, until__gt=now).exclude(marker=by).exists():
        raise Refused("claimed", _("Somebody else is marking this answer just now."))
    rubric = slot.question_version.body["rubric"]
    try:
        points = points_for(rubric, levels)
    except NotMarked as missing:
        raise Refused("not-marked", _("Choose a level for every criterion.")) from missing
    mark = HandMark.objects.create(
        slot=slot,
        marker=by,
        levels={criterion["name"]: levels[criterion["name"]] for criterion in rubric},
        points=points,
        out_of=most_points(rubric),
        comment=comment.strip()[:LONGEST_COMMENT],
        note=note.strip()[:LONGEST_COMMENT],
        at=now,
    )
    MarkingClaim.objects.filter(slot=slot).delete()
    record("answer.marked", mark, by=by, slot=slot.pk)
    _conclude(slot, mark)
    settle_attempt(attempt=slot.attempt, by=by)
    return mark


@transaction.atomic
def reveal_name(*, slot_id: int, reason: str, by: Person) -> Person:
    """Whose answer it is. It is written down who asked, and why."""
    if not (may_see_marking(by) and may_reveal_names(by)):
        raise Refused("not-allowed", _("Only the programme office learns whose answer it is."))
    if not clean_line(reason):
        raise Refused("no-reason", _("Say why the name is needed."))
    slot = Slot.objects.select_related("attempt__person").get(pk=slot_id)
    record("answer.name_revealed", slot.attempt, by=by, slot=slot.pk, reason=clean_line(reason)[:300])
    return slot.attempt.person


def _conclude(slot: Slot, newest: HandMark) -> None:
    """Write the mark of the answer when the marks given decide it."""
    given = list(HandMark.objects.filter(slot=slot).order_by("pk").values_list("points", flat=True))
    is_double = slot.attempt.version.double_marking
    points = final_points(given, full=newest.out_of, is_double=is_double)
    if points is not None:
        fraction = fraction_of(points, newest.out_of)
        Marking.objects.create(slot=slot, fraction=fraction, engine=BY_HAND, at=newest.at)


def _markable(slot_id: int, by: Person) -> Slot:
    """The slot with its attempt locked, or the reason why `by` may not mark it."""
    if not may_mark(by):
        raise Refused("not-allowed", _("Only trainers mark answers."))
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related(
        "quiz__module", "person", "version"
    )
    slot = Slot.objects.select_related("question_version").get(pk=slot_id)
    slot.attempt = attempts.get(pk=slot.attempt_id)
    if slot.attempt.person_id == by.pk:
        raise Refused("own-attempt", _("This is your own answer. Somebody else marks it."))
    if HandMark.objects.filter(slot=slot, marker=by).exists():
        raise Refused("marked-by-you", _("You have marked this answer already."))
    is_waiting = slot.attempt.state == AttemptState.MARKING
    if not is_waiting or Marking.objects.filter(slot=slot).exists():
        raise Refused("not-waiting", _("This answer does not wait for a mark."))
    return slot
