"""A file with questions that somebody looks through before she takes them."""

from datetime import timedelta

from django.conf import settings
from django.db import models

KEPT_FOR = timedelta(days=30)


class QuestionUpload(models.Model):
    """One uploaded file: who brought it, for which module, what she put right in it, what came of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.Module", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # of the file, as its owner calls it
    file = models.CharField(max_length=200, blank=True)  # name in the default storage; "" when it is gone
    format = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    # place in the file, from 0 → the question as its owner wrote it anew
    fixes = models.JSONField(default=dict)
    # {"new": […], "replaced": […], "same": […], "kept": […], "bank": usage key}; empty before
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    @property
    def is_done(self) -> bool:
        return bool(self.result)
