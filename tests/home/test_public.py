import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Module
from lms.home.queries.public import catalogue, headline
from lms.people.models import Duty, DutyType
from lms.shared import clock
from tests import make, make_certificates, make_courses, make_home
from tests.make_people import commune, province

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    client.cookies["django_language"] = "en"
    response = client.get("/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_public_home_invites_to_sign_in_and_verify(client: Client) -> None:
    shown = page(client)
    assert '<a class="btn" href="/accounts/login/">Sign in to learn' in shown
    assert '<form method="get" action="/v/">' in shown
    assert 'name="code"' in shown


def test_public_home_without_anybody_concerned_shows_no_rate(client: Client) -> None:
    shown = page(client)
    assert "so there is no rate" in shown
    assert 'class="big"' not in shown


def test_public_home_shows_the_figure_with_what_belongs_to_it(client: Client) -> None:
    top = province()
    make_home.signed_off(top, clock.today())
    province("Tỉnh Lai Châu")
    done = make_home.officer(commune("Xã Một", of=top))
    make_home.officer(commune("Xã Hai", of=top))
    make_certificates.certificate(
        done, make_certificates.programme(track=make_certificates.track(), is_open=False)
    )
    found = headline()
    assert (found.figure.number_trained, found.figure.number_concerned) == (1, 2)
    assert (found.provinces_signed, found.provinces) == (1, 2)
    shown = page(client)
    assert '<p class="big">50.0%</p>' in shown
    assert "<b>1 person is missing</b> to the goal for 2030." in shown
    assert "1 of 2 people in the target group" in shown
    assert "Provisional" in shown
    assert "1/2 provinces and 0/0 ministries" in shown


def test_public_home_lists_tracks_with_what_is_being_written(client: Client, tmp_path: Path) -> None:
    make_home.programme(tmp_path, announced=2)
    found = catalogue()
    assert [module.code for module in found.core] == ["C1"]
    assert [[module.code for module in track.modules] for track in found.tracks] == [["G1", "G2", "G3"]]
    assert (found.number_open, found.number_announced) == (2, 2)
    shown = page(client)
    assert "Mô-đun G2 (being written)" in shown
    assert "Commune officers for culture and society" in shown


def test_public_home_says_when_a_whole_track_is_being_written(client: Client, tmp_path: Path) -> None:
    core = make_courses.module(tmp_path, code="C1")
    make_courses.programme(core, make_courses.announced_module("P1"), duty=Duty.COMM, code="P")
    shown = page(client)
    assert "The common core is open; the modules below are being written." in shown
    assert "Mô-đun P1 (being written)" not in shown


@pytest.mark.slow
def test_public_home_costs_the_same_for_many_rows(client: Client, tmp_path: Path) -> None:
    make_home.programme(tmp_path)
    costs = [queries(client)]
    top = province()
    for number in range(8):
        make_home.officer(commune(f"Xã {number}", of=top), duty_type=DutyType.DEDICATED)
        province(f"Tỉnh {number}")
    core = Module.objects.get(code="C1")
    for duty in (Duty.COMM, Duty.FOREIGN):
        own = [make_courses.announced_module(f"{duty}{number}") for number in range(5)]
        make_courses.programme(core, *own, duty=duty)
    costs.append(queries(client))
    assert costs == [costs[0], costs[0]]
    assert costs[0] <= 4
    with CaptureQueriesContext(connection) as second_visit:
        page(client)
    assert len(second_visit) == 0


def queries(client: Client) -> int:
    """Of a first visit: everything shown is kept for a minute."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        page(client)
    return len(captured)


def test_public_home_is_not_for_writing(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_navigation_marks_the_public_home(client: Client) -> None:
    assert '<a href="/" aria-current="page">Home</a>' in page(client)


def test_navigation_offers_the_studio_to_authors_only(client: Client) -> None:
    for role, offered in (("trainer", True), ("reviewer", False)):
        person = make.person()
        make.grant(person, role)
        client.force_login(person)
        assert ('href="/studio/"' in page(client)) is offered
