"""The audit trail."""

from django.db import models


class AuditEvent(models.Model):
    """One thing somebody did that may be asked about later.

    Rows carry labels and plain ids instead of foreign keys, so that the trail outlives what it
    names and never blocks a deletion. Personal IDs are never written here.
    """

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=64, db_index=True)  # "certificate.issued"
    actor_id = models.BigIntegerField(null=True)  # Person.pk; null for the system
    actor_label = models.CharField(max_length=200)
    thing_type = models.CharField(max_length=64, blank=True)
    thing_id = models.CharField(max_length=64, blank=True)
    thing_label = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="audit_event_thing")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
