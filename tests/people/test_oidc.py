"""The OpenID Connect road against a provider that really answers: a mock server in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from lms.people.models import Person
from tests import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SIGN_IN = "/accounts/oidc/vneid/login/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Address of a running provider that issues codes, checks PKCE and signs ID tokens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address
        server.terminate()


def _wait(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=1).raise_for_status()
            return
        except requests.ConnectionError:
            pass
    raise AssertionError("The OpenID Connect provider did not start.")


@pytest.fixture
def configured(provider: str, settings: Any) -> str:
    app = {"provider_id": "vneid", "name": "VNeID", "client_id": "lan-toa", "secret": "a secret"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [app | {"settings": {"server_url": provider}}],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    return provider


def go(client: Client, process: str, subject: str) -> Any:
    """Through the provider as a browser goes: our form, its page where `subject` agrees, back to us."""
    away = client.post(f"{SIGN_IN}?process={process}", {"next": "/"})
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    agreed = requests.post(away["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
    assert agreed.status_code == 302, agreed.text
    back = urlsplit(agreed.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_linked_identity_signs_its_person_in(configured: str, client: Client) -> None:
    person = make.person()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    linked = go(client, "connect", "012345")
    assert linked.status_code == 302
    client.logout()
    assert signed_in(client) is None
    answer = go(client, "login", "012345")
    assert answer.status_code == 302
    assert signed_in(client) == str(person.pk)


def test_an_identity_nobody_linked_signs_nobody_in_and_makes_nobody(configured: str, client: Client) -> None:
    make.person()
    before = Person.objects.count()
    answer = go(client, "login", "stranger")
    assert signed_in(client) is None
    assert Person.objects.count() == before
    # She is told where accounts come from, and how to link this one.
    said = answer if answer.status_code == 200 else client.get(answer["Location"])
    assert "<h1>Không tự đăng ký tài khoản</h1>" in said.content.decode()


def test_a_forged_state_is_refused(configured: str, client: Client) -> None:
    answer = client.get("/accounts/oidc/vneid/login/callback/?code=x&state=y")
    assert answer.status_code == 401
    assert signed_in(client) is None
