"""Organisations as a tree with dates, and who signed which staff list."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.shared.fields import TextLine


class OrganisationKind(models.TextChoices):
    STATE = "state", _("State")  # the root
    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL = "ministerial", _("Ministerial-level agency")
    GOVERNMENT = "government", _("Government agency")
    PROVINCE = "province", _("Province or centrally run city")
    COMMUNE = "commune", _("Commune, ward or special zone")
    PRESS = "press", _("Press agency")
    UNIT = "unit", _("Organisational unit")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_force_on(self, day: date) -> "OrganisationQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def under(self, top: "Organisation") -> "OrganisationQuerySet":
        """`top` itself and everything below it."""
        return self.filter(path__startswith=top.path)


class Organisation(models.Model):
    """A body at one place in the tree. `valid_from` and `valid_to` are inclusive days.

    A merger closes the old rows and links them to the new one by `Succession`; a new name for the
    same body is an `OrganisationName`. `path` is "/1/23/456/": the ids from the root down.
    """

    code = models.CharField(max_length=32, unique=True)  # "province-14", "commune-03646"
    kind = models.CharField(max_length=16, choices=OrganisationKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    name = TextLine(max_length=200)  # today's Vietnamese name with its designation: "Tỉnh Sơn La"
    name_en = TextLine(max_length=200, blank=True)
    short_name = TextLine(max_length=100, blank=True)  # "Sơn La"
    label = models.CharField(max_length=8, blank=True)  # three letters for the tile map: "SLA"
    search_key = models.CharField(max_length=300, db_index=True)
    nso_code = models.CharField(max_length=8, blank=True, db_index=True)  # Statistics Office code
    counts_for_b70 = models.BooleanField(default=True)  # press agencies: a decision, brief 1.3-f
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name a body bore before: Tỉnh Đồng Nai until 29/04/2026."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="earlier_names")
    name = TextLine(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="organisation_name_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One body went into another on a day: Hà Giang into Tuyên Quang on 01/07/2025."""

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="origins")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once_per_pair"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_is_to_another_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class RosterSignOff(models.Model):
    """An organisation's statement that its staff list was complete on a day. Append-only."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sign_offs")
    signed_on = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number_of_people = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "signed_on"], name="sign_off_latest")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.signed_on}"
