"""Who may. Every other app asks here."""

from typing import Any

from lms.people.models import Assignment, Organisation, Person, Role, RoleGrant
from lms.shared import clock
from lms.shared.actors import System


def grants_of(person: Person) -> list[RoleGrant]:
    """The roles a person holds now, fetched once per request and person object."""
    cached: list[RoleGrant] | None = getattr(person, "_grants", None)
    if cached is None:
        cached = list(
            RoleGrant.objects.filter(person=person, revoked_at=None).select_related("scope__parent")
        )
        person._grants = cached  # type: ignore[attr-defined]
    return cached


def forget_grants(person: Person) -> None:
    """Drop the fetched roles after a grant or a revocation."""
    person.__dict__.pop("_grants", None)


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


def holds(actor: Any, role: str) -> bool:
    """Was `actor` herself granted `role`? Administrators do not stand in for it, nor does the system."""
    if not isinstance(actor, Person) or not actor.is_active:
        return False
    return any(grant.role == role for grant in grants_of(actor))


def may_author(actor: Any) -> bool:
    """Write modules."""
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


def may_manage_person(actor: Any, person: Person) -> bool:
    """HR of an organisation where the person holds a duty now, or an administrator."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, Person) or not actor.is_active:
        return False
    if has_role(actor, Role.ADMINISTRATOR):
        return True
    scopes = hr_scopes(actor)
    if not scopes:
        return False
    duties = Assignment.objects.in_force_on(clock.today()).filter(person=person)
    return any(
        path.startswith(scope.path)
        for path in duties.values_list("organisation__path", flat=True)
        for scope in scopes
    )


def may_manage_account(actor: Any, person: Person) -> bool:
    """Address and access. Who holds a role is out of HR's reach: a new address would open the account."""
    if grants_of(person) or person.is_staff:
        return may_grant_roles(actor)
    return may_manage_person(actor, person)


def may_register_people(actor: Any) -> bool:
    """HR officers register their staff; the programme office may, too."""
    return has_role(actor, Role.HR) or has_role(actor, Role.OFFICE)


def may_grant_roles(actor: Any) -> bool:
    return has_role(actor, Role.ADMINISTRATOR)


def may_change_organisations(actor: Any) -> bool:
    """The tree is national: nobody changes only a part of it."""
    return has_role(actor, Role.OFFICE)
