"""Who may. Every other app asks here."""

from typing import Any

from lms.people.models import Organisation, Person, Role, RoleGrant
from lms.shared.actors import System


def grants_of(person: Person) -> list[RoleGrant]:
    """The roles a person holds now, fetched once per request and person object."""
    cached: list[RoleGrant] | None = getattr(person, "_grants", None)
    if cached is None:
        cached = list(RoleGrant.objects.filter(person=person, revoked_at=None).select_related("scope"))
        person._grants = cached  # type: ignore[attr-defined]
    return cached


def hr_scopes(person: Person) -> list[Organisation]:
    """The organisations whose staff a person manages; each includes all below it."""
    return [g.scope for g in grants_of(person) if g.role == "hr" and g.scope is not None]


def has_role(actor: Any, *roles: str) -> bool:
    """Does `actor` hold one of `roles`? The system holds all, an administrator holds all but HR."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, Person) or not actor.is_active:
        return False
    held = {grant.role for grant in grants_of(actor)}
    return bool(held & set(roles)) or (Role.ADMINISTRATOR in held and set(roles) != {Role.HR})


def may_author(actor: Any) -> bool:
    """Write and publish modules."""
    return has_role(actor, Role.TRAINER)


def may_see_all_figures(actor: Any) -> bool:
    """Indicator details of every organisation."""
    return has_role(actor, Role.OFFICE, Role.AUDITOR)


def may_manage_staff_of(actor: Any, organisation: Organisation) -> bool:
    """HR of the organisation or of one above it."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, Person) or not actor.is_active:
        return False
    return any(organisation.path.startswith(scope.path) for scope in hr_scopes(actor))
