"""Appeals as those who decide see them: without names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Appeal, Attempt, AttemptState, Marking, Slot
from lms.people.models import Person
from lms.shared.kept_queries import KeptQuery

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class GivenMarking:
    """One mark a slot ever had."""

    at: datetime
    engine: str
    fraction: Decimal
    reason: str

    @property
    def percent(self) -> int:
        return int(self.fraction * 100)


def appeals_seen_by(reader: Person) -> QuerySet[Appeal]:
    """All but her own, with what a row or a page says."""
    rows = Appeal.objects.exclude(slot__attempt__person=reader)
    return rows.select_related(
        "slot__attempt__quiz__module", "slot__attempt__version", "slot__question_version"
    )


def open_appeals(reader: Person) -> QuerySet[Appeal]:
    """What waits for a decision, the oldest first."""
    return appeals_seen_by(reader).filter(decided_at=None).order_by("opened_at", "pk")


def decided_appeals(reader: Person) -> QuerySet[Appeal]:
    """The newest decisions first."""
    return appeals_seen_by(reader).exclude(decided_at=None).order_by("-decided_at", "-pk")


def own_slot(person: Person, slot_id: int) -> Slot | None:
    """A slot of an attempt of hers that has its result."""
    rows = Slot.objects.select_related("attempt__version", "question_version", "appeal")
    return rows.filter(pk=slot_id, attempt__person=person, attempt__state=AttemptState.SUBMITTED).first()


def markings_of(slot: Slot) -> list[GivenMarking]:
    """Every mark the slot had, in order."""
    rows = Marking.objects.filter(slot=slot).order_by("pk")
    return [GivenMarking(*row) for row in rows.values_list("at", "engine", "fraction", "reason")]


@dataclass(frozen=True)
class MarkNews:
    """What a person's start page says about her marks."""

    in_marking: tuple[Attempt, ...] = ()  # handed in, being marked by people
    decisions: tuple[Appeal, ...] = ()  # her appeals decided lately


NEWS = KeptQuery(
    lambda person, since: (
        Attempt.objects.filter(
            Q(state=AttemptState.MARKING)
            | Exists(Appeal.objects.filter(slot__attempt=OuterRef("pk"), decided_at__gt=since)),
            person=person,
        )
        .select_related("version")
        .order_by("submitted_at")
    ),
    int,
    datetime,
)


def mark_news(person: Person, *, at: datetime) -> MarkNews:
    """One query, another one where an appeal was decided lately."""
    since = at - TOLD_FOR
    attempts = NEWS.all(person.pk, since)
    waiting = tuple(attempt for attempt in attempts if attempt.state == AttemptState.MARKING)
    if len(waiting) == len(attempts):
        return MarkNews(waiting)
    decided = Appeal.objects.filter(slot__attempt__person=person, decided_at__gt=since)
    return MarkNews(
        waiting, tuple(decided.select_related("slot__attempt__version").order_by("-decided_at", "-pk"))
    )
