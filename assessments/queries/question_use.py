"""How often questions were asked. Counted from the slots of attempts, by an index that holds all it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from assessments.models import Attempt, QuestionVersion, Slot


@dataclass(frozen=True)
class Exposure:
    """In how many attempts a question was asked, and when last. `asked_at` None: never."""

    attempts: int = 0
    asked_at: datetime | None = None


@dataclass(frozen=True)
class QuizUse:
    """How often one version of a question was asked in one quiz."""

    number: int  # of the version
    usage_key: str
    module_code: str
    attempts: int
    asked_at: datetime

    @property
    def block_key(self) -> str:
        return self.usage_key.rpartition("@")[2]


def exposures(names: Iterable[str]) -> dict[str, Exposure]:
    """By question name; names that were never asked are left out. Three queries."""
    versions = dict(
        QuestionVersion.objects.filter(question__name__in=list(names)).values_list("pk", "question__name")
    )
    if not versions:
        return {}
    rows = list(_counted(versions))
    # Attempts are numbered as they begin: the last one of a question is that with the highest number.
    starts = dict(
        Attempt.objects.filter(pk__in={last for _v, _n, last in rows}).values_list("pk", "started_at")
    )
    found: dict[str, Exposure] = {}
    for version, number, last in rows:
        before = found.get(versions[version], Exposure())
        at = starts[last]
        newest = at if before.asked_at is None else max(before.asked_at, at)
        found[versions[version]] = Exposure(before.attempts + number, newest)
    return found


def _counted(versions: Iterable[int]) -> Iterable[tuple[int, int, int]]:
    """(version, in how many attempts, the last of them): one range of the index for each version."""
    rows = Slot.objects.filter(question_version_id__in=list(versions)).order_by()
    counted = rows.values("question_version_id").annotate(number=Count("attempt_id"), last=Max("attempt_id"))
    return counted.values_list("question_version_id", "number", "last")


def uses(name: str) -> list[QuizUse]:
    """Where each version of a question was asked, newest version first. One query."""
    rows = (
        Slot.objects.filter(question_version__question__name=name)
        .values_list("question_version__number", "attempt__quiz__usage_key", "attempt__quiz__module__code")
        .annotate(number=Count("attempt_id"), last=Max("attempt__started_at"))
        .order_by("-question_version__number", "attempt__quiz__usage_key")
    )
    return [QuizUse(*row) for row in rows]
