"""Track → programme (a version of the track) → modules, shared between tracks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Component(models.TextChoices):
    """What a module trains; the indicator wants both (brief 1.4)."""

    ST = "ST", _("Science and technology content")
    DC = "DC", _("Digital communication skills")


class Track(models.Model):
    """One of the three paths: P press, G grassroots information, F foreign information."""

    code = models.CharField(max_length=4, unique=True)
    title = models.JSONField()  # {"vi": "…", "en": "…", "de": "…"}
    duty = models.CharField(max_length=8, unique=True)  # people.Duty: the staff it is for
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class Module(models.Model):
    """A module of learning; one OLX course. Done once, it counts in every track that has it.

    Two pointers are the whole publishing state: learners see `published`, authors `draft`.
    """

    code = models.CharField(max_length=16, unique=True)  # "C1"
    course_key = models.CharField(max_length=120, unique=True)  # "course-v1:LanToa+C1+2026"
    title = models.JSONField()
    component = models.CharField(max_length=2, choices=Component.choices)
    draft = models.ForeignKey(
        "courses.ModuleVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published = models.ForeignKey(
        "courses.ModuleVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.code


class Programme(models.Model):
    """A version of a track that a certificate is issued for: which modules, which exam, what level."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="programmes")
    version = models.CharField(max_length=32)  # "2026-1"
    title = models.JSONField()
    level = models.CharField(max_length=16, default="in_depth")  # in_depth | basic
    components = models.JSONField(default=list)  # ["ST", "DC"]
    hours = models.PositiveSmallIntegerField()
    exam_module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True, related_name="+")
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)  # null: no expiry
    is_open = models.BooleanField(default=True)
    modules = models.ManyToManyField(Module, through="courses.ProgrammeModule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "version"], name="programme_version_once_per_track"),
            models.UniqueConstraint(
                fields=["track"], condition=Q(is_open=True), name="programme_one_open_per_track"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track_id}-{self.version}"


class ProgrammeModule(models.Model):
    """A module's place in a programme. What is not required is announced, not counted."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="places")
    module = models.ForeignKey(Module, models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()
    is_core = models.BooleanField()
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "module"], name="programme_module_once")]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.module_id}"
