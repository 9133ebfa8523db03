import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from lms.home.queries.contacts import hr_officers_for
from lms.people.models import Role
from tests import make, make_home
from tests.make_people import commune, hr_officer, province

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en", "de"])
@pytest.mark.parametrize("address", ["/help/", "/accessibility/"])
def test_texts_need_no_account(client: Client, address: str, language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_help_has_the_places_that_pages_link_to(client: Client) -> None:
    shown = client.get("/help/").content.decode()
    names = ["sign-in", "session", "network", "record", "name", "quiz", "ask"]
    assert re.findall(r'<h2 id="([^"]+)"', shown) == names


def test_help_names_who_keeps_the_list(client: Client, django_assert_max_num_queries: Any) -> None:
    top = province()
    place = commune(of=top)
    hr_officer(top)
    elsewhere = hr_officer(province("Tỉnh Lai Châu"))
    elsewhere.full_name = "Người Nơi Khác"
    elsewhere.save(update_fields=["full_name"])
    client.force_login(make_home.officer(place))
    client.cookies["django_language"] = "vi"
    with django_assert_max_num_queries(6):
        shown = client.get("/help/").content.decode()
    assert ("Hà Thị Nhân Sự" in shown, "Người Nơi Khác" in shown) == (True, False)


def test_hr_officers_come_nearest_first_and_only_while_they_hold_the_role() -> None:
    top = province()
    place = commune(of=top)
    far, near, gone = hr_officer(top), hr_officer(place), hr_officer(top)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    make.grant(make.person(), Role.OFFICE)
    assert [grant.person for grant in hr_officers_for(place)] == [near, far]


def test_accessibility_states_what_is_not_done(client: Client) -> None:
    client.cookies["django_language"] = "en"
    shown = client.get("/accessibility/").content.decode()
    assert "A manual test with screen readers" in shown
    assert "is still due" in shown


def test_manifest_names_the_icon(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["start_url"] == "/"
    assert {icon["src"] for icon in manifest["icons"]} == {"/icon.svg"}


def test_icon_is_svg(client: Client) -> None:
    response = client.get("/icon.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"
