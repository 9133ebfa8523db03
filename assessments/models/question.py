"""The question bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")
    TRUEFALSE = "truefalse", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Putting in order")
    TEXT = "text", _("Short answer")
    NUMBER = "number", _("A number")
    CLOZE = "cloze", _("Text with gaps")
    HOTSPOT = "hotspot", _("Areas of a picture")
    ESSAY = "essay", _("Essay, marked by a person")
    FILE = "file", _("File, marked by a person")


class QuestionPlace(models.TextChoices):
    PRACTICE = "practice", _("Practice in a unit")
    QUIZ = "quiz", _("Quiz")
    BANK = "bank", _("Question bank, for exams only")


class QuestionQuerySet(models.QuerySet["Question"]):
    def drawable(self) -> "QuestionQuerySet":
        """What a pool may draw: questions in use, but none that learners have practised on."""
        return self.exclude(place=QuestionPlace.PRACTICE).filter(current__isnull=False)


class Question(models.Model):
    """One question for ever; what it says stands in its versions.

    `current` is what the published module asks; it is empty while no published version asks it.
    """

    name = models.CharField(max_length=120, unique=True)  # "c1-q01"
    bank = models.CharField(max_length=64, db_index=True)  # the module code: "C1"
    place = models.CharField(max_length=8, choices=QuestionPlace.choices)
    current = models.ForeignKey("assessments.QuestionVersion", models.PROTECT, null=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class QuestionVersion(models.Model):
    """What a question says and which answer is right, at one time. Never changed.

    `body`: {"stem": {lang: text}, "explanation": {lang: …}, "cites": [{"source", "lines"}]} and what its
    kind adds, for instance "options" [{"name", "correct", "text": {lang: …}, "why": {lang: …}}]; see
    `assessments.kinds`. `picture` and `stimulus` where there is one.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=QuestionKind.choices)
    body = models.JSONField()
    outcome = models.CharField(max_length=32, blank=True, db_index=True)  # "C1.2"
    difficulty = models.PositiveSmallIntegerField(default=2)  # 1 easy to 3 hard
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number_once"),
            models.UniqueConstraint(fields=["question", "sha256"], name="question_version_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"
