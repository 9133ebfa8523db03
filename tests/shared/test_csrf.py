"""The token of forms is one that Django takes, and another one on each page."""

import re

import pytest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.test import Client

from lms.shared.csrf import random_letters
from tests import make

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def browser() -> Client:
    """Signed in, and with the cookie that signing in sets."""
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    client.force_login(make.person(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_a_form_with_the_token_of_its_page_is_taken(browser: Client) -> None:
    token, *more = TOKEN.findall(browser.get("/").content.decode())
    assert more
    assert set(more) == {token}
    form = {"language": "de", "next": "/", "csrfmiddlewaretoken": token}
    assert browser.post("/language/", form).status_code == 302
    assert browser.post("/language/", {**form, "csrfmiddlewaretoken": token[::-1]}).status_code == 403
    assert browser.post("/language/", {**form, "csrfmiddlewaretoken": ""}).status_code == 403


@pytest.mark.django_db
def test_each_page_has_another_token_and_all_are_taken(browser: Client) -> None:
    tokens = {TOKEN.findall(browser.get("/").content.decode())[0] for _ in range(5)}
    assert len(tokens) == 5
    for token in tokens:
        form = {"language": "vi", "next": "/", "csrfmiddlewaretoken": token}
        assert browser.post("/language/", form).status_code == 302


@pytest.mark.django_db
def test_the_cookie_comes_with_the_first_form_and_again_while_nobody_is_signed_in(browser: Client) -> None:
    visitor = Client()
    assert "csrftoken" in visitor.get("/accounts/login/").cookies
    assert "csrftoken" in visitor.get("/accounts/login/").cookies
    signed_in = browser.get("/")
    assert "csrftoken" not in signed_in.cookies
    assert "Cookie" in signed_in["Vary"]
    del browser.cookies["csrftoken"]
    assert "csrftoken" in browser.get("/").cookies


@pytest.mark.django_db
def test_each_visitor_has_a_secret_of_her_own_and_keeps_it() -> None:
    visitors = [Client(), Client()]
    for visitor in visitors * 2:
        visitor.get("/accounts/login/")
    first, second = (visitor.cookies["csrftoken"].value for visitor in visitors)
    assert first != second
    visitors[0].get("/accounts/login/")
    assert visitors[0].cookies["csrftoken"].value == first
    assert len(first) == CSRF_SECRET_LENGTH


def test_letters_are_drawn_from_all_that_django_uses() -> None:
    drawn = [random_letters() for _ in range(400)]
    assert {len(one) for one in drawn} == {32}
    assert len(set(drawn)) == 400
    counts = [sum(one.count(letter) for one in drawn) for letter in CSRF_ALLOWED_CHARS]
    assert min(counts) > 120  # 206 on average; with modulo bias the first eight would have a quarter more
    assert sum(counts) == 400 * 32
