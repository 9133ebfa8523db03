"""What somebody got wrong and meets again after a while."""

from django.conf import settings
from django.db import models


class RecapItem(models.Model):
    """One question for one person. Nothing here is graded.

    `level` counts the right answers since the last wrong one.
    `due_on` empty: she knows it; it comes back only when she gets it wrong again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recap_items")
    question = models.ForeignKey("assessments.Question", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)  # in a recap

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="recap_item_once_per_question")
        ]
        indexes = [models.Index(fields=["person", "due_on"], name="recap_item_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.question_id} {self.due_on}"
