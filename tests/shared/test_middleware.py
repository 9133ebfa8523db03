"""What the middleware puts on every answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [("", "de-AT,en;q=0.5", "de"), ("en", "de", "en"), ("xx", "xx", "vi"), ("", "", "vi")],
)
def test_the_language_is_the_cookies_else_the_browsers_else_vietnamese(
    client: Client, cookie: str, header: str, language: str
) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/help/", headers={"accept-language": header})
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "Accept-Language" in answer["Vary"]


def test_a_proxys_request_id_is_kept_if_it_looks_like_one(client: Client) -> None:
    assert client.get("/healthz", headers={"x-request-id": "abc-12345"})["X-Request-Id"] == "abc-12345"
    for odd in ("", "short", "with space 12345", "x" * 65):
        made = client.get("/healthz", headers={"x-request-id": odd})["X-Request-Id"]
        assert made != odd
        assert len(made) == 16


def test_every_answer_has_the_policy(client: Client) -> None:
    for address in ("/help/", "/healthz", "/nowhere/"):
        assert "default-src 'none'" in client.get(address)["Content-Security-Policy"]
