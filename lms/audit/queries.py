"""Reads of the audit trail."""

from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from lms.audit.models import AuditEvent


def events(
    *, kind: str = "", text: str = "", since: datetime | None = None, until: datetime | None = None
) -> QuerySet[AuditEvent]:
    """The trail, newest first. `kind` may be the beginning of one: "certificate."."""
    rows = AuditEvent.objects.order_by("-at", "-pk")
    if kind:
        rows = rows.filter(kind__startswith=kind)
    if text:
        rows = rows.filter(Q(actor_label__icontains=text) | Q(thing_label__icontains=text))
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=until) if until else rows


def events_about(thing: models.Model) -> QuerySet[AuditEvent]:
    """What happened to one row, oldest first."""
    rows = AuditEvent.objects.filter(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    return rows.order_by("at", "pk")


def kinds() -> list[str]:
    """Every kind of event there is, for a filter."""
    return list(AuditEvent.objects.order_by("kind").values_list("kind", flat=True).distinct())
