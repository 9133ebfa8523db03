import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from rest_framework.authtoken.models import Token

from lms.audit.models import AuditEvent
from lms.people.models import Duty, Person
from tests import make
from tests.make_people import commune

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get("/account/").content.decode())


def test_account_shows_the_staff_record(client: Client) -> None:
    person = make.person("Lò Thị Mẫu", personal_id_hash="x" * 64, personal_id_last4="3456")
    make.assignment(person, commune())
    client.force_login(person)
    shown = page(client)
    assert [part in shown for part in ("Lò Thị Mẫu", "Xã Mẫu, Tỉnh Sơn La", "3456", "x" * 64)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("duties", [1, 3])
def test_account_costs_the_same_for_many_duties(
    client: Client, duties: int, django_assert_max_num_queries: Any
) -> None:
    person = make.person()
    for number in range(duties):
        make.assignment(person, commune(), list(Duty)[number], is_primary=number == 0)
    client.force_login(person)
    client.cookies["django_language"] = "vi"
    with django_assert_max_num_queries(8):
        page(client)


def test_account_makes_shows_once_and_revokes_an_api_key(client: Client) -> None:
    person = make.person()
    client.force_login(person)
    shown = client.post("/account/api-key/").content.decode()
    key = Token.objects.get(user=person).key
    assert key in shown
    assert key not in page(client)
    client.post("/account/api-key/")
    assert Token.objects.get(user=person).key != key
    assert client.post("/account/api-key/revoke/")["Location"] == "/account/"
    client.post("/account/api-key/revoke/")
    assert not Token.objects.exists()
    assert [e.kind for e in AuditEvent.objects.order_by("pk")] == [
        "token.created",
        "token.created",
        "token.revoked",
    ]


@pytest.mark.parametrize("path", ["/account/api-key/", "/account/api-key/revoke/", "/account/language/"])
def test_account_changes_need_a_post(client: Client, path: str) -> None:
    client.force_login(make.person())
    assert client.get(path).status_code == 405


def test_language_for_a_person_and_for_anybody(client: Client) -> None:
    answer = client.post("/account/language/", {"language": "de", "next": "/accounts/login/"})
    assert (answer["Location"], client.cookies["django_language"].value) == ("/accounts/login/", "de")
    assert 'lang="de"' in client.get("/accounts/login/").content.decode()
    person = make.person()
    client.force_login(person)
    client.post("/language/", {"language": "en", "next": "/account/"})
    assert Person.objects.get(pk=person.pk).language == "en"


@pytest.mark.parametrize(
    "data",
    [{"language": "fr", "next": "https://example.com/"}, {"next": "//example.com"}, {"next": "javascript:x"}],
)
def test_language_ignores_what_it_does_not_know(client: Client, data: dict[str, str]) -> None:
    response = client.post("/account/language/", data)
    assert response["Location"] == "/"
    assert "django_language" not in client.cookies


def test_a_browser_without_the_cookie_gets_the_persons_language(client: Client) -> None:
    client.force_login(make.person(language="de"))
    response = client.get("/account/", headers={"accept-language": "en"})
    assert 'lang="de"' in response.content.decode()
    assert client.cookies["django_language"].value == "de"


def test_the_language_cookie_saves_the_queries(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(make.person(language="de"))
    client.cookies["django_language"] = "en"
    with django_assert_num_queries(0):
        client.get("/healthz")


@pytest.mark.parametrize("by", ["session", "token"])
def test_api_me(client: Client, by: str) -> None:
    person = make.person("Lò Thị Mẫu", personal_id_hash="x" * 64, personal_id_last4="3456")
    body = commune()
    make.assignment(person, body, title="Công chức văn hóa – xã hội")
    if by == "session":
        client.force_login(person)
        response = client.get("/api/v1/me/", headers={"accept-language": "vi"})
    else:
        key = Token.objects.create(user=person).key
        response = client.get(
            "/api/v1/me/", headers={"authorization": f"Token {key}", "accept-language": "vi"}
        )
    assert response.json() == {
        "username": person.username,
        "full_name": "Lò Thị Mẫu",
        "line": f"{_('Learner')} · xã Mẫu, tỉnh Sơn La",
        "language": "vi",
        "organisation": "Xã Mẫu",
        "duties": [
            {
                "organisation": "Xã Mẫu",
                "organisation_code": body.code,
                "duty": "GRASS",
                "duty_type": "concurrent",
                "is_primary": True,
                "title": "Công chức văn hóa – xã hội",
                "valid_from": "2025-07-01",
                "valid_to": None,
            }
        ],
        "is_synthetic": False,
    }


def test_api_me_refuses_strangers(client: Client) -> None:
    assert client.get("/api/v1/me/").status_code in (401, 403)
