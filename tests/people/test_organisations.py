from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lms.audit.models import AuditEvent
from lms.people.actions.organisations import (
    create_organisation,
    merge_organisations,
    rename_organisation,
    sign_off_roster,
)
from lms.people.models import Duty, Organisation, OrganisationName, Role, RosterSignOff, Succession
from lms.people.queries import (
    name_on,
    organisations_matching,
    organisations_on,
    predecessors_of,
    successors_of,
)
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_people import commune, hr_officer, province

pytestmark = pytest.mark.django_db

MERGER = date(2026, 1, 1)


def create(code: str = "unit-1", parent: Organisation | None = None, **fields: object) -> Organisation:
    values = {"name": "Sở Mẫu", "kind": "unit", "valid_from": date(2025, 7, 1), "by": SYSTEM}
    return create_organisation(code=code, parent=parent, **(values | fields))  # type: ignore[arg-type]


def test_create_organisation_hangs_it_below_its_parent() -> None:
    top = province()
    unit = create(parent=top)
    assert unit.path == f"{top.path}{unit.pk}/"
    assert list(Organisation.objects.under(top)) == [top, unit]


def test_create_organisation_by_the_programme_office_only() -> None:
    office = make.person()
    make.grant(office, Role.OFFICE)
    assert create(by=office).name == "Sở Mẫu"
    with pytest.raises(Refused) as refusal:
        create("unit-2", by=hr_officer(province()))
    assert refusal.value.code == "not-allowed"


@pytest.mark.parametrize(("fields", "code"), [({"kind": "club"}, "unknown-kind"), ({}, "code-taken")])
def test_create_organisation_refuses(fields: dict[str, object], code: str) -> None:
    create()
    with pytest.raises(Refused) as refusal:
        create(**fields)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_rename_organisation_keeps_the_earlier_names_with_their_days() -> None:
    body = make.organisation("Tỉnh Đồng Nai")
    rename_organisation(organisation=body, name="Thành phố Đồng Nai", on=date(2026, 4, 30), by=SYSTEM)
    assert name_on(body, date(2026, 4, 29)) == "Tỉnh Đồng Nai"
    assert name_on(body, date(2026, 4, 30)) == "Thành phố Đồng Nai"
    assert list(organisations_matching("thanh pho dong nai")) == [body]


@pytest.mark.parametrize("on", [date(2025, 7, 1), date(2026, 4, 30)])
def test_rename_organisation_refuses_a_name_before_the_present_one(on: date) -> None:
    body = make.organisation("Tỉnh Đồng Nai")
    rename_organisation(organisation=body, name="Thành phố Đồng Nai", on=date(2026, 4, 30), by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        rename_organisation(organisation=body, name="Khác", on=on, by=SYSTEM)
    assert refusal.value.code == "name-too-early"


def test_merge_organisations_closes_the_old_ones_and_links_them() -> None:
    one, two, new = commune("Xã Một"), commune("Xã Hai"), commune("Xã Mới")
    merge_organisations(predecessors=[one, two], successor=new, on=MERGER, by=SYSTEM)
    assert list(successors_of(one)) == [new]
    assert set(predecessors_of(new)) == {one, two}
    last = MERGER - timedelta(days=1)
    assert one in organisations_on(last, kind="commune")
    assert list(organisations_on(MERGER, kind="commune")) == [new]


def test_merge_organisations_refuses_itself_closed_ones_and_others() -> None:
    one, new = commune("Xã Một"), commune("Xã Mới")
    merge_organisations(predecessors=[one], successor=new, on=MERGER, by=SYSTEM)
    for body, by, code in (
        (new, SYSTEM, "cannot-merge"),
        (one, SYSTEM, "cannot-merge"),
        (one, make.person(), "not-allowed"),
    ):
        with pytest.raises(Refused) as refusal:
            merge_organisations(predecessors=[body], successor=new, on=MERGER, by=by)
        assert refusal.value.code == code


def test_rename_organisation_refuses_others() -> None:
    with pytest.raises(Refused) as refusal:
        rename_organisation(organisation=province(), name="Khác", on=MERGER, by=make.person())
    assert refusal.value.code == "not-allowed"


def test_sign_off_roster_counts_each_person_once() -> None:
    top = province()
    body, officer = commune(of=top), hr_officer(top)
    person = make.person()
    make.assignment(person, body)
    make.assignment(person, body, Duty.FOREIGN, is_primary=False)
    make.assignment(make.person(), commune("Xã Xa"))
    sign_off = sign_off_roster(organisation=top, by=officer)
    assert (sign_off.number_of_people, sign_off.signed_on) == (1, clock.today())
    assert [event.kind for event in AuditEvent.objects.all()] == ["roster.signed_off"]


def test_sign_off_roster_refuses_the_future_and_other_provinces() -> None:
    top = province()
    tomorrow = clock.today() + timedelta(days=1)
    for officer, day, code in (
        (hr_officer(top), tomorrow, "future"),
        (hr_officer(province("Tỉnh Lào Cai")), None, "not-allowed"),
    ):
        with pytest.raises(Refused) as refusal:
            sign_off_roster(organisation=top, by=officer, signed_on=day)
        assert refusal.value.code == code


def test_sign_offs_cannot_be_changed() -> None:
    top = province()
    sign_off = sign_off_roster(organisation=top, by=hr_officer(top))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RosterSignOff.objects.filter(pk=sign_off.pk).update(number_of_people=70)


def test_organisation_ends_after_it_begins() -> None:
    with pytest.raises(IntegrityError, match="organisation_ends_after_it_begins"), transaction.atomic():
        make.organisation(valid_to=date(2025, 6, 30))


def test_organisation_code_is_unique() -> None:
    make.organisation(code="province-14")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.organisation(code="province-14")


def test_organisation_name_ends_after_it_begins() -> None:
    with pytest.raises(IntegrityError, match="organisation_name_ends_after"), transaction.atomic():
        OrganisationName.objects.create(
            organisation=province(), name="Cũ", valid_from=MERGER, valid_to=date(2025, 1, 1)
        )


def test_succession_is_to_another_body_and_once() -> None:
    one, two = commune("Xã Một"), commune("Xã Hai")
    with pytest.raises(IntegrityError, match="succession_is_to_another_body"), transaction.atomic():
        Succession.objects.create(predecessor=one, successor=one, on=MERGER)
    Succession.objects.create(predecessor=one, successor=two, on=MERGER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=one, successor=two, on=MERGER)


def test_sort_key_has_the_same_order_in_the_database() -> None:
    from lms.people.models import Person

    names = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mă", "Na", "Đa", "Da", "Ơ", "O", "Ô"]
    for name in names:
        make.person(name)
    ordered = Person.objects.order_by("sort_key").values_list("full_name", flat=True)
    assert list(ordered) == ["Da", "Đa", "Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mă", "Na", "O", "Ô", "Ơ"]
    assert connection.vendor in {"sqlite", "postgresql"}
