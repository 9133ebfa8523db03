"""A course somebody brings in through the studio."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# A report can be read this long; the uploaded file goes when the import is over.
KEPT_FOR = timedelta(days=30)
# A job that says nothing for so long died with its worker.
GIVEN_UP_AFTER = timedelta(hours=2)


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Being read")
    READY = "ready", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    WRITING = "writing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Not imported")
    CANCELLED = "cancelled", _("Cancelled")


WORKING = (ImportState.WAITING, ImportState.READING, ImportState.CONFIRMED, ImportState.WRITING)
OVER = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)


class CourseImport(models.Model):
    """One uploaded course file: who brought it, how far it is, what it would change, what it did."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # of the file, as its owner calls it
    file = models.CharField(max_length=200, blank=True)  # name in the default storage; "" when it is gone
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    module = models.ForeignKey("courses.Module", models.SET_NULL, null=True, blank=True, related_name="+")
    report = models.JSONField(default=dict)
    error = models.CharField(max_length=64, blank=True)  # code of a Problem
    detail = models.CharField(max_length=600, blank=True)
    requested_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in {ImportState.WAITING, ImportState.READING, ImportState.READY}
