"""Attempts that went faster than anybody reads, with what was decided."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from assessments.models import FlagDecision, TimeFlag

SHOWN = 100


@dataclass(frozen=True)
class FlaggedAttempt:
    flag: TimeFlag
    decision: FlagDecision | None


def time_flags() -> QuerySet[TimeFlag]:
    return TimeFlag.objects.select_related("attempt__person", "attempt__quiz__module", "attempt__version")


def flagged_attempts(*, decided: bool) -> list[FlaggedAttempt]:
    """The newest hundred, decided or not. Two queries."""
    newest = FlagDecision.objects.filter(flag=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = time_flags().annotate(newest=Subquery(newest)).filter(newest__isnull=not decided)
    flags = list(rows.order_by("-pk")[:SHOWN])
    pks = [flag.newest for flag in flags]
    decisions = FlagDecision.objects.select_related("by").in_bulk(pks) if decided else {}
    return [FlaggedAttempt(flag, decisions.get(pk)) for flag, pk in zip(flags, pks, strict=True)]
