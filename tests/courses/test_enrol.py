"""Enrolling by duty and by choice, and the sentence that says why."""

from datetime import UTC, date, datetime

import pytest

from courses.actions.enrol import enrol_by_choice, enrol_by_duty
from courses.models import Enrolment, Programme
from courses.queries.enrolment import current_enrolments, reason_for
from lms.audit.models import AuditEvent
from lms.people.models import Assignment, Person
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def grassroots() -> Programme:
    return make_courses.programme(code="G", duty="GRASS")


@pytest.fixture
def officer() -> Person:
    province = make.organisation()
    commune = make.organisation("Xã Mẫu", "commune", parent=province)
    return make.assignment(make.person(), commune).person


def test_enrol_by_duty_follows_the_staff_record_once(grassroots: Programme, officer: Person) -> None:
    made = enrol_by_duty(person=officer, by=SYSTEM)

    assert [(row.programme, row.rule, row.assignment) for row in made] == [
        (grassroots, "duty", Assignment.objects.get())
    ]
    assert enrol_by_duty(person=officer, by=officer) == []
    assert [event.kind for event in AuditEvent.objects.all()] == ["enrolment.started"]


def test_enrol_by_duty_without_a_duty_is_nothing(grassroots: Programme) -> None:
    assert enrol_by_duty(person=make.person(), by=SYSTEM) == []


def test_enrol_by_duty_ends_the_place_of_a_duty_that_ended(grassroots: Programme, officer: Person) -> None:
    enrol_by_duty(person=officer, by=SYSTEM)
    Assignment.objects.update(valid_to=date(2025, 8, 1))

    enrol_by_duty(person=officer, by=SYSTEM)

    assert Enrolment.objects.get().ended_at is not None
    assert not current_enrolments(officer).exists()


def test_signing_in_enrols(grassroots: Programme, officer: Person, client: object) -> None:
    from django.contrib.auth.signals import user_logged_in

    user_logged_in.send(sender=Person, user=officer, request=None)

    assert current_enrolments(officer).get().programme == grassroots


def test_enrol_by_choice_once(grassroots: Programme) -> None:
    person = make.person()

    first, second = (enrol_by_choice(person=person, programme=grassroots, by=person) for _ in range(2))

    assert (first, first.rule) == (second, "chosen")


def test_enrol_by_choice_refuses_a_closed_programme() -> None:
    person = make.person()
    with pytest.raises(Refused) as refusal:
        enrol_by_choice(person=person, programme=make_courses.programme(is_open=False), by=person)

    assert refusal.value.code == "not-open"


def test_nobody_enrols_somebody_else(grassroots: Programme) -> None:
    person, stranger = make.person(), make.person()
    codes = []
    for attempt in (
        lambda: enrol_by_duty(person=person, by=stranger),
        lambda: enrol_by_choice(person=person, programme=grassroots, by=stranger),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        codes.append(refusal.value.code)

    assert codes == ["not-allowed", "not-allowed"]


def test_reason_names_the_duty_and_the_place(grassroots: Programme, officer: Person) -> None:
    enrol_by_duty(person=officer, by=SYSTEM)

    reason = reason_for(current_enrolments(officer).get())

    assert "xã Mẫu, tỉnh Sơn La" in reason
    assert "01/07/2025" in reason


def test_reason_survives_a_corrected_staff_record(grassroots: Programme, officer: Person) -> None:
    enrol_by_duty(person=officer, by=SYSTEM)
    old = Assignment.objects.get()
    Assignment.objects.update(retracted_at=old.recorded_at)
    make.assignment(officer, make.organisation("Xã Mới", "commune"), valid_from=date(2026, 1, 1))

    assert "xã Mới" in reason_for(current_enrolments(officer).get())


def test_reason_of_a_choice_names_the_day_in_viet_nam(grassroots: Programme) -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 06:30 on the 22nd
    chosen = make_courses.enrolment(make.person(), grassroots, enrolled_at=late)

    assert "22/11/2026" in reason_for(chosen)
