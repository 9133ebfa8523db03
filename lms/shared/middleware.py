"""One id per request, in the log, in the answer and on error pages."""

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lms.shared.logs import request_id

ACCEPTED = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestIdMiddleware:
    """Takes the proxy's `X-Request-Id` when it looks like one, else makes its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-Id", "")
        identifier = offered if ACCEPTED.fullmatch(offered) else secrets.token_hex(8)
        token = request_id.set(identifier)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = identifier
        return response
