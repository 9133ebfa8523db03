"""What leaves the platform as files."""

from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(hours=24)


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"


class RecordStatus(models.TextChoices):
    """What became of a certificate, or that a person on the staff list never had one."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Replaced")
    NONE = "none", _("No certificate yet")


class TrainingExport(models.Model):
    """One file of certificate records somebody took out: who, what for, which rows.

    The row stays for the audit; the file goes after 24 hours.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports")
    scope = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=300)
    format = models.CharField(max_length=8, choices=ExportFormat.choices)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    number_of_rows = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200, blank=True)  # name in the default storage
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="export_has_a_purpose")]

    def __str__(self) -> str:
        return f"{self.pk}.{self.format}"

    @property
    def expires_at(self) -> datetime | None:
        return self.finished_at + KEPT_FOR if self.finished_at else None

    @property
    def download_name(self) -> str:
        return f"ho-so-chung-nhan-{self.requested_at:%Y-%m-%d}-{self.pk}.{self.format}"

    def state_at(self, moment: datetime) -> Literal["working", "failed", "expired", "ready"]:
        if self.error:
            return "failed"
        if self.expires_at is None:
            return "working"
        return "ready" if self.file and moment < self.expires_at else "expired"
