"""The media library: files with what must be known about them, and uploads that are not finished."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.models.media_choices import (
    OPEN_LICENCES,
    AiLabel,
    Consent,
    ContentLanguage,
    Licence,
    MediaKind,
    UploadState,
)
from courses.olx.assets import storage_name
from lms.people.names import search_key
from lms.shared import clock
from lms.shared.fields import TextLine
from lms.shared.languages import localised


class MediaItem(models.Model):
    """One file of the library: the same bytes are here once.

    `sha256` is of the bytes kept, `original_sha256` of those that came before places and devices were
    taken out of them. Withdrawn items stay: modules and other databases may still name them.
    """

    kind = models.CharField(max_length=8, choices=MediaKind.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    original_sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    file = models.CharField(max_length=300)  # name in the default storage
    file_name = models.CharField(max_length=120)  # as it came, cleaned
    thumbnail = models.CharField(max_length=300, blank=True)  # name in the default storage
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True)  # seconds
    look = models.CharField(max_length=32, blank=True)  # perceptual hash of a picture, 128 bits as digits

    title = models.JSONField()  # {"vi": "…", "en": "…", "de": "…"}
    description = models.TextField(blank=True)  # of a picture: what it shows
    language = models.CharField(max_length=8, choices=ContentLanguage.choices)
    creator = TextLine(max_length=200, blank=True)
    publisher = TextLine(max_length=200, blank=True)
    made_on = models.DateField(null=True, blank=True)
    keywords = models.JSONField(default=list)  # ["nghị quyết 57", …]
    licence = models.CharField(max_length=16, choices=Licence.choices)
    rights_note = TextLine(max_length=300, blank=True)  # who permitted it, and how far
    source = TextLine(max_length=500)  # an address, or where it comes from in words
    consent = models.CharField(max_length=12, choices=Consent.choices)
    consent_note = TextLine(max_length=300, blank=True)
    ai_label = models.CharField(max_length=10, choices=AiLabel.choices)
    ai_tool = TextLine(max_length=100, blank=True)

    is_public = models.BooleanField(default=False)  # others may harvest it
    first_public_at = models.DateTimeField(null=True, blank=True)  # since then its record never vanishes
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)  # whole seconds: harvesters ask by it
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = TextLine(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    search_text = models.TextField(blank=True)  # lower case without accents

    class Meta:
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="media_item_newest"),
            models.Index(
                fields=["changed_at", "id"],
                condition=Q(first_public_at__isnull=False),
                name="media_item_harvest",
            ),
        ]

    def __str__(self) -> str:
        return localised(self.title, "vi") or self.file_name

    @property
    def words_to_find(self) -> str:
        """What `search_text` has to be: the actions that change these words write it down."""
        return search_key(
            " ".join((*self.title.values(), *self.keywords, self.description, self.creator, self.file_name))
        )

    @property
    def suffix(self) -> str:
        """ ".mp3", as the file is kept."""
        return "." + self.file.rpartition(".")[2] if "." in self.file else ""

    @property
    def is_open(self) -> bool:
        """Its licence lets everybody have it."""
        return self.licence in OPEN_LICENCES

    @property
    def is_harvested(self) -> bool:
        """Other databases get it, and everybody may fetch the file."""
        return self.is_public and self.is_open and self.withdrawn_at is None

    @property
    def lacks_facts(self) -> bool:
        """Taken over from a course: nobody has said yet who may use it."""
        return "unknown" in (self.licence, self.consent, self.ai_label)

    @staticmethod
    def storage_name(suffix: str, sha256: str) -> str:
        """Where the bytes are kept: the same place as those of a module's file."""
        return storage_name(f"x{suffix}", sha256)


class PictureBand(models.Model):
    """An eighth of a picture's look; near-duplicates share at least one (courses.media_files.pictures)."""

    item = models.ForeignKey(MediaItem, models.CASCADE, related_name="bands")
    band = models.PositiveIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "band"], name="picture_band_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.band:x}"


# A job that says nothing for so long died with its worker.
GIVEN_UP_AFTER = timedelta(hours=1)


class MediaUpload(models.Model):
    """A file on its way, part by part; parts lie in the storage until the item is filed or a day is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()  # what it will be
    received = models.PositiveBigIntegerField(default=0)
    parts = models.JSONField(default=list)  # [[name in the storage, bytes], …]
    began_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    # Large files are looked through by a job: what was said of the file, and what became of it.
    state = models.CharField(max_length=6, choices=UploadState.choices, default="", blank=True)
    said = models.JSONField(default=dict)  # ItemFacts
    error = models.CharField(max_length=64, blank=True)  # code of the refusal
    message = models.CharField(max_length=600, blank=True)  # its sentence in the owner's language
    item = models.ForeignKey(MediaItem, models.CASCADE, null=True, related_name="+")
    was_known = models.BooleanField(default=False)  # the same file was in the library before

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="media_upload_not_over")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_given_up(self) -> bool:
        """Nobody works on it any more, and nobody said so."""
        return self.state == UploadState.FILING and self.touched_at <= clock.now() - GIVEN_UP_AFTER

    @property
    def is_complete(self) -> bool:
        return self.received == self.size
