"""Files that learners hand in."""

import uuid

from django.db import models
from django.db.models import Q


class AnswerFile(models.Model):
    """A file uploaded as an answer, or as a part of one.

    The saved answer names it by its id, its address by its key, which nobody can guess. Taken back
    before handing in, its bytes go and the row stays: the steps of the attempt still name it.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey("assessments.Attempt", models.PROTECT, related_name="files")
    slot = models.ForeignKey("assessments.Slot", models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)  # as it came, cleaned, ending as its content says
    size = models.PositiveBigIntegerField()  # bytes kept
    sha256 = models.CharField(max_length=64)  # of the bytes kept
    media_type = models.CharField(max_length=100)
    file = models.CharField(max_length=300, blank=True)  # name in the default storage
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(file="") | Q(deleted_at__isnull=False, file=""),
                name="answer_file_has_bytes_until_deleted",
            )
        ]

    def __str__(self) -> str:
        return self.name
