"""What never changes once written, kept in the process: versions, and what an attempt was drawn to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import QuestionVersion, QuizVersion, Slot
from courses.queries.version_cache import VersionCache
from lms.shared.kept_queries import KeptQuery


@dataclass(frozen=True, slots=True)
class DrawnSlot:
    """One place of an attempt: which question version, its options in the order shown."""

    pk: int
    position: int
    question_version_id: int
    kind: str  # of its question
    option_order: list[str]
    max_mark: Decimal


_quiz_versions: VersionCache[int, QuizVersion] = VersionCache(200)
_question_versions: VersionCache[int, QuestionVersion] = VersionCache(2000)
_slots: VersionCache[int, tuple[DrawnSlot, ...]] = VersionCache(1000)


SLOTS = KeptQuery(
    lambda attempt: (
        Slot.objects.filter(attempt=attempt)
        .order_by("position")
        .values_list(
            *("pk", "position", "question_version_id", "question_version__kind", "option_order", "max_mark")
        )
    ),
    int,
)


def quiz_version(pk: int) -> QuizVersion:
    """The rules of a quiz at one time."""
    kept = _quiz_versions.get(pk)
    return kept if kept is not None else _quiz_versions.keep(pk, QuizVersion.objects.get(pk=pk))


def question_versions(pks: Iterable[int]) -> dict[int, QuestionVersion]:
    """By id; one query for those this process has not seen lately."""
    wanted = set(pks)
    found = {pk: kept for pk in wanted if (kept := _question_versions.get(pk)) is not None}
    if missing := wanted - found.keys():
        for version in QuestionVersion.objects.filter(pk__in=missing):
            found[version.pk] = _question_versions.keep(version.pk, version)
    return found


def question_version(pk: int) -> QuestionVersion:
    """One question as it read at one time."""
    return question_versions([pk])[pk]


def slots_of(attempt_id: int) -> tuple[DrawnSlot, ...]:
    """What the attempt asks, in order."""
    kept = _slots.get(attempt_id)
    if kept is not None:
        return kept
    return _slots.keep(attempt_id, tuple(DrawnSlot(*row) for row in SLOTS.all(attempt_id)))


def slot_at(attempt_id: int, position: int) -> DrawnSlot | None:
    """The slot at `position` (from 1), None where there is none."""
    slots = slots_of(attempt_id)
    return slots[position - 1] if 1 <= position <= len(slots) else None
