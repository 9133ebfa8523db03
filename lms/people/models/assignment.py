"""What duty a person holds, where, and since when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.organisation import Organisation
from lms.shared.fields import TextLine


class Duty(models.TextChoices):
    COMM = "COMM", _("Communication")
    GRASS = "GRASS", _("Grassroots information")
    FOREIGN = "FOREIGN", _("Foreign information")


class DutyType(models.TextChoices):
    """`dedicated` is *chuyên trách*: this duty is the job. It says nothing about hours."""

    DEDICATED = "dedicated", _("Dedicated")
    CONCURRENT = "concurrent", _("Concurrent")
    PROPAGANDIST = "propagandist", _("Hamlet propagandist")  # Decree 49/2024, Article 21


class EndReason(models.TextChoices):
    RETIRED = "retired", _("Retired")
    TRANSFERRED = "transferred", _("Transferred")
    DECEASED = "deceased", _("Deceased")
    DISMISSED = "dismissed", _("Dismissed")
    CHANGED = "changed", _("Duty changed")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force_on(self, day: date) -> "AssignmentQuerySet":
        """As we know it now: valid on `day` and not retracted."""
        current = self.filter(retracted_at=None)
        return current.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Assignment(models.Model):
    """One duty of one person in one organisation, with two times.

    `valid_from`/`valid_to` (inclusive days) say when it was so; `recorded_at`/`retracted_at` when
    we knew it. A correction retracts the row and writes another: published figures stay
    reproducible. A person counts in the row of her primary assignment.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=8, choices=Duty.choices)
    duty_type = models.CharField(max_length=16, choices=DutyType.choices)
    is_primary = models.BooleanField(default=True)
    title = TextLine(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason.choices, blank=True)
    recorded_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "duty"], name="assignment_by_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True, valid_to=None, retracted_at=None),
                name="assignment_one_open_primary_per_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(valid_to__isnull=False),
                name="assignment_with_an_end_reason_ends",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(retracted_at__gte=F("recorded_at")),
                name="assignment_retracted_after_it_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.duty}, {self.organisation}"
