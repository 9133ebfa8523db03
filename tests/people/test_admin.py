from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.audit.actions import record
from lms.shared.actors import SYSTEM
from tests import make
from tests.make_people import commune

pytestmark = pytest.mark.django_db

PAGES = ["people_person", "people_organisation", "people_assignment", "people_rolegrant", "audit_auditevent"]


@pytest.fixture
def _rows() -> None:
    person = make.person("Lò Thị Mẫu", personal_id_hash="c0ffee", personal_id_last4="3456")
    make.assignment(person, commune())
    make.grant(person)
    record("role.granted", person, by=SYSTEM)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make.person("Quản Trị", is_staff=True, is_superuser=True))
    return client


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("name", PAGES)
def test_admin_shows_but_offers_no_change(administrator: Client, name: str) -> None:
    listing = administrator.get(reverse(f"admin:{name}_changelist"))
    assert listing.status_code == 200
    row = listing.context["cl"].result_list[0]
    page = administrator.get(reverse(f"admin:{name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert b"c0ffee" not in page.content
    assert administrator.get(reverse(f"admin:{name}_add")).status_code == 403
    for action in ("change", "delete"):
        address = reverse(f"admin:{name}_{action}", args=[row.pk])
        assert administrator.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize(("name", "found"), [("people_person", 1), ("people_organisation", 1)])
def test_admin_searches_without_accents(administrator: Client, name: str, found: int) -> None:
    listing = administrator.get(reverse(f"admin:{name}_changelist"), {"q": "MAU"})
    assert listing.context["cl"].result_count == found


def test_admin_is_closed_to_others(client: Client) -> None:
    client.force_login(make.person())
    response: Any = client.get("/admin/people/person/")
    assert response.status_code in (302, 403)
    assert b"Mau" not in response.content
