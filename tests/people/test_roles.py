from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.audit.models import AuditEvent
from lms.people.actions.roles import grant_role, open_admin_to, revoke_role
from lms.people.models import Role, RoleGrant
from lms.people.permissions import has_role, may_author, may_manage_staff_of, may_see_all_figures
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_people import administrator, commune, province

pytestmark = pytest.mark.django_db


def test_grant_role_once_however_often_it_is_asked() -> None:
    person, admin = make.person(), administrator()
    assert not has_role(person, Role.TRAINER)
    one = grant_role(person=person, role=Role.TRAINER, by=admin)
    other = grant_role(person=person, role=Role.TRAINER, by=admin)
    assert one == other
    assert may_author(person)
    assert [event.kind for event in AuditEvent.objects.all()] == ["role.granted"]


def test_revoke_role_takes_effect_at_once_and_can_be_granted_again() -> None:
    person = make.person()
    grant = grant_role(person=person, role=Role.AUDITOR, by=SYSTEM)
    assert may_see_all_figures(person)
    revoke_role(grant=grant, by=SYSTEM)
    revoke_role(grant=grant, by=SYSTEM)
    assert not may_see_all_figures(person)
    assert grant_role(person=person, role=Role.AUDITOR, by=SYSTEM) != grant
    assert AuditEvent.objects.count() == 3


def test_hr_role_reaches_down_but_not_aside() -> None:
    top, other = province(), province("Tỉnh Lào Cai")
    below, person = commune(of=top), make.person()
    grant_role(person=person, role=Role.HR, scope=top, by=SYSTEM)
    assert [may_manage_staff_of(person, body) for body in (top, below, other)] == [True, True, False]


@pytest.mark.parametrize(
    ("role", "scoped", "code"),
    [("trainer", True, "scope"), ("hr", False, "scope"), ("king", False, "unknown-role")],
)
def test_grant_role_refuses(role: str, scoped: bool, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        grant_role(person=make.person(), role=role, scope=province() if scoped else None, by=SYSTEM)
    assert refusal.value.code == code


def test_grant_role_refuses_others_and_oneself() -> None:
    admin, person = administrator(), make.person()
    make.grant(person, Role.OFFICE)
    for receiver, by, code in ((make.person(), person, "not-allowed"), (admin, admin, "own-role")):
        with pytest.raises(Refused) as refusal:
            grant_role(person=receiver, role=Role.TRAINER, by=by)
        assert refusal.value.code == code


def test_revoke_role_refuses_others() -> None:
    grant = make.grant(make.person())
    with pytest.raises(Refused) as refusal:
        revoke_role(grant=grant, by=grant.person)
    assert refusal.value.code == "not-allowed"


def test_inactive_people_hold_no_role() -> None:
    person = make.person(is_active=False)
    make.grant(person, Role.TRAINER)
    assert not has_role(person, Role.TRAINER)


def test_role_grant_once_without_scope() -> None:
    grant = make.grant(make.person())
    with pytest.raises(IntegrityError), transaction.atomic():
        make.grant(grant.person)


def test_role_grant_once_per_scope() -> None:
    person, scope = make.person(), province()
    make.grant(person, Role.HR, scope)
    make.grant(person, Role.HR, province("Tỉnh Lào Cai"))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.grant(person, Role.HR, scope)


def test_role_grant_hr_has_a_scope() -> None:
    with pytest.raises(IntegrityError, match="role_grant_hr_has_a_scope"), transaction.atomic():
        make.grant(make.person(), Role.HR)


def test_role_grant_ends_after_it_begins() -> None:
    grant = make.grant(make.person())
    with pytest.raises(IntegrityError, match="role_grant_ends_after_it_begins"), transaction.atomic():
        RoleGrant.objects.filter(pk=grant.pk).update(revoked_at=clock.now() - timedelta(days=1))


def test_open_admin_to_administrators_only() -> None:
    admin = administrator()
    open_admin_to(person=admin, by=SYSTEM)
    open_admin_to(person=admin, by=SYSTEM)
    assert (admin.is_staff, AuditEvent.objects.count()) == (True, 1)
    for person, by, code in (
        (make.person(), SYSTEM, "no-administrator"),
        (admin, make.person(), "not-allowed"),
    ):
        with pytest.raises(Refused) as refusal:
            open_admin_to(person=person, by=by)
        assert refusal.value.code == code
