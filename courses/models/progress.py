"""How far somebody is. Keys are stable, so progress survives every new version of a module."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class BlockCompletion(models.Model):
    """A block's completion for a person, 0 to 1; it never goes back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    usage_key = models.CharField(max_length=255)
    completion = models.FloatField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "usage_key"], name="block_completion_once_per_person"),
            models.CheckConstraint(
                condition=Q(completion__gte=0, completion__lte=1),
                name="block_completion_between_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usage_key} {self.completion}"


class BlockScore(models.Model):
    """The best marks a person earned on a graded block."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    usage_key = models.CharField(max_length=255)
    earned = models.DecimalField(max_digits=8, decimal_places=3)
    possible = models.DecimalField(max_digits=8, decimal_places=3)
    passed = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "usage_key"], name="block_score_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.usage_key} {self.earned}/{self.possible}"


class UnitCompletion(models.Model):
    """A person finished a unit (a vertical), by the rule in force on that day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.Module", models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=120)  # the vertical's url_name: "c1-u1"
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module", "unit_key"], name="unit_completion_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.unit_key


class ModuleCompletion(models.Model):
    """A person finished a module: all required units, and its quiz passed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.Module", models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "module"], name="module_completion_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.module_id}"


class ReadingPlace(models.Model):
    """Where a person last was in a module, so that any device opens exactly there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.Module", models.CASCADE, related_name="+")
    unit_key = models.CharField(max_length=120)
    block_key = models.CharField(max_length=255, blank=True)
    fraction = models.FloatField(default=0)  # how far down the block, 0 to 1
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "module"], name="reading_place_once_per_module")
        ]

    def __str__(self) -> str:
        return f"{self.unit_key} {self.block_key}"
