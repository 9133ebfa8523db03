"""Limits on how often an address may ask, for pages and for the API alike."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.shared.limits import WINDOW, count

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def limited(scope: str, per_minute: int) -> Callable[[View[Arguments]], View[Arguments]]:
    """A view that answers 429 to an address asking more often than so many times a minute."""

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def inner(
            request: HttpRequest, /, *positional: Arguments.args, **named: Arguments.kwargs
        ) -> HttpResponse:
            if count(scope, address_of(request)) > per_minute:
                response = render(request, "certificates/too_often.html", status=429)
                response["Retry-After"] = str(WINDOW)
                return response
            return view(request, *positional, **named)

        return inner

    return decorate


def address_of(request: HttpRequest) -> str:
    """Who asks: behind a proxy the address that proxy saw, which nobody can make up."""
    proxies: int = getattr(settings, "AXES_IPWARE_PROXY_COUNT", 0)
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return str(forwarded[-proxies].strip())[:64]
    return str(request.META.get("REMOTE_ADDR", ""))
