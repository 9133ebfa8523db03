"""Attempts: what was asked, every answer in order, every mark."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.grading import whole_percent
from assessments.models.sitting import SignOffState


class AttemptState(models.TextChoices):
    OPEN = "open", _("Under way")
    MARKING = "marking", _("Awaiting marking")  # handed in; people mark a part of it
    SUBMITTED = "submitted", _("Submitted")


CLOSED_WITHOUT_SCORE = Q(submitted_at__isnull=False, score=None, passed=None) & ~Q(receipt="")


class Attempt(models.Model):
    """One person's go at one quiz. What it asks is drawn once, at the start, and stored.

    An attempt with answers that people mark is handed in like any other and stays in `marking`, without
    An attempt with answers that people mark is handed in like any other and stays in `marking`, without
    score, until the last mark is final. `score`, `out_of` and `passed` repeat the newest markings so that
    lists need not add them up. `answers` repeats the newest step of each slot so that a page need not
    replay them, by position:
    {"1": {"seq": 4, "chosen": ["a"], "flagged": false, "at": "2026-11-21T10:42:00+07:00"}}.
    """

    quiz = models.ForeignKey("assessments.Quiz", models.PROTECT, related_name="attempts")
    version = models.ForeignKey("assessments.QuizVersion", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=AttemptState.choices, default=AttemptState.OPEN)
    number_of_questions = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    last_seq = models.PositiveIntegerField(default=0)  # of its steps
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    # What the pools could draw from, so that the draw can be done again; empty where nothing is drawn.
    pool_state = models.ForeignKey("assessments.PoolState", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by_clock = models.BooleanField(default=False)
    # Eight places hold a fraction (5) times a full mark (3) exactly: the pass decision rounds nothing.
    score = models.DecimalField(max_digits=14, decimal_places=8, null=True)
    out_of = models.DecimalField(max_digits=9, decimal_places=3)
    passed = models.BooleanField(null=True)
    receipt = models.CharField(max_length=16, blank=True)
    sign_off = models.CharField(max_length=10, choices=SignOffState.choices, blank=True)  # repeats the newest

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "person", "number"], name="attempt_number_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["quiz", "person"],
                condition=Q(state__in=["open", "marking"]),
                name="attempt_one_open_per_person_and_quiz",
            ),
            models.UniqueConstraint(
                fields=["receipt"], condition=~Q(receipt=""), name="attempt_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at=None, score=None, passed=None, receipt="")
                | Q(state="marking") & CLOSED_WITHOUT_SCORE
                | Q(
                    state="submitted",
                    submitted_at__isnull=False,
                    score__isnull=False,
                    passed__isnull=False,
                )
                & ~Q(receipt=""),
                name="attempt_submitted_has_time_score_and_receipt",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at=None) | Q(deadline_at__gt=F("started_at")),
                name="attempt_deadline_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], condition=Q(state="open"), name="attempt_open_deadline")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.number}"

    @property
    def counts_as_passed(self) -> bool:
        """Passed, and confirmed where a supervisor has to."""
        return bool(self.passed) and self.sign_off in (SignOffState.NOT_NEEDED, SignOffState.CONFIRMED)

    @property
    def percent(self) -> int | None:
        """What to print, cut off; None while there is no score."""
        return None if self.score is None else whole_percent(self.score, out_of=self.out_of)


class Slot(models.Model):
    """One question in an attempt, with the order its options were shown in."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()  # from 1
    question_version = models.ForeignKey(
        "assessments.QuestionVersion",
        models.PROTECT,
        related_name="+",
        db_index=False,  # the index below begins with it
    )
    option_order = models.JSONField()  # ["b", "a", "c"]
    max_mark = models.DecimalField(max_digits=6, decimal_places=3, default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="slot_position_once")]
        # How often a question was asked, and last in which attempt, without reading the rows.
        indexes = [models.Index(fields=["question_version", "attempt"], name="slot_question_and_attempt")]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"


class StepKind(models.TextChoices):
    ANSWER = "answer", _("Answer saved")
    FLAG = "flag", _("Marked for review")
    SUBMIT = "submit", _("Submitted")
    EXTENDED = "extended", _("More time granted")


class Step(models.Model):
    """One thing that happened in an attempt. Append-only: the newest answer per slot counts.

    `seq` counts up per attempt; a client sends the `seq` it last saw and a UUID of its own.
    `data` of an answer: {"chosen": ["a"], "flagged": false}, with "late": true when it came in the
    minute of grace after the deadline. More time has {"ends_at": "2026-…"}.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="steps")
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
    """A mark for a slot: by a version of the engine, by people, a regrade or an appeal. Append-only.

    The newest row counts. `engine` says who or what marked: a version of the engine, "hand", "regrade"
    or "appeal". A question that a regrade leaves out does not count: neither its mark nor its full mark.
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="markings")
    fraction = models.DecimalField(max_digits=6, decimal_places=5)  # 0 to 1
    engine = models.CharField(max_length=16)
    reason = models.CharField(max_length=200, blank=True)
    counts = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fraction__gte=0, fraction__lte=1), name="marking_fraction_between_0_and_1"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.fraction}"
