"""Sockets: one ASGI process beside the WSGI workers that serve pages (docs/adr/0004)."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
get_asgi_application()  # loads the apps before anything below touches a model

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import re_path  # noqa: E402


async def health(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """`GET /healthz` for the supervisor; everything else on this port is not found."""
    found = scope["path"] == "/healthz"
    await send(
        {
            "type": "http.response.start",
            "status": 200 if found else 404,
            "headers": [(b"content-type", b"text/plain")],
        }
    )
    await send({"type": "http.response.body", "body": b"ok" if found else b"not found"})


async def ping(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/ws/ping` accepts, says ok and closes: shows a proxy passes sockets through."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": "ok"})
    await send({"type": "websocket.close", "code": 1000})


async def unknown(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})


application = ProtocolTypeRouter(
    {
        "http": health,
        "websocket": AllowedHostsOriginValidator(
            URLRouter([re_path(r"^ws/ping$", ping), re_path(r"", unknown)])  # type: ignore[arg-type]
        ),
    }
)
