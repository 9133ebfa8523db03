"""Who may read certificate records and who may take them out."""

from typing import Any

from lms.people.models import Role
from lms.people.permissions import has_role, may_see_all_figures


def may_read_records(actor: Any) -> bool:
    """HR officers read their part of the tree; the programme office and auditors read all."""
    return has_role(actor, Role.HR) or may_see_all_figures(actor)


def may_sign_rosters(actor: Any) -> bool:
    """Only HR answers for a staff list; administrators and the programme office do not."""
    return has_role(actor, Role.HR)
