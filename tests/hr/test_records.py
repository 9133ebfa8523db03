"""The page of certificate records: who sees whose, filters, order, cost."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.hr.models import RecordStatus
from lms.hr.queries.records import RecordFilters, as_records, record_rows
from lms.people.models import Organisation, Person, Role
from lms.shared import clock
from tests import make, make_hr
from tests.make_hr import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
RECORDS = reverse("hr:records")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def province() -> Organisation:
    return make_hr.province()


def names(actor: Person, **filters: Any) -> list[str]:
    rows = record_rows(actor, RecordFilters(**filters), at=NOW)
    return [record.full_name for record in as_records(rows, at=NOW)]


def words(response: Any) -> str:
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_records_of_own_subtree_only(province: Organisation) -> None:
    programme, other = make_hr.programme(), make_hr.province("Tỉnh Lào Cai")
    for name, unit in (
        ("Lò Thị Bình", make_hr.commune("Xã Mẫu", province)),
        ("Vàng A Chính", other),
        ("Hà Văn An", province),
    ):
        make_hr.certificate(make_hr.staff(name, unit), programme)
    assert names(make_hr.officer(province)) == ["Hà Văn An", "Lò Thị Bình"]
    page = signed_in(make_hr.officer(province)).get(RECORDS)
    assert (page.status_code, "Lò Thị Bình" in words(page), "Vàng A Chính" in words(page)) == (
        200,
        True,
        False,
    )


def test_units_of_other_provinces_do_not_exist(province: Organisation) -> None:
    other = make_hr.province("Tỉnh Lào Cai")
    make_hr.certificate(make_hr.staff("Vàng A Chính", other), make_hr.programme())
    officer = make_hr.officer(province)
    assert names(officer, unit=other.code) == []
    assert "Lào Cai" not in words(signed_in(officer).get(RECORDS, {"unit": other.code}))


def test_bodies_below_the_chosen_one_can_be_chosen(province: Organisation) -> None:
    commune = make_hr.commune("Xã Mẫu", province)
    reader = make.person()
    make.grant(reader, Role.AUDITOR)
    pages = [signed_in(reader).get(RECORDS, {"unit": code}) for code in ("", province.code, commune.code)]
    every, chosen = ("", "All units (1)"), (province.code, "Tỉnh Sơn La")
    assert [page.context["options"] for page in pages] == [
        [every, chosen],
        [every, chosen, (commune.code, "\u2003xã Mẫu")],
        [every, chosen, (commune.code, "Xã Mẫu")],
    ]
    assert f'<option value="{commune.code}" selected>Xã Mẫu</option>' in pages[2].content.decode()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_programme_office_and_auditors_read_all(province: Organisation, role: str) -> None:
    programme = make_hr.programme()
    make_hr.certificate(make_hr.staff("Vàng A Chính", make_hr.province("Tỉnh Lào Cai")), programme)
    make_hr.certificate(make_hr.staff("Lò Thị Bình", province), programme)
    reader = make.person()
    make.grant(reader, role)
    assert names(reader) == ["Lò Thị Bình", "Vàng A Chính"]
    assert names(reader, unit=province.code) == ["Lò Thị Bình"]
    assert "Lò Thị Bình Tỉnh Sơn La" in words(signed_in(reader).get(RECORDS))


def test_page_refuses_everybody_else(province: Organisation) -> None:
    learner, trainer = make_hr.staff("Lò Thị Bình", province), make.person()
    make.grant(trainer, Role.TRAINER)
    statuses = [signed_in(person).get(RECORDS).status_code for person in (learner, trainer)]
    assert (statuses, Client().get(RECORDS).status_code) == ([403, 403], 302)


def test_records_follow_a_transfer(province: Organisation) -> None:
    other = make_hr.province("Tỉnh Lào Cai")
    person = make.person("Lò Thị Bình")
    make.assignment(person, province, valid_to=date(2026, 9, 30))
    make.assignment(person, other, valid_from=date(2026, 10, 1))
    make_hr.certificate(person, make_hr.programme())
    assert (names(make_hr.officer(province)), names(make_hr.officer(other))) == ([], ["Lò Thị Bình"])


def test_records_count_the_main_duty_only(province: Organisation) -> None:
    other = make_hr.province("Tỉnh Lào Cai")
    person = make_hr.staff("Lò Thị Bình", province)
    make.assignment(person, other, is_primary=False)
    only_aside = make_hr.staff("Vàng A Chính", other, is_primary=False)
    programme = make_hr.programme()
    for holder in (person, only_aside):
        make_hr.certificate(holder, programme)
    assert names(make_hr.officer(other)) == ["Vàng A Chính"]


def test_order_is_vietnamese_by_given_name(province: Organisation) -> None:
    programme = make_hr.programme()
    for name in ("Lê Văn Ơn", "Trần Thị Đào", "Hà Văn Ân", "Lò Thị Dương", "Bùi Văn An"):
        make_hr.certificate(make_hr.staff(name, province), programme)
    assert names(make_hr.officer(province)) == [
        "Bùi Văn An", "Hà Văn Ân", "Lò Thị Dương", "Trần Thị Đào", "Lê Văn Ơn",
    ]  # fmt: skip


def test_search_ignores_accents_and_finds_serials(province: Organisation) -> None:
    programme = make_hr.programme()
    row = make_hr.certificate(make_hr.staff("Đỗ Thị Hường", province), programme)
    make_hr.certificate(make_hr.staff("Hà Văn An", province), programme)
    officer = make_hr.officer(province)
    assert [names(officer, text=text) for text in ("do huong", "HƯỜNG", row.serial, "khong-co")] == [
        ["Đỗ Thị Hường"], ["Đỗ Thị Hường"], ["Đỗ Thị Hường"], [],
    ]  # fmt: skip


def test_filters_by_unit_track_and_days(province: Organisation) -> None:
    commune, ward = make_hr.commune("Xã Mẫu", province), make_hr.commune("Phường Mẫu", province)
    make_hr.certificate(make_hr.staff("Hà Văn An", commune), make_hr.programme("G"), days_old=40)
    make_hr.certificate(make_hr.staff("Lò Thị Bình", ward), make_hr.programme("P"), days_old=2)
    officer = make_hr.officer(province)
    assert names(officer, unit=commune.code) == ["Hà Văn An"]
    assert names(officer, track="P") == ["Lò Thị Bình"]
    assert names(officer, issued_from=date(2026, 11, 19)) == ["Lò Thị Bình"]
    assert names(officer, issued_from=date(2026, 11, 20)) == []
    assert names(officer, issued_to=date(2026, 10, 12)) == ["Hà Văn An"]


def test_filter_by_status(province: Organisation) -> None:
    programme, day = make_hr.programme(), timedelta(days=1)
    fields: dict[str, dict[str, Any]] = {
        "valid": {"expires_at": NOW + day},
        "expired": {"expires_at": NOW - day},
        "revoked": {"revoked_at": NOW - day, "revoked_by": "x", "superseded_at": NOW - day},
        "superseded": {"superseded_at": NOW - day},
    }
    for name, values in fields.items():
        row = make_hr.certificate(make_hr.staff(name, province), programme, **values)
        assert row.status_at(NOW) == name
    make_hr.staff("none", province)
    officer = make_hr.officer(province)
    assert {status: names(officer, status=status) for status in RecordStatus.values} == {
        status: [status] for status in RecordStatus.values
    }


def test_nobody_without_a_certificate_of_the_track_for_another_duty(province: Organisation) -> None:
    holder = make_hr.staff("Hà Văn An", province, duty="COMM")
    make_hr.certificate(holder, make_hr.programme("G"))
    make_hr.staff("Lò Thị Bình", province, duty="GRASS")
    make_hr.programme("P")
    officer = make_hr.officer(province)
    assert names(officer, status="none", track="P") == ["Hà Văn An"]
    assert names(officer, status="none", track="G") == ["Lò Thị Bình"]
    assert names(officer, status="none", text="binh") == ["Lò Thị Bình"]


def test_people_without_certificates_are_listed(province: Organisation) -> None:
    make_hr.staff("Lò Thị Bình", province)
    page = signed_in(make_hr.officer(province)).get(RECORDS, {"status": "none"})
    assert "Lò Thị Bình Tỉnh Sơn La – – – – No certificate yet –" in words(page)


def test_filters_are_shown_and_removable(province: Organisation) -> None:
    make_hr.certificate(make_hr.staff("Lò Thị Bình", province), make_hr.programme())
    query = {"text": "binh", "status": "valid", "issued_from": "01/10/2026", "page": "1", "x": "y"}
    page = signed_in(make_hr.officer(province)).get(RECORDS, query)
    chips = {chip.label: (chip.value, chip.url) for chip in page.context["chips"]}
    assert chips == {
        "Name or serial number": ("binh", f"{RECORDS}?status=valid&issued_from=01%2F10%2F2026"),
        "Status": ("Valid", f"{RECORDS}?text=binh&issued_from=01%2F10%2F2026"),
        "Issued from": ("01/10/2026", f"{RECORDS}?text=binh&status=valid"),
    }


@pytest.mark.parametrize(
    "query", [{"issued_from": "32/13/2026"}, {"status": "lost"}, {"track": "X"}, {"page": "999"}]
)
def test_odd_queries_still_answer(province: Organisation, query: dict[str, str]) -> None:
    make_hr.certificate(make_hr.staff("Lò Thị Bình", province), make_hr.programme())
    page = signed_in(make_hr.officer(province)).get(RECORDS, query)
    assert (page.status_code, "Lò Thị Bình" in words(page)) == (200, True)


def test_empty_states(province: Organisation) -> None:
    client = signed_in(make_hr.officer(province))
    assert "No certificates yet" in words(client.get(RECORDS))
    assert "No record fits these filters" in words(client.get(RECORDS, {"text": "x"}))


def test_pages_hold_fifty(province: Organisation) -> None:
    programme = make_hr.programme()
    for number in range(51):
        make_hr.certificate(make_hr.staff(f"Lò Văn Mẫu {number}", province), programme)
    client = signed_in(make_hr.officer(province))
    pages = [client.get(RECORDS, {"page": page}) for page in (1, 2)]
    assert [len(page.context["lines"]) for page in pages] == [50, 1]
    assert "51 records" in words(pages[0])


@pytest.mark.parametrize("query", [{}, {"text": "mau"}, {"unit": "commune"}, {"status": "none"}])
def test_queries_do_not_grow_with_rows(province: Organisation, query: dict[str, str]) -> None:
    programme, officer = make_hr.programme(), make_hr.officer(province)
    commune = make_hr.commune("Xã Mẫu", province)
    query = {"unit": commune.code} if "unit" in query else query
    numbers = []
    for size in (2, 40):
        for number in range(size):
            make_hr.staff(f"Hà Văn Mẫu {number}", commune)
            make_hr.certificate(make_hr.staff(f"Lò Văn Mẫu {number}", commune), programme)
        client = signed_in(officer)
        client.get(RECORDS)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(RECORDS, query)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 8
