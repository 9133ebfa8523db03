"""What a trainer has typed and not saved yet."""

from django.conf import settings
from django.db import models


class EditorDraft(models.Model):
    """The fields of one editor page as they stood a moment ago; one row per person and block.

    No version of the block comes of it: that happens when the trainer saves, and then the row goes.
    `seq` counts the writes, so that a tab which fell behind is told instead of overwriting.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.Module", models.CASCADE, related_name="+")
    usage_key = models.CharField(max_length=255)
    part = models.CharField(max_length=120, blank=True)  # a question of a quiz; "" for the block itself
    base_version = models.PositiveBigIntegerField()  # BlockVersion the typing began from
    fields = models.JSONField()  # {"body_vi": ["<p>…</p>"]}
    seq = models.PositiveIntegerField(default=1)
    write_uuid = models.UUIDField()  # of the last write: the same write sent twice is one
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "usage_key", "part"], name="editor_draft_once_per_person_and_block"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.usage_key}"
