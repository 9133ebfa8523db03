"""Frozen figures of the indicator."""

from django.db import models


class IndicatorSnapshot(models.Model):
    """A published value: the definition, both times, the figures, the hash of the people counted.

    Never changed; a correction is a new row that names the one it restates and why.
    """

    as_of = models.DateField()  # valid time: end of this day in Viet Nam
    known_at = models.DateTimeField()  # recorded time: what we knew by then
    definition_version = models.CharField(max_length=16)
    parameters = models.JSONField()
    figures = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=200)
    restates = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.as_of} ({self.definition_version})"


class DataVersion(models.Model):
    """One row whose number rises when facts behind the figures change; cached figures carry it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
