"""Libraries, packages made with them, and what people did in the packages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Library(models.Model):
    """One patch version of an H5P library: code that runs in browsers. Its files never change.

    `sha256` is of the whole file set. A version exists once: other bytes under the same number are
    never taken in, so nothing that is trusted is ever replaced.
    """

    machine_name = models.CharField(max_length=255)  # "H5P.MultiChoice"
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    runnable = models.BooleanField()
    facts = models.JSONField()  # courses.h5p.engine.libraries.LibraryFacts without semantics
    semantics = models.JSONField(null=True, blank=True)  # the fields authors fill in; null: none
    size = models.PositiveBigIntegerField()  # bytes
    is_allow_listed = models.BooleanField()  # by hash; else a library manager brought it in
    installed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    installed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # no new content with it; old content plays on
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "libraries"
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"], name="h5p_library_version_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="h5p_library_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"


class Package(models.Model):
    """One content version, frozen: an .h5p file, what it says, and the libraries that play it.

    The file's SHA-256 is its name for the host: the same file is here once. Changed content is another
    package, so what people did in this one is never shown in that one.
    """

    sha256 = models.CharField(max_length=64, unique=True)  # of the .h5p file
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=16, blank=True)  # BCP 47, as the package says; "und" is ""
    main_library = models.ForeignKey(Library, models.PROTECT, related_name="+")
    libraries = models.ManyToManyField(Library, through="PackageLibrary", related_name="packages")
    manifest = models.JSONField()  # h5p.json as it goes out again: title, licence, authors, …
    params = models.JSONField()  # content.json, its HTML cleaned
    files = models.JSONField(default=list)  # [{"path": "images/a.png", "size": 123, "sha256": "…"}, …]
    warnings = models.JSONField(default=list)  # [{"code": "…", "path": "…", "detail": "…"}, …]
    # Fixed by the first result there is, where the content does not say it: null until then.
    max_score = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=8, choices=[("upload", "upload"), ("form", "form")])
    size = models.PositiveBigIntegerField()  # bytes of the .h5p file
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class PackageLibrary(models.Model):
    """A library among those that play a package, in the order in which they are loaded."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="loads")
    library = models.ForeignKey(Library, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["package", "library"], name="h5p_package_library_once"),
            models.UniqueConstraint(fields=["package", "position"], name="h5p_package_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.position}"


class UserState(models.Model):
    """What the content itself wants to remember of one person at one place; a string only it understands.

    `context` is the place, in the host's words (a block's usage key). `revision` counts the saves.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    package = models.ForeignKey(Package, models.CASCADE, related_name="+")
    context = models.CharField(max_length=255)
    sub_content_id = models.CharField(max_length=64, blank=True)  # "" for the whole content
    data_type = models.CharField(max_length=64)  # "state", as H5P calls it
    data = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "package", "context", "sub_content_id", "data_type"],
                name="h5p_state_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.context} {self.data_type}"


class Statement(models.Model):
    """An xAPI statement from a package, checked and cut to what we keep. Append-only.

    Who did it is who was signed in; what the browser says about that is dropped. The browser gives each
    an id, so one that is sent twice is here once.
    """

    uuid = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, models.PROTECT, related_name="+")
    context = models.CharField(max_length=255)
    verb = models.CharField(max_length=100)  # "answered", last part of the verb's address
    sub_content_id = models.CharField(max_length=64, blank=True)  # "" for the whole content
    raw = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    maximum = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    success = models.BooleanField(null=True, blank=True)
    completion = models.BooleanField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True)  # seconds
    response = models.TextField(blank=True)
    description = models.TextField(blank=True)  # of the question, as the package words it
    interaction = models.CharField(max_length=32, blank=True)  # "choice", "fill-in", …
    happened_at = models.DateTimeField()  # as the browser says, never later than stored_at
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "uuid"], name="h5p_statement_once"),
            models.CheckConstraint(
                condition=Q(raw=None) | Q(maximum=None) | Q(raw__gte=0, raw__lte=models.F("maximum")),
                name="h5p_statement_raw_within_maximum",
            ),
        ]
        indexes = [models.Index(fields=["package", "context", "person"], name="h5p_statement_place")]

    def __str__(self) -> str:
        return f"{self.verb} {self.context}"


class Preview(models.Model):
    """What an author is writing and looks at; one per person and place, renewed by each look."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    context = models.CharField(max_length=255)
    main_library = models.ForeignKey(Library, models.CASCADE, related_name="+")
    libraries = models.JSONField()  # primary keys of libraries in the order of loading
    params = models.JSONField()  # cleaned
    files = models.JSONField(default=list)  # as Package.files
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=16, blank=True)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "context"], name="h5p_preview_once_per_place")
        ]

    def __str__(self) -> str:
        return self.title
