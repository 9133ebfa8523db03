"""Attempts: what was asked, every answer in order, every mark."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    OPEN = "open", _("Under way")
    SUBMITTED = "submitted", _("Submitted")


class Attempt(models.Model):
    """One person's go at one quiz. What it asks is drawn once, at the start, and stored.

    `score` and `passed` repeat the newest markings so that lists need not add them up.
    """

    quiz = models.ForeignKey("assessments.Quiz", models.PROTECT, related_name="attempts")
    version = models.ForeignKey("assessments.QuizVersion", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=AttemptState.choices, default=AttemptState.OPEN)
    last_seq = models.PositiveIntegerField(default=0)  # of its steps; locks out stale tabs
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by_clock = models.BooleanField(default=False)
    score = models.DecimalField(max_digits=8, decimal_places=3, null=True)  # marks earned
    out_of = models.DecimalField(max_digits=8, decimal_places=3)
    passed = models.BooleanField(null=True)
    receipt = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "person", "number"], name="attempt_number_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["quiz", "person"],
                condition=Q(state="open"),
                name="attempt_one_open_per_person_and_quiz",
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at=None)
                | Q(state="submitted", submitted_at__isnull=False),
                name="attempt_submitted_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], condition=Q(state="open"), name="attempt_open_deadline")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.number}"


class Slot(models.Model):
    """One question in an attempt, with the order its options were shown in."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()  # from 1
    question_version = models.ForeignKey("assessments.QuestionVersion", models.PROTECT, related_name="+")
    option_order = models.JSONField()  # ["b", "a", "c"]
    max_mark = models.DecimalField(max_digits=6, decimal_places=3, default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="slot_position_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"


class StepKind(models.TextChoices):
    ANSWER = "answer", _("Answer saved")
    FLAG = "flag", _("Marked for review")
    SUBMIT = "submit", _("Submitted")


class Step(models.Model):
    """One thing that happened in an attempt. Append-only: the newest answer per slot counts.

    `seq` counts up per attempt; a client sends the `seq` it last saw and a UUID of its own.
    `data` of an answer: {"chosen": ["a"]}.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    slot = models.ForeignKey(Slot, models.CASCADE, null=True, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    data = models.JSONField()
    client_uuid = models.UUIDField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: the clock

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "seq"], name="step_seq_once_per_attempt"),
            models.UniqueConstraint(fields=["attempt", "client_uuid"], name="step_uuid_once_per_attempt"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.seq} {self.kind}"


class Marking(models.Model):
    """A mark for a slot by one version of the engine. A regrade adds a row. Append-only."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="markings")
    fraction = models.DecimalField(max_digits=6, decimal_places=5)  # 0 to 1
    engine = models.CharField(max_length=16)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.fraction}"
