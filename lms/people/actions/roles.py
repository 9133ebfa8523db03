"""Giving and taking back roles."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import Organisation, Person, Role, RoleGrant
from lms.people.permissions import forget_grants, has_role, may_grant_roles
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def grant_role(*, person: Person, role: str, by: Actor, scope: Organisation | None = None) -> RoleGrant:
    """Give a role. Safe to repeat: the grant that is in force is returned."""
    if not may_grant_roles(by):
        raise Refused("not-allowed", _("Only an administrator grants roles."))
    if by.pk == person.pk:
        raise Refused("own-role", _("Nobody grants roles to themselves. Ask another administrator."))
    if role not in Role.values:
        raise Refused("unknown-role", _("Choose one of the roles offered."))
    if (role == Role.HR) != (scope is not None):
        raise Refused(
            "scope",
            _("An HR role needs the organisation it is for; the other roles are for the whole platform."),
        )
    in_force = RoleGrant.objects.filter(person=person, role=role, scope=scope, revoked_at=None)
    if grant := in_force.first():
        return grant
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                person=person, role=role, scope=scope, granted_by=by.audit_label, granted_at=clock.now()
            )
    except IntegrityError:  # somebody else granted it in the same moment
        return in_force.get()
    forget_grants(person)
    record("role.granted", person, by=by, role=role, scope=scope.code if scope else "")
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: Actor) -> RoleGrant:
    """Take a role back. Safe to repeat."""
    if not may_grant_roles(by):
        raise Refused("not-allowed", _("Only an administrator takes roles back."))
    now = clock.now()
    if RoleGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=now):
        grant.revoked_at = now
        forget_grants(grant.person)
        scope = grant.scope.code if grant.scope else ""
        record("role.revoked", grant.person, by=by, role=grant.role, scope=scope)
    return grant


@transaction.atomic
def open_admin_to(*, person: Person, by: Actor) -> Person:
    """Let an administrator into Django's admin, which only shows. Safe to repeat."""
    if not may_grant_roles(by):
        raise Refused("not-allowed", _("Only an administrator grants roles."))
    if not has_role(person, Role.ADMINISTRATOR):
        raise Refused("no-administrator", _("Grant the administrator's role first."))
    if not person.is_staff:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        record("person.admin_opened", person, by=by)
    return person
