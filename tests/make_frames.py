"""The player host for tests: its own routes, its own middleware, no cookies."""

import json
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from courses.models import Module
from courses.queries.outline import draft_outline, published_outline
from courses.xblocks.frames import frame_address
from courses.xblocks.mode import Mode
from courses.xblocks.tokens import STUDENT_VIEW
from lms.people.models import Person
from tests.make_courses import usage_key


class PlayerHost:
    """Asks the player host as a browser does that knows nothing but an address."""

    def __init__(self) -> None:
        self._client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, *args: Any, **options: Any) -> HttpResponse:
        path = path.removeprefix(settings.PLAYER_URL)
        with self._host(), translation.override("vi"):
            response: HttpResponse = getattr(self._client, method)(path, *args, **options)
        return response

    def _host(self) -> AbstractContextManager[Any]:
        if settings.ROOT_URLCONF == settings.PLAYER_URLCONF:
            return nullcontext()  # a test with threads: settings are changed once, around all of them
        return override_settings(ROOT_URLCONF=settings.PLAYER_URLCONF, MIDDLEWARE=settings.PLAYER_MIDDLEWARE)

    def get(self, path: str, **options: Any) -> HttpResponse:
        return self.ask("get", path, **options)

    def call(self, token: str, handler: str, body: Any = None, **options: Any) -> tuple[int, dict[str, Any]]:
        """Status and JSON of a handler."""
        response = self.ask(
            "post",
            f"/h/{token}/{handler}",
            json.dumps(body or {}),
            content_type="application/json",
            **options,
        )
        return response.status_code, json.loads(response.content)


def token_of(
    module: Module,
    person: Person,
    name: str,
    block_type: str,
    *,
    mode: Mode = Mode.PUBLISHED,
    view: str = STUDENT_VIEW,
) -> str:
    """The token in the address of a frame that opens now."""
    module.refresh_from_db()
    outline = published_outline(module) if mode == Mode.PUBLISHED else draft_outline(module)
    assert outline is not None
    reference = outline.blocks[usage_key(module, name, block_type)]
    return frame_address(person, reference, mode=mode, view=view).rpartition("/f/")[2]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
