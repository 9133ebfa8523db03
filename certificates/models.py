"""Certificates and the register they are entered in."""

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Evidence(models.TextChoices):
    PLATFORM = "platform", _("Earned on the platform")
    EXTERNAL = "external", _("External, attested with a document")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid_at(self, moment: datetime) -> "CertificateQuerySet":
        unexpired = Q(expires_at=None) | Q(expires_at__gt=moment)
        not_revoked = Q(revoked_at=None) | Q(revoked_at__gt=moment)
        not_superseded = Q(superseded_at=None) | Q(superseded_at__gt=moment)
        return self.filter(unexpired, not_revoked, not_superseded, issued_at__lte=moment)

    def current(self) -> "CertificateQuerySet":
        """Neither revoked nor replaced; at most one per person and programme."""
        return self.filter(revoked_at=None, superseded_at=None)


class Certificate(models.Model):
    """A statement that a person finished a programme.

    `facts` freezes everything printed; it never changes, because paper is checked for years. A
    mistake is put right by revoking this one and issuing another in the next cycle. Triggers hold
    this: rows are never deleted, and only the file, the revocation and the replacement are added.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    programme = models.ForeignKey("courses.Programme", models.PROTECT, related_name="certificates")
    cycle = models.PositiveSmallIntegerField(default=1)
    serial = models.CharField(max_length=32, unique=True)  # "LT-2026-000042", from the register
    code = models.CharField(max_length=16, unique=True)  # public, random, with a check character
    level = models.CharField(max_length=16)
    components = models.JSONField()
    covers_st = models.BooleanField()
    covers_dc = models.BooleanField()
    evidence = models.CharField(max_length=16, choices=Evidence.choices, default=Evidence.PLATFORM)
    identity_level = models.CharField(max_length=8)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, related_name="+"
    )  # where the holder served when it was issued
    facts = models.JSONField()
    issued_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    revocation_reason = models.CharField(max_length=500, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    pdf = models.CharField(max_length=200, blank=True)  # name in the default storage
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(null=True, blank=True)  # bytes

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "cycle"],
                name="certificate_once_per_person_programme_and_cycle",
            ),
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=Q(revoked_at=None, superseded_at=None),
                name="certificate_one_current_per_person_and_programme",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("issued_at")),
                name="certificate_expires_after_it_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="certificate_revoked_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    def status_at(self, moment: datetime) -> Literal["valid", "expired", "revoked", "superseded"]:
        if self.revoked_at:
            return "revoked"
        if self.superseded_at:
            return "superseded"
        return "expired" if self.expires_at and self.expires_at <= moment else "valid"


class Register(models.Model):
    """One numbered book a year. Its row is the lock under which the next number is taken."""

    book = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "year"], name="register_one_book_a_year")]

    def __str__(self) -> str:
        return f"{self.book}-{self.year}"


class EntryKind(models.TextChoices):
    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")


class RegisterEntry(models.Model):
    """A line in the register. Append-only; numbers have no gaps because they share the transaction."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_entry_number_once"),
            models.UniqueConstraint(fields=["certificate", "kind"], name="register_entry_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.number}"
