"""Review: who sent which draft to whom, and what each person decided, with the reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.version import ChangeClass


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("Under review")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PUBLISHED = "published", _("Published")


OPEN_STATES = (ReviewState.WAITING, ReviewState.APPROVED)


class ReviewRequest(models.Model):
    """A draft sent for publishing. It holds for exactly this version: every later edit needs a new one.

    `base` is what learners saw when it was sent; `state` repeats what the last step says.
    """

    version = models.ForeignKey("courses.ModuleVersion", models.PROTECT, related_name="reviews")
    base = models.ForeignKey("courses.ModuleVersion", models.PROTECT, null=True, blank=True, related_name="+")
    change_class = models.CharField(max_length=8, choices=ChangeClass.choices)
    note = models.CharField(max_length=500)  # for colleagues and the history
    summary = models.CharField(max_length=1000, blank=True)  # for learners, when the law changed
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state__in=["waiting", "approved"]),
                name="review_one_open_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"

    @property
    def skips_expert(self) -> bool:
        """Wording goes from the author straight to the publisher: two persons instead of three."""
        return self.change_class == ChangeClass.TYPO

    @property
    def awaits_expert(self) -> bool:
        return self.state == ReviewState.WAITING and not self.skips_expert

    @property
    def awaits_publisher(self) -> bool:
        return self.state == ReviewState.APPROVED or (self.state == ReviewState.WAITING and self.skips_expert)


class ReviewStep(models.Model):
    """What somebody decided on a request, and why. Append-only."""

    class Kind(models.TextChoices):
        APPROVE = "approve", _("approved")
        RETURN = "return", _("returned")
        WITHDRAW = "withdraw", _("withdrew")
        PUBLISH = "publish", _("published")

    request = models.ForeignKey(ReviewRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=2000, blank=True)
    comments = models.JSONField(default=dict)  # usage key -> words

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
