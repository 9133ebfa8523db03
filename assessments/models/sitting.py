"""What people decide about one person's sitting: more time or attempts, and that it was she who sat there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Allowance(models.Model):
    """More time or attempts for one person at one quiz, and why. Append-only: the newest one counts.

    One that grants nothing takes the earlier one back.
    """

    quiz = models.ForeignKey("assessments.Quiz", models.PROTECT, related_name="allowances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    extra_percent = models.PositiveSmallIntegerField(default=0)  # of the quiz's time limit
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="allowance_has_a_reason")]
        indexes = [models.Index(fields=["quiz", "person"], name="allowance_quiz_person")]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.person_id}: +{self.extra_minutes} min, +{self.extra_attempts}"

    @property
    def grants_nothing(self) -> bool:
        return not (self.extra_minutes or self.extra_percent or self.extra_attempts)


class SignOffState(models.TextChoices):
    NOT_NEEDED = "", _("Not needed")
    WAITING = "waiting", _("Waits for the supervisor")
    CONFIRMED = "confirmed", _("Confirmed by the supervisor")
    REFUSED = "refused", _("Not confirmed by the supervisor")


class SignOff(models.Model):
    """A supervisor says who sat where, or why she cannot confirm it. Append-only.

    A refusal may be followed by a confirmation, never the other way round: what is confirmed counts.
    """

    attempt = models.ForeignKey("assessments.Attempt", models.PROTECT, related_name="sign_offs")
    is_confirmed = models.BooleanField()
    place = models.CharField(max_length=200, blank=True)  # "Phòng họp UBND xã Chiềng Mai"
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_confirmed=True) & ~Q(place="")) | (Q(is_confirmed=False) & ~Q(reason="")),
                name="sign_off_confirms_a_place_or_says_why_not",
            ),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(is_confirmed=True), name="sign_off_confirms_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.is_confirmed}"
