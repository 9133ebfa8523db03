"""Who may read what joins all apps."""

from typing import Any

from lms.people.models import Role
from lms.people.permissions import has_role


def may_read_audit_trail(actor: Any) -> bool:
    """Auditors and administrators."""
    return has_role(actor, Role.AUDITOR)
