"""Immutable content: block versions, module snapshots, files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeClass(models.TextChoices):
    TYPO = "typo", _("Wording")
    CONTENT = "content", _("Content")
    LEGAL = "legal", _("Law changed")


class Step(models.TextChoices):
    """How a draft came to be, when it was not by changing something: docs/adr/0015."""

    UNDO = "undo", _("undone")
    REDO = "redo", _("done again")
    RESTORE = "restore", _("brought back")


class ModuleVersion(models.Model):
    """A snapshot of a whole module: its outline and the exact version of each block.

    What it shows never changes. Publishing writes when and why here and moves `Module.published`;
    rolling back only moves the pointer. `outline` is the frozen tree: `courses.olx.outline`.
    """

    module = models.ForeignKey("courses.Module", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    outline = models.JSONField()
    change_class = models.CharField(max_length=8, choices=ChangeClass.choices, default=ChangeClass.CONTENT)
    note = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=8, choices=Step.choices, blank=True)
    # An earlier version with the same content, for undo, redo and restore; and what redo leads to.
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    redo = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["module", "number"], name="module_version_number_once"),
            models.CheckConstraint(
                condition=models.Q(step="", repeats=None) | ~models.Q(step="") & ~models.Q(repeats=None),
                name="module_version_step_names_what_it_repeats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} v{self.number}"


class BlockVersion(models.Model):
    """The authored content of one block at one time, as OLX. Append-only."""

    usage_key = models.CharField(max_length=255)  # "block-v1:LanToa+C1+2026+type@text+block@c1-u1-text"
    number = models.PositiveIntegerField()
    block_type = models.CharField(max_length=64)
    olx = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["usage_key", "number"], name="block_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.usage_key} v{self.number}"


class Asset(models.Model):
    """A static file of a module, stored by its hash: the same bytes are kept once.

    A path has a row for every content it ever had; an outline names path and hash, so an old version
    still shows its own picture.
    """

    module = models.ForeignKey("courses.Module", models.CASCADE, related_name="assets")
    path = models.CharField(max_length=300)  # "c1-u1.vi.mp3", as in /static/… of the OLX
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    file = models.CharField(max_length=300)  # name in the default storage

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["module", "path", "sha256"], name="asset_content_once_per_path")
        ]

    def __str__(self) -> str:
        return self.path
