"""Whom a regrade changes, and which regrades are in force."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery

from assessments import grading
from assessments.models import (
    Attempt,
    AttemptState,
    Marking,
    Question,
    QuestionVersion,
    Regrade,
    RegradeKind,
    Slot,
)
from assessments.queries.attempts import Answer
from assessments.queries.fixed import DrawnSlot, question_version, question_versions, quiz_version
from assessments.queries.marks import REGRADE, Mark, result_of
from assessments.regrading import KEPT, UP, Verdict, judge
from lms.people.models import Person
from lms.shared.kept_queries import KeptQuery

SHOWN = 100  # rows of a preview
FULL = Decimal(1)


@dataclass(frozen=True)
class Wish:
    """What a regrade, or the preview of one, wants for a question."""

    question_id: int
    kind: str
    upto: int
    key: QuestionVersion | None = None
    reason: str = ""

    @classmethod
    def of(cls, regrade: Regrade) -> "Wish":
        return cls(regrade.question_id, regrade.kind, regrade.upto, regrade.key, regrade.reason)

    def is_for(self, version: QuestionVersion) -> bool:
        return version.question_id == self.question_id and version.number <= self.upto

    def verdict(self, attempt: Attempt, slot: "SlotMark") -> Verdict:
        """What it does to the attempt, which has its result."""
        assert attempt.score is not None
        wish: Decimal | None = FULL
        if self.kind == RegradeKind.LEAVE_OUT:
            wish = None
        elif self.key is not None:
            wish = slot.fraction
            if question_version(slot.version_id).kind == self.key.kind:
                chosen = Answer.of(attempt, slot.position).chosen
                wish = grading.mark(self.key.kind, self.key.body, chosen)
                assert wish is not None, "what people mark has no key"
        return judge(
            score=attempt.score,
            out_of=attempt.out_of,
            fraction=slot.fraction,
            counts=slot.counts,
            full=slot.full,
            wish=wish,
        )


@dataclass(frozen=True)
class SlotMark:
    """A slot with its newest mark."""

    slot_id: int
    position: int
    version_id: int
    full: Decimal
    fraction: Decimal
    counts: bool

    @classmethod
    def of(cls, slot: DrawnSlot, mark: Mark) -> "SlotMark":
        return cls(
            slot.pk, slot.position, slot.question_version_id, slot.max_mark, mark.fraction, mark.counts
        )


@dataclass(frozen=True)
class ChangedAttempt:
    """A row of a preview, known by its number."""

    attempt_id: int
    person_id: int
    before: int  # percent
    after: int
    is_newly_passed: bool


@dataclass
class Preview:
    """Whom a regrade would change: counts of all, and the first rows of those it raises."""

    attempts: int = 0
    raised: int = 0
    kept: int = 0  # would lose, and keep what they have
    newly_passed: int = 0
    rows: list[ChangedAttempt] = field(default_factory=list)

    def add(self, attempt: Attempt, verdict: Verdict) -> None:
        """Count one verdict."""
        self.attempts += 1
        self.kept += verdict.outcome == KEPT
        if verdict.outcome != UP:
            return
        percent = quiz_version(attempt.version_id).pass_percent
        passes = grading.is_pass(verdict.score, out_of=verdict.out_of, pass_percent=percent)
        gains = passes and not attempt.passed
        self.raised += 1
        self.newly_passed += gains
        if len(self.rows) < SHOWN:
            after = grading.whole_percent(verdict.score, out_of=verdict.out_of)
            row = ChangedAttempt(attempt.pk, attempt.person_id, attempt.percent or 0, after, gains)
            self.rows.append(row)


def preview(wish: Wish) -> Preview:
    """Look at every attempt that has its result. Changes nothing."""
    found = Preview()
    for attempt, slot in affected(wish):
        found.add(attempt, wish.verdict(attempt, slot))
    return found


def next_attempts(wish: Wish, *, after: int, most: int) -> list[int]:
    """Ids of attempts with a result that were asked the question, in order, beyond the id `after`."""
    rows = affected_slots(wish).filter(attempt__gt=after).order_by("attempt_id")
    return list(rows.values_list("attempt_id", flat=True).distinct()[:most])


def affected(wish: Wish, among: Iterable[int] | None = None) -> Iterator[tuple[Attempt, SlotMark]]:
    """Attempts with a result that were asked the question, by id: all, or those `among` some ids."""
    rows = affected_slots(wish)
    if among is not None:
        rows = rows.filter(attempt__in=list(among))
    newest = Marking.objects.filter(slot=OuterRef("pk")).order_by("-pk")
    rows = rows.annotate(
        newest_fraction=Subquery(newest.values("fraction")[:1]),
        newest_counts=Subquery(newest.values("counts")[:1]),
    )
    ordered = rows.select_related("attempt").order_by("attempt_id", "pk")
    for slot in ordered.iterator(500):
        yield (
            slot.attempt,
            SlotMark(
                slot.pk,
                slot.position,
                slot.question_version_id,
                slot.max_mark,
                slot.newest_fraction,
                slot.newest_counts,
            ),
        )


def affected_slots(wish: Wish) -> QuerySet[Slot]:
    """The slots with the question in attempts that have their result."""
    return Slot.objects.filter(
        question_version__question=wish.question_id,
        question_version__number__lte=wish.upto,
        attempt__state=AttemptState.SUBMITTED,
    )


def is_affected(wish: Wish, person: Person) -> bool:
    """Was `person` asked the question?"""
    return affected_slots(wish).filter(attempt__person=person).exists()


def asked_versions(question: Question) -> list[tuple[int, int]]:
    """(number of the version, how many attempts with a result asked it), the newest first."""
    rows = affected_slots(Wish(question.pk, RegradeKind.FULL, 1_000_000))
    counted = rows.values_list("question_version__number").annotate(times=Count("pk"))
    return [(number, times) for number, times in counted.order_by("-question_version__number")]


def regrades() -> QuerySet[Regrade]:
    """All decisions, the newest first."""
    return Regrade.objects.select_related("question", "key").order_by("-at", "-pk")


IN_FORCE = KeptQuery(
    lambda attempt: (
        Regrade.objects.filter(
            question__in=Slot.objects.filter(attempt=attempt).values("question_version__question")
        )
        .select_related("key")
        .order_by("pk")
    ),
    int,
)


def put_first_result(
    attempt: Attempt,
    slots: Sequence[DrawnSlot],
    marks: Mapping[int, Mark],
    regrades: Iterable[Regrade],
    *,
    at: datetime,
) -> list[Marking]:
    """Put the first result on the object, from the marks of all slots.

    Questions that were marked again for everybody before this attempt ended are so for it, too: the marks
    that come of it are returned, to be stored after those given.
    """
    result_of(attempt, slots, marks).put_on(attempt)
    wishes = [Wish.of(regrade) for regrade in regrades]
    newest, added = dict(marks), list[Marking]()
    versions = question_versions(slot.question_version_id for slot in slots) if wishes else {}
    for wish in wishes:
        for slot in slots:
            if not wish.is_for(versions[slot.question_version_id]):
                continue
            mark = newest[slot.pk]
            verdict = wish.verdict(attempt, SlotMark.of(slot, mark))
            if verdict.outcome == UP:
                added.append(regrade_marking(slot.pk, verdict, wish.reason, at=at))
                newest[slot.pk] = Mark(verdict.fraction, verdict.counts)
                result_of(attempt, slots, newest).put_on(attempt)
    return added


def regrade_marking(slot_id: int, verdict: Verdict, reason: str, *, at: datetime) -> Marking:
    """The mark that a regrade gives, not stored yet. Who decided it stands in the regrade."""
    return Marking(
        slot_id=slot_id,
        fraction=verdict.fraction,
        counts=verdict.counts,
        engine=REGRADE,
        reason=reason,
        at=at,
    )
