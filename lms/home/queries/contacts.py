"""Whom to ask."""

from django.db.models import QuerySet
from django.db.models.functions import Length

from lms.people.models import Organisation, Role, RoleGrant

NUMBER_SHOWN = 3


def hr_officers_for(organisation: Organisation) -> QuerySet[RoleGrant]:
    """Who keeps the staff list an organisation is on, the nearest first, with the person and scope."""
    above = [int(part) for part in organisation.path.split("/") if part]
    grants = RoleGrant.objects.filter(
        role=Role.HR, revoked_at=None, scope__in=above, person__is_active=True
    ).select_related("person", "scope")
    return grants.order_by(Length("scope__path").desc(), "person__sort_key", "pk")[:NUMBER_SHOWN]
