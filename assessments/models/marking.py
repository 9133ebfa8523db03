"""What people do to marks: they give them, they take part in a regrade, they decide appeals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HandMark(models.Model):
    """What one person gave for one answer, by the rubric of its question. Append-only.

    `levels`: {"clarity": "good"}, a level for each criterion. The mark of the answer is a `Marking`,
    written when as many people have marked as the quiz asks for.
    """

    slot = models.ForeignKey("assessments.Slot", models.PROTECT, related_name="hand_marks")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    levels = models.JSONField()
    points = models.DecimalField(max_digits=7, decimal_places=3)
    out_of = models.DecimalField(max_digits=7, decimal_places=3)
    comment = models.TextField(blank=True)  # for the learner
    note = models.TextField(blank=True)  # for markers only
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "marker"], name="hand_mark_once_per_marker"),
            models.CheckConstraint(
                condition=Q(out_of__gt=0, points__gte=0, points__lte=models.F("out_of")),
                name="hand_mark_within_its_full_mark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.points}/{self.out_of}"


class MarkingClaim(models.Model):
    """Who is marking an answer just now, so that two do not do the same work."""

    slot = models.OneToOneField("assessments.Slot", models.CASCADE, related_name="claim")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot_id} → {self.until:%H:%M}"


class RegradeKind(models.TextChoices):
    REKEY = "rekey", _("Mark by the key of a newer version")
    FULL = "full", _("Full marks for everybody")
    LEAVE_OUT = "leave-out", _("Leave the question out")


class Regrade(models.Model):
    """A decision to mark a question again, for all who were asked it. Nobody's result gets worse by it.

    It is for the versions of the question up to `upto`, also in attempts handed in after it. A job works
    through the attempts that are there; `last_attempt` is how far it is.
    """

    question = models.ForeignKey("assessments.Question", models.PROTECT, related_name="regrades")
    kind = models.CharField(max_length=16, choices=RegradeKind.choices)
    upto = models.PositiveIntegerField()  # number of the last version it is for
    key = models.ForeignKey("assessments.QuestionVersion", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    last_attempt = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    looked_at = models.PositiveIntegerField(default=0)  # attempts
    raised = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)  # would have lost, and kept what they had
    newly_passed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="rekey", key__isnull=False) | (~Q(kind="rekey") & Q(key=None)),
                name="regrade_key_when_rekeyed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="regrade_has_a_reason"),
            models.UniqueConstraint(fields=["question", "kind", "upto"], name="regrade_decided_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind}"


class Appeal(models.Model):
    """A learner says that a mark is wrong, once for a question of an attempt; somebody else decides."""

    slot = models.OneToOneField("assessments.Slot", models.PROTECT, related_name="appeal")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)  # why; the learner reads it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_upheld=None, answer="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_upheld__isnull=False)
                & ~Q(answer=""),
                name="appeal_decided_by_somebody_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.slot_id)
