import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lms.home.web.areas import roles_for
from lms.people.models import Person, Role
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.home.urls_with_handlers")]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def test_forbidden_names_the_role_and_whom_to_ask(client: Client) -> None:
    person = make.person()
    make.grant(person, Role.TRAINER)
    response = signed_in(client, person).get("/audit/")
    shown = response.content.decode()
    assert response.status_code == 403
    wanted = ("Auditor, Administrator", "Trainer", "ask an administrator")
    assert [words in shown for words in wanted] == [True, True, True]


def test_forbidden_without_a_role_in_question_shows_the_plain_page(client: Client) -> None:
    response = signed_in(client, make.person()).get("/closed")
    assert response.status_code == 403
    assert "the page belongs to other tasks" in response.content.decode()


def test_not_found_says_what_to_do(client: Client) -> None:
    response = client.get("/no-such-page/", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_bad_request_says_what_to_do(client: Client) -> None:
    response = client.get("/suspicious", headers={"accept-language": "en"})
    assert response.status_code == 400
    assert "This request could not be read" in response.content.decode()


def test_server_error_asks_no_database(client: Client, django_assert_num_queries: Any) -> None:
    client.raise_request_exception = False
    client.cookies["django_language"] = "en"
    with django_assert_num_queries(0):
        response = client.get("/broken")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_roles_for_an_ordinary_page_are_none() -> None:
    assert roles_for("courses:unit") == ()
    assert roles_for("hr:records") == (Role.HR,)


def test_wrong_method_shows_a_page_to_people_and_nothing_to_programs(client: Client) -> None:
    response = client.get("/begin/", HTTP_ACCEPT="text/html", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Go back to the page you came from and use its button." in response.content.decode()
    assert client.get("/begin/", HTTP_ACCEPT="application/json").content == b""


@pytest.mark.urls("lms.player_urls")
def test_wrong_method_on_the_players_host_stays_plain(client: Client) -> None:
    response = client.post("/healthz", HTTP_ACCEPT="text/html")
    assert (response.status_code, response.content) == (405, b"")
