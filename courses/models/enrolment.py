"""Who follows which programme, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Enrolment(models.Model):
    """A person on a programme. `reason` is what she is told: the rule and her staff record."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    programme = models.ForeignKey("courses.Programme", models.PROTECT, related_name="enrolments")
    rule = models.CharField(max_length=32)  # "duty" | "chosen"
    assignment = models.ForeignKey(
        "people.Assignment", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=Q(ended_at=None),
                name="enrolment_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.programme_id}"
