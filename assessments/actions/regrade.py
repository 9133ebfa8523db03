"""Marking a question again for everybody who was asked it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.settle import renew_result
from assessments.kinds import KINDS
from assessments.models import Attempt, Question, Regrade, RegradeKind
from assessments.permissions import may_mark, may_reveal_names, may_see_marking
from assessments.queries.regrades import Preview, Wish, affected, is_affected, next_attempts, regrade_marking
from assessments.regrading import UP
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused
from lms.shared.fields import clean_line
from lms.shared.jobs import enqueue_on_commit

BATCH = 200  # attempts in one transaction
NOT_ALLOWED = _("Only trainers have questions marked again.")


def wish_for(*, question: Question, kind: str, upto: int, by: Actor) -> Wish:
    """What such a regrade would want; refuses what cannot be."""
    if not may_see_marking(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if kind not in RegradeKind.values:
        raise Refused("unknown-kind", _("Say what is to happen with the question."))
    if kind != RegradeKind.REKEY:
        return Wish(question.pk, kind, upto)
    key = question.current
    if key is None or key.number < 2:
        raise Refused("no-newer-key", _("Publish the question with its new key first."))
    if KINDS[key.kind].is_marked_by_hand:
        raise Refused("marked-by-hand", _("People mark this question; it has no key."))
    return Wish(question.pk, kind, key.number - 1, key)


@transaction.atomic
def request_regrade(*, question: Question, kind: str, upto: int, reason: str, by: Person) -> Regrade:
    """Decide that a question is marked again; a job does it. The same decision again changes nothing.

    `upto` is the last version it is for; a new key is for all versions before it.
    """
    if not may_mark(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    wish = wish_for(question=question, kind=kind, upto=upto, by=by)
    why = clean_line(reason)[:200]
    if not why:
        raise Refused("no-reason", _("Say why the question is marked again. Learners read it."))
    if is_affected(wish, by):
        raise Refused("own-attempt", _("Your own result could change. Somebody else decides."))
    regrade, is_new = Regrade.objects.get_or_create(
        question=question,
        kind=wish.kind,
        upto=wish.upto,
        defaults={"key": wish.key, "reason": why, "by": by, "at": clock.now()},
    )
    if is_new:
        record("regrade.decided", regrade, by=by, what=kind, upto=wish.upto, reason=why)
        enqueue_on_commit("assessments.tasks.regrade", regrade.pk)
    return regrade


def resume_regrade(*, regrade: Regrade, by: Person) -> None:
    """Put the job in the queue again, should a worker have died over it."""
    if not may_mark(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if regrade.done_at is None:
        enqueue_on_commit("assessments.tasks.regrade", regrade.pk)


def carry_out(*, regrade_id: int, by: System) -> None:
    """Work through all attempts in batches. Runs again without harm, from where it was."""
    while _carry_out_batch(regrade_id, by):
        pass


@transaction.atomic
def reveal_changed(*, question: Question, attempts: Iterable[int], reason: str, by: Person) -> dict[int, str]:
    """Names by attempt, for those who may know them. It is written down who asked, and why."""
    if not (may_see_marking(by) and may_reveal_names(by)):
        raise Refused("not-allowed", _("Only the programme office learns whose answer it is."))
    why = clean_line(reason)[:300]
    if not why:
        raise Refused("no-reason", _("Say why the name is needed."))
    keys = list(attempts)
    record("regrade.names_revealed", question, by=by, attempts=keys, reason=why)
    rows = Attempt.objects.filter(pk__in=keys).select_related("person")
    return {attempt.pk: attempt.person.full_name for attempt in rows}


@transaction.atomic
def _carry_out_batch(regrade_id: int, by: Actor) -> bool:
    """The next attempts; False when there are none left."""
    rows = Regrade.objects.select_for_update(of=("self",)).select_related("key")
    regrade = rows.get(pk=regrade_id)
    if regrade.done_at is not None:
        return False
    wish, counted = Wish.of(regrade), Preview()
    keys = next_attempts(wish, after=regrade.last_attempt, most=BATCH)
    locked = _locked(keys)  # before the marks are read: an appeal may be decided meanwhile
    for pair in affected(wish, keys):
        attempt, slot = locked[pair[0].pk], pair[1]
        verdict = wish.verdict(attempt, slot)
        counted.add(attempt, verdict)
        if verdict.outcome == UP:
            regrade_marking(slot.slot_id, verdict, regrade.reason, at=clock.now()).save()
            renew_result(attempt=attempt, by=by)
    _advance(regrade, counted, keys[-1] if keys else None, by)
    return bool(keys)


def _locked(keys: list[int]) -> dict[int, Attempt]:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("quiz__module", "person")
    return {attempt.pk: attempt for attempt in rows.filter(pk__in=keys).order_by("pk")}


def _advance(regrade: Regrade, counted: Preview, last: int | None, by: Actor) -> None:
    regrade.looked_at += counted.attempts
    regrade.raised += counted.raised
    regrade.kept += counted.kept
    regrade.newly_passed += counted.newly_passed
    if last is None:
        regrade.done_at = clock.now()
        record("regrade.done", regrade, by=by, raised=regrade.raised, newly_passed=regrade.newly_passed)
    else:
        regrade.last_attempt = last
    regrade.save(update_fields=["looked_at", "raised", "kept", "newly_passed", "done_at", "last_attempt"])
