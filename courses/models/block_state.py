"""What blocks remember: per person, per block for everybody, per person for a block type."""

from django.conf import settings
from django.db import models


class BlockState(models.Model):
    """XBlock scope `user_state`: one person's state of one block.

    `revision` is an optimistic lock: a save that started from an older revision is refused.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    usage_key = models.CharField(max_length=255)
    state = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "usage_key"], name="block_state_once_per_person")
        ]

    def __str__(self) -> str:
        return self.usage_key


class SharedBlockState(models.Model):
    """XBlock scope `user_state_summary`: one block's state for everybody (poll tallies)."""

    usage_key = models.CharField(max_length=255, unique=True)
    state = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.usage_key


class UserPreference(models.Model):
    """XBlock scopes `preferences` (a block type) and `user_info` (block_type empty)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    block_type = models.CharField(max_length=64, blank=True)
    state = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "block_type"], name="user_preference_once_per_type")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.block_type}"
