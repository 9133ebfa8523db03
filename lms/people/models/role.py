"""What somebody may do here beside learning."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.organisation import Organisation


class Role(models.TextChoices):
    """Everybody is a learner; these are granted."""

    TRAINER = "trainer", _("Trainer")
    REVIEWER = "reviewer", _("Reviewer")
    HR = "hr", _("HR officer")
    OFFICE = "office", _("Programme office")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    LIBRARY_MANAGER = "librarian", _("H5P library manager")


class RoleGrant(models.Model):
    """A role given to a person, for HR within one organisation and all below it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    scope = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(revoked_at=None, scope__isnull=False),
                name="role_grant_once_per_scope",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(revoked_at=None, scope=None),
                name="role_grant_once_without_scope",
            ),
            models.CheckConstraint(
                condition=~Q(role="hr") | Q(scope__isnull=False), name="role_grant_hr_has_a_scope"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("granted_at")),
                name="role_grant_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope or ''}"
