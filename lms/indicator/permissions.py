"""Who may see which part of the figures. The public page needs no permission."""

from typing import Any

from lms.people.models import Organisation, Role
from lms.people.permissions import has_role, may_manage_staff_of, may_see_all_figures


def may_see_details_of(actor: Any, organisation: Organisation) -> bool:
    """Figures below a body, small cells too: programme office, auditors, HR of it or above."""
    return may_see_all_figures(actor) or may_manage_staff_of(actor, organisation)


def may_see_people_of(actor: Any, organisation: Organisation) -> bool:
    """Names with the rule that counts or fails. Auditors see the same lines under pseudonyms."""
    return may_see_details_of(actor, organisation)


def may_see_names_of(actor: Any, organisation: Organisation) -> bool:
    """The people's names: programme office and HR of the organisation or above it."""
    return has_role(actor, Role.OFFICE) or may_manage_staff_of(actor, organisation)


def may_take_snapshots(actor: Any) -> bool:
    return has_role(actor, Role.OFFICE)


def may_see_snapshots(actor: Any) -> bool:
    return may_see_all_figures(actor)
