"""Staff lists: numbers, warnings, the signature and who may give it."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.audit.models import AuditEvent
from lms.hr.queries.rosters import RosterChange, roster_change, rosters_of
from lms.people.actions.organisations import sign_off_roster
from lms.people.models import Organisation, Person, Role, RosterSignOff
from lms.shared import clock
from tests import make, make_hr
from tests.make_hr import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
ROSTER = reverse("hr:roster")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def province() -> Organisation:
    """With one commune of two people, one of them twice, and one person in the province itself."""
    province = make_hr.province()
    commune = make_hr.commune("Xã Mẫu", province)
    person = make_hr.staff("Lò Thị Bình", commune)
    make.assignment(person, province, is_primary=False)
    make.assignment(person, make.organisation("Tổ", "unit", parent=commune), is_primary=False)
    make_hr.staff("Hà Văn An", commune)
    make_hr.staff("Vàng A Chính", province)
    return province


@pytest.fixture
def officer(province: Organisation) -> Person:
    return make_hr.officer(province)


def words(response: Any) -> str:
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def sign_address(organisation: Organisation) -> str:
    return reverse("hr:sign_off", args=[organisation.code])


def test_rosters_count_people_once_with_all_below(officer: Person, province: Organisation) -> None:
    make_hr.commune("Phường Trống", province)
    make_hr.staff("Giàng Thị Khác", make_hr.province("Tỉnh Lào Cai"))
    rows = [(row.organisation.name, row.number_of_people, row.is_top) for row in rosters_of(officer)]
    assert rows == [("Tỉnh Sơn La", 3, True), ("Phường Trống", 0, False), ("Xã Mẫu", 2, False)]


@pytest.mark.parametrize(
    ("signed_on", "is_recent"), [(date(2026, 5, 21), True), (date(2026, 5, 20), False), (None, False)]
)
def test_list_is_recent_for_six_months(
    officer: Person, province: Organisation, signed_on: date | None, is_recent: bool
) -> None:
    if signed_on:
        sign_off_roster(organisation=province, by=officer, signed_on=signed_on)
    assert rosters_of(officer)[0].is_recent is is_recent
    status = "Signed" if is_recent else "Older than six months" if signed_on else "Never signed"
    assert status in words(signed_in(officer).get(ROSTER))


def test_change_since_the_last_signature(officer: Person, province: Organisation) -> None:
    assert roster_change(province) == RosterChange(3, 0, 0, None)
    leaving = make.person("Quàng Văn Đi")
    make.assignment(leaving, province, valid_to=date(2026, 10, 31))
    sign_off_roster(organisation=province, by=officer, signed_on=date(2026, 10, 1))
    for name in ("Tòng Thị Mới", "Tòng Văn Mới"):
        make_hr.staff(name, province, valid_from=date(2026, 11, 1))
    assert roster_change(province) == RosterChange(5, 2, 1, date(2026, 10, 1))


def test_signing_states_the_number_of_people(officer: Person, province: Organisation) -> None:
    client = signed_in(officer)
    assert "answer for the 3 people of Tỉnh Sơn La" in words(client.get(ROSTER))
    answer = client.post(sign_address(province), {"number": "3", "sure": "on"})
    row = RosterSignOff.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, ROSTER)
    assert (row.organisation, row.number_of_people, row.signed_by) == (province, 3, officer)
    assert (row.signed_on, AuditEvent.objects.get().kind) == (date(2026, 11, 21), "roster.signed_off")
    assert "3 Tỉnh Sơn La · 21/11/2026 · Hà Thị Nhân Sự" in words(client.get(ROSTER))


def test_one_body_below_can_be_signed_alone(officer: Person) -> None:
    commune = Organisation.objects.get(name="Xã Mẫu")
    client = signed_in(officer)
    assert "answer for the 2 people of Xã Mẫu" in words(client.get(ROSTER, {"body": commune.code}))
    client.post(sign_address(commune), {"number": "2", "sure": "on"})
    assert RosterSignOff.objects.get().organisation == commune


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"number": "3"}, "Confirm that you have compared the list"),
        ({"number": "2", "sure": "on"}, "It now holds 3 people."),
        ({"sure": "on"}, "Open this page again and sign what it shows."),
    ],
)
def test_signing_refuses_what_was_not_confirmed(
    officer: Person, province: Organisation, data: dict[str, str], sentence: str
) -> None:
    page = signed_in(officer).post(sign_address(province), data)
    assert (page.status_code, RosterSignOff.objects.count()) == (422, 0)
    assert sentence in words(page)
    assert 'name="number" value="3"' in page.content.decode()


def test_bodies_of_others_do_not_exist(officer: Person) -> None:
    other = make_hr.province("Tỉnh Lào Cai")
    client = signed_in(officer)
    answers = [
        client.get(ROSTER, {"body": other.code}),
        client.get(ROSTER, {"body": "nowhere"}),
        client.post(sign_address(other), {"number": "0", "sure": "on"}),
    ]
    assert ([answer.status_code for answer in answers], RosterSignOff.objects.count()) == ([404] * 3, 0)


@pytest.mark.parametrize("role", ["", Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_hr_signs(province: Organisation, role: str) -> None:
    person = make.person()
    if role:
        make.grant(person, role)
    client = signed_in(person)
    answers = [client.get(ROSTER), client.post(sign_address(province), {"number": "3", "sure": "on"})]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_signing_opened_as_an_address_leads_to_the_lists(officer: Person, province: Organisation) -> None:
    answer = signed_in(officer).get(sign_address(province))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ROSTER}?body={province.code}")


def test_queries_do_not_grow_with_bodies(officer: Person, province: Organisation) -> None:
    client, numbers = signed_in(officer), []
    for size in (1, 12):
        for number in range(size):
            commune = make_hr.commune(f"Xã Số {size} {number}", province)
            make_hr.staff("Lò Văn Mẫu", commune)
            sign_off_roster(organisation=commune, by=officer, signed_on=date(2026, 11, 1))
        client.get(ROSTER)
        with CaptureQueriesContext(connection) as queries:
            client.get(ROSTER)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 12
