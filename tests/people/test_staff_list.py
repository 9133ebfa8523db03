from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lms.audit.models import AuditEvent
from lms.people.actions.staff_list import Listed, ListedDuty, add_staff
from lms.people.models import Duty, DutyType, Organisation, Person
from lms.people.queries import matching, people_managed_by, people_visible_to, staff_of
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_people import commune, hr_officer, province

pytestmark = pytest.mark.django_db

BEGIN = date(2025, 8, 1)


def listed(number: int, body: Organisation, **fields: object) -> Listed:
    duty = ListedDuty(body, Duty.GRASS, DutyType.CONCURRENT, BEGIN)
    return Listed(f"nv{number}", f"Vì Thị Số {number}", (duty,), **fields)  # type: ignore[arg-type]


def test_add_staff_registers_the_new_ones_only() -> None:
    body = commune()
    assert add_staff(staff=[listed(1, body)], by=SYSTEM) == 1
    assert add_staff(staff=[listed(1, body), listed(2, body)], by=SYSTEM) == 1
    assert [row.person.username for row in staff_of(body)] == ["nv1", "nv2"]
    person = Person.objects.get(username="nv1")
    assert not person.has_usable_password()
    assert list(matching(Person.objects.all(), "vi so 1")) == [person]
    assert AuditEvent.objects.count() == 2


def test_add_staff_by_hr_within_the_scope_only() -> None:
    top = province()
    officer = hr_officer(top)
    add_staff(staff=[listed(1, commune(of=top))], by=officer)
    with pytest.raises(Refused) as refusal:
        add_staff(staff=[listed(2, commune(of=top)), listed(3, commune("Xã Xa"))], by=officer)
    assert refusal.value.code == "not-allowed"
    assert not Person.objects.filter(username="nv2").exists()


def test_add_staff_is_stopped_by_a_personal_id_that_is_taken() -> None:
    body = commune()
    rows = [listed(n, body, personal_id_hash="x", personal_id_last4="1234") for n in (1, 2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        add_staff(staff=rows, by=SYSTEM)
    assert not Person.objects.exists()


def test_people_are_visible_by_role() -> None:
    top = province()
    officer = hr_officer(top)
    add_staff(staff=[listed(1, commune(of=top)), listed(2, commune("Xã Xa"))], by=SYSTEM)
    near, far = Person.objects.get(username="nv1"), Person.objects.get(username="nv2")
    auditor = make.person()
    make.grant(auditor, "auditor")
    assert set(people_managed_by(officer)) == {near}
    assert set(people_visible_to(officer)) == {officer, near}
    assert set(people_visible_to(far)) == {far}
    assert set(people_visible_to(auditor)) == {officer, near, far, auditor}
    assert not people_managed_by(None).exists()
