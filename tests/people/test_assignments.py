from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lms.audit.models import AuditEvent
from lms.people.actions.assignments import assign_duty, correct_assignment, end_assignment
from lms.people.models import Assignment, Duty, DutyType, Organisation, Person
from lms.people.queries import primary_assignment
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_people import commune, hr_officer, province

pytestmark = pytest.mark.django_db

BEGIN = date(2025, 8, 1)


def assign(person: Person, organisation: Organisation, **fields: Any) -> Assignment:
    values: dict[str, Any] = {
        "duty": Duty.GRASS,
        "duty_type": DutyType.CONCURRENT,
        "valid_from": BEGIN,
        "by": SYSTEM,
    }
    return assign_duty(person=person, organisation=organisation, **(values | fields))


def test_assign_duty_by_hr_of_the_province() -> None:
    body, person = commune(), make.person()
    assert body.parent is not None
    assignment = assign(person, body, by=hr_officer(body.parent), title="Công chức văn hóa – xã hội")
    assert primary_assignment(person, on=BEGIN) == assignment
    assert primary_assignment(person, on=BEGIN - timedelta(days=1)) is None
    event = AuditEvent.objects.get()
    assert (event.kind, event.details["organisation"]) == ("assignment.created", body.code)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"duty": "RADIO"}, "unknown-duty"),
        ({"duty_type": "part-time"}, "unknown-duty"),
        ({"duty": Duty.COMM, "duty_type": DutyType.PROPAGANDIST}, "propagandist"),
        ({"valid_to": BEGIN - timedelta(days=1)}, "ends-before-begin"),
        ({"valid_from": date(2025, 6, 30)}, "organisation-closed"),
    ],
)
def test_assign_duty_refuses(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        assign(make.person(), commune(), **fields)
    assert refusal.value.code == code


def test_assign_duty_refuses_hr_of_another_province() -> None:
    with pytest.raises(Refused) as refusal:
        assign(make.person(), commune(), by=hr_officer(province("Tỉnh Lào Cai")))
    assert refusal.value.code == "not-allowed"


def test_assign_duty_refuses_a_second_main_duty_and_takes_an_additional_one() -> None:
    person, body = make.person(), commune()
    main = assign(person, body)
    with pytest.raises(Refused) as refusal:
        assign(person, body, duty=Duty.FOREIGN)
    assert refusal.value.code == "primary-exists"
    assign(person, body, duty=Duty.FOREIGN, is_primary=False)
    assert primary_assignment(person) == main


def test_assign_duty_refuses_the_same_duty_twice_also_in_a_closed_time() -> None:
    person, body = make.person(), commune()
    assign(person, body, valid_to=date(2025, 12, 31))
    with pytest.raises(Refused) as refusal:
        assign(person, body, valid_from=date(2025, 12, 31), is_primary=False)
    assert refusal.value.code == "duplicate"
    assign(person, body, valid_from=date(2026, 1, 1))


def test_end_assignment_keeps_what_was_known_before() -> None:
    person, body = make.person(), commune()
    known = assign(person, body)
    ended = end_assignment(assignment=known, on=date(2026, 3, 31), reason="transferred", by=SYSTEM)
    known.refresh_from_db()
    assert (known.valid_to, known.retracted_at) == (None, ended.recorded_at)
    assert primary_assignment(person, on=date(2026, 3, 31)) == ended
    assert primary_assignment(person, on=date(2026, 4, 1)) is None


@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [(date(2025, 7, 31), "retired", "ends-before-begin"), (date(2026, 1, 1), "bored", "unknown-reason")],
)
def test_end_assignment_refuses(on: date, reason: str, code: str) -> None:
    assignment = assign(make.person(), commune())
    with pytest.raises(Refused) as refusal:
        end_assignment(assignment=assignment, on=on, reason=reason, by=SYSTEM)
    assert refusal.value.code == code


def test_end_assignment_refuses_twice_and_from_an_old_page() -> None:
    assignment = assign(make.person(), commune())
    stale = Assignment.objects.get(pk=assignment.pk)
    ended = end_assignment(assignment=assignment, on=date(2026, 1, 1), reason="retired", by=SYSTEM)
    for row, code in ((ended, "ended-already"), (stale, "changed-meanwhile")):
        with pytest.raises(Refused) as refusal:
            end_assignment(assignment=row, on=date(2026, 2, 1), reason="retired", by=SYSTEM)
        assert refusal.value.code == code


def test_end_assignment_refuses_strangers() -> None:
    assignment = assign(make.person(), commune())
    with pytest.raises(Refused) as refusal:
        end_assignment(assignment=assignment, on=date(2026, 1, 1), reason="retired", by=make.person())
    assert refusal.value.code == "not-allowed"


def test_correct_assignment_writes_another_row() -> None:
    person = make.person()
    wrong = assign(person, commune(), duty_type=DutyType.DEDICATED)
    right = correct_assignment(assignment=wrong, duty_type=DutyType.CONCURRENT, by=SYSTEM)
    assert (right.duty_type, right.valid_from) == (DutyType.CONCURRENT, BEGIN)
    assert list(Assignment.objects.filter(retracted_at=None)) == [right]


def test_correct_assignment_refuses_strangers_and_clashes() -> None:
    person, body = make.person(), commune()
    assign(person, body)
    other = assign(person, body, duty=Duty.COMM, is_primary=False)
    for by, code in ((person, "not-allowed"), (SYSTEM, "duplicate")):
        with pytest.raises(Refused) as refusal:
            correct_assignment(assignment=other, duty=Duty.GRASS, by=by)
        assert refusal.value.code == code


def test_correct_assignment_changes_no_person() -> None:
    with pytest.raises(TypeError):
        correct_assignment(assignment=assign(make.person(), commune()), by=SYSTEM, person=make.person())


def test_assignment_one_open_primary_per_person() -> None:
    person, body = make.person(), commune()
    make.assignment(person, body)
    make.assignment(person, body, Duty.COMM, is_primary=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.assignment(person, body, Duty.COMM)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("assignment_ends_after_it_begins", {"valid_to": date(2025, 6, 30)}),
        ("assignment_with_an_end_reason_ends", {"end_reason": "retired"}),
        ("assignment_retracted_after_it_is_recorded", {"retracted_at": clock.end_of(date(2020, 1, 1))}),
    ],
)
def test_assignment_constraints(constraint: str, fields: dict[str, Any]) -> None:
    person, body = make.person(), commune()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make.assignment(person, body, **fields)
