"""The page after too many wrong passwords."""

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_MANY_REQUESTS = 429


def locked(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say how long the lock lasts. It is the same for names that do not exist."""
    seconds = int(get_cool_off(request).total_seconds())
    response = render(
        request, "account/locked.html", {"minutes": -(-seconds // 60)}, status=TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(seconds)
    return response
