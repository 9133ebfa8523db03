"""Attempts that went faster than anybody reads, and what a person decided about each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TimeFlag(models.Model):
    """Somebody may want to look at this attempt. It changes no mark and accuses nobody."""

    attempt = models.OneToOneField("assessments.Attempt", models.PROTECT, related_name="time_flag")
    seconds_taken = models.PositiveIntegerField()
    seconds_to_read = models.PositiveIntegerField()
    percent_right = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.seconds_taken} s"


class Verdict(models.TextChoices):
    NO_ISSUE = "no-issue", _("Nothing to do")
    TALK = "talk", _("Talk to the person")


class FlagDecision(models.Model):
    """What a trainer decided after looking, and why. Append-only: the newest one counts."""

    flag = models.ForeignKey(TimeFlag, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="flag_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.flag_id}: {self.verdict}"
