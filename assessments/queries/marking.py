"""What waits for a person to mark it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.kinds import KINDS
from assessments.models import Attempt, AttemptState, HandMark, Marking, MarkingClaim, Slot
from lms.people.models import Person
from lms.shared.languages import localised

BY_HAND = tuple(name for name, kind in KINDS.items() if kind.is_marked_by_hand)


@dataclass(frozen=True)
class WaitingAnswer:
    """An answer in the queue, known by its number. Whose it is does not stand here."""

    slot: int
    quiz: str
    module: str
    question: str
    handed_in: datetime
    is_claimed: bool  # somebody else marks it just now


@dataclass(frozen=True)
class RubricLevel:
    """A level of a criterion in the reader's language."""

    name: str
    title: str
    points: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric in the reader's language."""

    name: str
    title: str
    levels: tuple[RubricLevel, ...]

    @property
    def chosen(self) -> RubricLevel | None:
        return next((level for level in self.levels if level.is_chosen), None)


def waiting_slots() -> QuerySet[Slot]:
    """Slots without a mark in attempts that are handed in."""
    marked = Marking.objects.filter(slot=OuterRef("pk"))
    return Slot.objects.filter(~Exists(marked), attempt__state=AttemptState.MARKING)


def slots_for(marker: Person, *, module: str = "") -> QuerySet[Slot]:
    """What `marker` could mark, oldest first: not her own, and nothing she has marked before."""
    hers = HandMark.objects.filter(slot=OuterRef("pk"), marker=marker)
    rows = waiting_slots().filter(~Exists(hers)).exclude(attempt__person=marker)
    if module:
        rows = rows.filter(attempt__quiz__module__code=module)
    return rows.order_by("attempt__submitted_at", "pk")


def queue_for(marker: Person, *, at: datetime, module: str = "") -> QuerySet[Slot]:
    """The same with what a row of the queue says; `is_claimed`: by somebody else, now."""
    return (
        slots_for(marker, module=module)
        .select_related("attempt__quiz__module", "attempt__version", "question_version")
        .defer("attempt__answers")
        .annotate(is_claimed=Exists(_others_claims(marker, at)))
    )


def _others_claims(marker: Person, at: datetime) -> QuerySet[MarkingClaim]:
    return MarkingClaim.objects.filter(slot=OuterRef("pk"), until__gt=at).exclude(marker=marker)


def next_slot(marker: Person, *, at: datetime, module: str = "") -> int | None:
    """The oldest answer nobody else is marking."""
    rows = slots_for(marker, module=module).filter(~Exists(_others_claims(marker, at)))
    return rows.values_list("pk", flat=True).first()


def modules_waiting(marker: Person) -> list[str]:
    """Codes of the modules with something to mark."""
    rows = slots_for(marker).order_by("attempt__quiz__module__code")
    return list(rows.values_list("attempt__quiz__module__code", flat=True).distinct())


def seen_slot(reader: Person, slot_id: int) -> Slot | None:
    """A slot that was handed in by somebody else, with what its page shows."""
    rows = Slot.objects.exclude(attempt__state=AttemptState.OPEN).exclude(attempt__person=reader)
    return (
        rows.select_related("attempt__quiz__module", "attempt__version", "question_version")
        .filter(pk=slot_id, question_version__kind__in=BY_HAND)
        .first()
    )


def claim_of(slot: Slot, *, at: datetime) -> MarkingClaim | None:
    """Who is marking it now."""
    return MarkingClaim.objects.filter(slot=slot, until__gt=at).first()


def is_waiting(slot: Slot) -> bool:
    """Does the answer still wait for its mark?"""
    return waiting_slots().filter(pk=slot.pk).exists()


def hand_marks_of(slot: Slot) -> list[HandMark]:
    """What people gave, in that order."""
    return list(HandMark.objects.filter(slot=slot).order_by("pk"))


def neighbours(marker: Person, slot: Slot) -> tuple[int | None, int | None]:
    """The answers before and after this one in the queue."""
    keys = list(slots_for(marker).values_list("pk", flat=True))
    if slot.pk not in keys:
        return None, keys[0] if keys else None
    place = keys.index(slot.pk)
    before = keys[place - 1] if place else None
    return before, keys[place + 1] if place + 1 < len(keys) else None


def waiting_answer(slot: Any) -> WaitingAnswer:
    """A row of `queue_for` in words."""
    attempt: Attempt = slot.attempt
    return WaitingAnswer(
        slot=slot.pk,
        quiz=localised(attempt.version.title),
        module=attempt.quiz.module.code,
        question=localised(slot.question_version.body["stem"]),
        handed_in=attempt.submitted_at,  # type: ignore[arg-type]
        is_claimed=slot.is_claimed,
    )


def rubric_of(body: Mapping[str, Any], levels: Mapping[str, str] | None = None) -> tuple[Criterion, ...]:
    """The rubric in the reader's language, with the levels that were chosen."""
    chosen = levels or {}
    return tuple(
        Criterion(
            criterion["name"],
            localised(criterion["title"]),
            tuple(
                RubricLevel(
                    level["name"],
                    localised(level["title"]),
                    level["points"],
                    chosen.get(criterion["name"]) == level["name"],
                )
                for level in criterion["levels"]
            ),
        )
        for criterion in _rubric(body)
    )


def _rubric(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rubric: Sequence[Mapping[str, Any]] = body.get("rubric", ())
    return rubric
