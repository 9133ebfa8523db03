"""The player host and the socket process answer for themselves, and for nothing else."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from asgiref import testing
from django.conf import settings
from django.test import Client

from lms.asgi import application

ApplicationCommunicator: Any = testing.ApplicationCommunicator  # asgiref publishes no types for it


def run(ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


def test_player_host_answers_for_blocks_only(settings: Any) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = settings.PLAYER_URLCONF, settings.PLAYER_MIDDLEWARE
    client = Client()
    assert client.get("/healthz").content == b"ok"
    missing = client.get("/accounts/login/")
    assert (missing.status_code, missing["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert not client.cookies


def test_player_host_has_another_name_than_the_pages() -> None:
    """Ports do not separate cookies, so another port of the same name would share them."""
    pages, player = urlsplit(settings.SITE_URL), urlsplit(settings.PLAYER_URL)
    assert pages.hostname != player.hostname


def test_player_host_has_no_middleware_that_knows_anybody() -> None:
    words = " ".join(settings.PLAYER_MIDDLEWARE).lower()
    for known in ("session", "csrf", "auth.middleware", "axes", "messages", "personmiddleware"):
        assert known not in words


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/", 404)])
def test_socket_process_answers_for_its_health(path: str, status: int) -> None:
    async def ask() -> int:
        scope = {"type": "http", "path": path, "method": "GET", "headers": []}
        talk: Any = ApplicationCommunicator(application, scope)
        await talk.send_input({"type": "http.request"})
        return int((await talk.receive_output())["status"])

    assert run(ask) == status


@pytest.mark.parametrize(
    ("path", "origin", "answer"),
    [
        ("/ws/ping", b"http://127.0.0.1:8000", ["websocket.accept", "websocket.send"]),
        ("/ws/other", b"http://127.0.0.1:8000", ["websocket.close"]),
        ("/ws/ping", b"http://elsewhere.example", ["websocket.close"]),
    ],
)
def test_socket_ping_is_for_our_own_pages(path: str, origin: bytes, answer: list[str]) -> None:
    async def ask() -> list[str]:
        headers = [(b"origin", origin), (b"host", b"127.0.0.1:8000")]
        scope = {
            "type": "websocket",
            "path": path,
            "headers": headers,
            "query_string": b"",
            "subprotocols": [],
        }
        talk: Any = ApplicationCommunicator(application, scope)
        await talk.send_input({"type": "websocket.connect"})
        return [(await talk.receive_output())["type"] for _ in answer]

    assert run(ask) == answer
