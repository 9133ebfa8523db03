"""What leaves the platform as files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"


class TrainingExport(models.Model):
    """One file of certificate records somebody took out: who, what for, which rows."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports")
    scope = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=300)
    format = models.CharField(max_length=8, choices=ExportFormat.choices)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    number_of_rows = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_format_display()} {_('by')} {self.person_id}"
