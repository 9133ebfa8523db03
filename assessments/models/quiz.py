"""Quizzes: the rules of a test and what it asks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class QuizKind(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    MODULE = "module", _("Module quiz")
    FINAL = "final", _("Final exam")


class ReviewRule(models.TextChoices):
    AFTER_PASS = "after-pass", _("After passing, or when no attempts are left")
    AFTER_CLOSE = "after-close", _("When the quiz has closed")
    NEVER_KEY = "never-key", _("Never")


class Quiz(models.Model):
    """A quiz block seen from the assessment side; `usage_key` ties it to its block.

    `current` is what the published module says; it is empty while no published version has the quiz.
    `access_code` stands here and not in the module: it is read out in the room, changes from sitting to
    sitting without a review, and must not travel in exports. It is plain, because the supervisor has
    to read it again; guessing is stopped by the limit on tries.
    """

    usage_key = models.CharField(max_length=255, unique=True)
    module = models.ForeignKey("courses.Module", models.PROTECT, related_name="+")
    current = models.ForeignKey("assessments.QuizVersion", models.PROTECT, null=True, related_name="+")
    access_code = models.CharField(max_length=32, blank=True)
    has_allowances = models.BooleanField(default=False)  # spares everybody else's pages a query

    def __str__(self) -> str:
        return self.usage_key


class QuizVersion(models.Model):
    """Rules and slots at one time. Never changed; an attempt keeps the version it began with.

    `slots`: [{"question": question version id}] or [{"outcome": "C1", "count": 3}] for a draw,
    with "difficulty": 2 where only such questions will do. `review` rules when the key is shown.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=QuizKind.choices)
    title = models.JSONField()
    pass_percent = models.PositiveSmallIntegerField(default=80)
    attempts_allowed = models.PositiveSmallIntegerField(null=True)  # null: as many as she likes
    cooling_off_hours = models.PositiveSmallIntegerField(default=0)
    time_limit_minutes = models.PositiveSmallIntegerField(null=True)
    # Two people mark each hand-marked answer, a third one where they differ.
    double_marking = models.BooleanField(default=False, db_default=False)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    review = models.CharField(max_length=16, choices=ReviewRule.choices, default=ReviewRule.AFTER_PASS)
    is_supervised = models.BooleanField(default=False)
    slots = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_version_number_once"),
            models.UniqueConstraint(fields=["quiz", "sha256"], name="quiz_version_content_once"),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100),
                name="quiz_version_pass_percent_between_1_and_100",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="quiz_version_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} v{self.number}"

    @property
    def number_of_questions(self) -> int:
        return sum(slot.get("count", 1) for slot in self.slots)


class PoolState(models.Model):
    """What the pools of a quiz could draw from at one time, so that a draw can be done again. Append-only.

    `candidates`: [["c1-q01", question version id, "C1.2"], …], sorted by name.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    candidates = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
