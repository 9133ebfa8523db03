"""The pages: what everybody sees, what only some see."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.indicator.models import IndicatorSnapshot
from lms.indicator.queries.snapshots import pseudonym
from lms.people.models import Organisation, Person
from lms.shared import clock
from tests import make, make_indicator

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, path: str, **parameters: Any) -> str:
    response = client.get(path, parameters)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def country(*, people: int = 6) -> list[Organisation]:
    state = make_indicator.state()
    provinces = [
        make_indicator.province("Tỉnh Sơn La", parent=state, nso_code="14", label="SLA"),
        make_indicator.province("Thành phố Đà Nẵng", parent=state, nso_code="48", label="ĐNA"),
    ]
    for province in provinces:
        make_indicator.officers(province, people, trained=people // 2)
    return provinces


def test_the_public_page_shows_figure_gap_and_provisional_flag(client: Client) -> None:
    country()

    page = text(client, "/indicator/")

    assert "50,0%" in page
    assert [page.count(f">{word}</text>") for word in ("Hoàng", "Trường", "Sa")] == [1, 1, 2]
    assert "6/12" in page


def test_a_goal_missed_by_one_person_never_shows_70(client: Client) -> None:
    make_indicator.officers(make_indicator.province(), 20, trained=13)
    make_indicator.officers(make_indicator.province("Tỉnh Khác"), 20, trained=14)

    page = text(client, "/indicator/")

    assert "67,5%" in page
    assert "70,0%" in page  # the province that made it


def test_small_cells_are_hidden_from_the_public(client: Client) -> None:
    make_indicator.officers(make_indicator.province(), 4, trained=1)
    make_indicator.officers(make_indicator.province("Tỉnh Khác"), 11, trained=7)
    make_indicator.officers(make_indicator.province("Tỉnh Lớn"), 90, trained=7)

    page = text(client, "/indicator/")
    lines = client.get("/indicator/table.csv").content.decode("utf-8-sig").splitlines()

    assert "25,0%" not in page
    assert "63,6%" not in page  # else the hidden row follows from the total
    assert [line.split(",")[2] for line in lines[1:]] == ["", "", "90"]


def test_dates_come_in_vietnamese_and_iso(client: Client) -> None:
    country()

    for day in ("01/06/2026", "2026-06-01"):
        assert "01/06/2026" in text(client, "/indicator/", as_of=day, known=day)


def test_a_day_to_come_is_refused_in_words(client: Client) -> None:
    tomorrow = clock.today() + timedelta(days=1)

    page = text(client, "/indicator/", as_of=tomorrow.isoformat())

    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("sort", ["name", "-concerned", "rate", "-signed", "nonsense"])
def test_the_table_sorts_by_links(client: Client, sort: str) -> None:
    country()

    assert "aria-sort" in text(client, "/indicator/", sort=sort)


def test_the_definition_shows_version_and_settings(client: Client) -> None:
    page = text(client, "/indicator/definition/")

    assert "1.0" in page
    assert "7/10 (70%)" in page


@pytest.mark.parametrize("communes", [2, 12])
def test_the_public_page_costs_six_queries_at_most(communes: int, django_assert_max_num_queries: Any) -> None:
    provinces = country(people=communes * 5)
    for i in range(communes):
        make_indicator.officers(make_indicator.commune(provinces[0], f"Xã {i}"), 2)
    client = signed_in(make_indicator.officer(provinces[0]))

    with django_assert_max_num_queries(6):
        client.get("/indicator/")


def test_details_open_to_office_auditor_and_own_hr_only() -> None:
    son_la, da_nang = country()
    path = f"/indicator/{son_la.code}/"

    for person in (make_indicator.office(), make_indicator.auditor(), make_indicator.hr(son_la)):
        assert signed_in(person).get(path).status_code == 200
    for person in (make_indicator.hr(da_nang), make.person()):
        assert signed_in(person).get(path).status_code == 403
    assert Client().get(path).status_code == 302
    assert signed_in(make_indicator.office()).get("/indicator/no-such/").status_code == 404


def test_hr_of_a_commune_sees_neither_the_province_nor_its_neighbours() -> None:
    son_la, _da_nang = country()
    mine, other = make_indicator.commune(son_la, "Xã A"), make_indicator.commune(son_la, "Xã B")
    client = signed_in(make_indicator.hr(mine))

    assert client.get(f"/indicator/{mine.code}/").status_code == 200
    assert client.get(f"/indicator/{other.code}/").status_code == 403
    assert client.get(f"/indicator/{son_la.code}/").status_code == 403


def test_details_name_people_to_hr_and_pseudonyms_to_auditors() -> None:
    son_la, _da_nang = country()
    person = make_indicator.officer(son_la, "Vàng A Mẫu")

    hr_page = text(signed_in(make_indicator.hr(son_la)), f"/indicator/{son_la.code}/")
    auditor_page = text(signed_in(make_indicator.auditor()), f"/indicator/{son_la.code}/")

    assert "Vàng A Mẫu" in hr_page
    assert "Vàng A Mẫu" not in auditor_page
    assert pseudonym(person.pk) in auditor_page


@pytest.mark.parametrize("show", ["all", "counted", "missing", "outside", "nonsense"])
@pytest.mark.parametrize("reading", ["vi", "strict"])
def test_details_filter_people(show: str, reading: str) -> None:
    son_la, _da_nang = country()

    page = text(signed_in(make_indicator.office()), f"/indicator/{son_la.code}/", show=show, reading=reading)

    assert "Lò Văn Mẫu" in page or (show, reading) not in {("all", "vi"), ("counted", "vi")}


@pytest.mark.parametrize("people", [4, 40])
def test_details_cost_the_same_for_many_people(people: int, django_assert_max_num_queries: Any) -> None:
    son_la, _da_nang = country(people=people)
    client = signed_in(make_indicator.office())

    with django_assert_max_num_queries(14):
        client.get(f"/indicator/{son_la.code}/")


def test_each_person_sees_her_own_rules() -> None:
    son_la, _da_nang = country()
    person = make_indicator.officer(son_la)
    client = signed_in(person)

    assert client.get("/indicator/me/").status_code == 200
    assert Client().get("/indicator/me/").status_code == 302
    make_indicator.certificate(person)
    assert client.get("/indicator/me/").context["readings"][0][1].is_trained


def test_snapshots_are_taken_by_the_office_after_confirmation() -> None:
    country()
    client = signed_in(make_indicator.office())
    today = clock.today()

    assert client.get("/indicator/snapshots/take/").status_code == 200
    assert client.post("/indicator/snapshots/take/", {"as_of": today.isoformat()}).status_code == 200
    assert not IndicatorSnapshot.objects.exists()
    response = client.post(
        "/indicator/snapshots/take/",
        {"as_of": today.isoformat(), "known": today.isoformat(), "confirm": "on"},
    )

    snapshot = IndicatorSnapshot.objects.get()
    assert response.headers["Location"] == f"/indicator/snapshots/{snapshot.pk}/"
    assert client.get(f"/indicator/snapshots/{snapshot.pk}/", {"check": 1}).context["follows"] is True
    assert client.get("/indicator/snapshots/").status_code == 200
    again = client.post(
        f"/indicator/snapshots/take/?restates={snapshot.pk}",
        {"as_of": today.isoformat(), "known": today.isoformat(), "confirm": "on", "reason": "Bổ sung"},
    )
    assert again.status_code == 302
    assert IndicatorSnapshot.objects.get(restates=snapshot).reason == "Bổ sung"


def test_a_refused_snapshot_says_why() -> None:
    client = signed_in(make_indicator.office())

    response = client.post(
        "/indicator/snapshots/take/", {"as_of": "2026-01-01", "known": "2026-01-01", "confirm": "on"}
    )

    assert response.context["form"].non_field_errors()


def test_snapshots_are_closed_to_others() -> None:
    son_la, _da_nang = country()
    for person in (make.person(), make_indicator.hr(son_la)):
        client = signed_in(person)
        assert client.get("/indicator/snapshots/").status_code == 403
        assert client.get("/indicator/snapshots/take/").status_code == 403
        assert client.get("/indicator/snapshots/1/").status_code == 403
    assert signed_in(make_indicator.auditor()).get("/indicator/snapshots/take/").status_code == 403


def test_the_api_gives_both_readings_and_hides_small_cells(client: Client) -> None:
    make_indicator.officers(make_indicator.province(), 4, trained=1)
    make_indicator.officers(make_indicator.province("Tỉnh Khác"), 11, trained=7)
    make_indicator.officers(make_indicator.province("Tỉnh Lớn"), 90, trained=7)

    answer = client.get("/api/v1/indicator/").json()

    assert answer["vi"] == {"concerned": 105, "trained": 15, "percent": 14.2, "missing": 59, "met": False}
    assert [body["vi"]["concerned"] for body in answer["bodies"]] == [None, None, 90]
    assert client.get("/api/v1/indicator/", {"as_of": "x"}).status_code == 400
    future = (clock.today() + timedelta(days=1)).isoformat()
    assert client.get("/api/v1/indicator/", {"as_of": future}).status_code == 400
    assert client.get("/api/v1/indicator/", {"as_of": "2026-01-01"}).json()["as_of"] == "2026-01-01"
