"""Top-ups: what somebody who finished a module before a change of law reads afterwards."""

from django.conf import settings
from django.db import models


class TopUp(models.Model):
    """The units a legal change touched, offered instead of a repeat of the module.

    It never touches completions, certificates or the indicator.
    """

    module = models.ForeignKey("courses.Module", models.PROTECT, related_name="top_ups")
    version = models.OneToOneField("courses.ModuleVersion", models.PROTECT, related_name="top_up")
    base = models.ForeignKey("courses.ModuleVersion", models.PROTECT, related_name="+")
    unit_keys = models.JSONField()  # ["c3-u2"], in reading order
    minutes = models.PositiveSmallIntegerField()
    summary = models.JSONField()  # {"vi": "…"}: what changed, in words for learners
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.module_id} v{self.version_id}"


class TopUpReading(models.Model):
    """A person confirmed that she read one changed unit. Append-only."""

    top_up = models.ForeignKey(TopUp, models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=120)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["top_up", "person", "unit_key"], name="top_up_reading_once_per_unit"
            )
        ]

    def __str__(self) -> str:
        return self.unit_key
