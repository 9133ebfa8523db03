"""Who may issue, revoke and read certificates."""

from typing import Any

from lms.people.models import Role
from lms.people.permissions import has_role


def may_issue_certificates(actor: Any) -> bool:
    """The platform itself, by its rules, and the programme office."""
    return has_role(actor, Role.OFFICE)


def may_revoke_certificates(actor: Any) -> bool:
    """The programme office and administrators."""
    return has_role(actor, Role.OFFICE)
