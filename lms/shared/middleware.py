"""One id per request, in the log, in the answer and on error pages."""

import re
import secrets
from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

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


class PolicyMiddleware(CSPMiddleware):
    """django-csp, which puts the header together once for all answers that ask for nothing special."""

    made_from: object = None
    policy = ""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asks = any(name.startswith("_csp") for name in (*response.__dict__, *request.__dict__))
        wanted = getattr(settings, "CONTENT_SECURITY_POLICY", None)
        if asks or settings.DEBUG or not wanted or wanted.keys() != {"DIRECTIVES"} or HEADER in response:
            return super().process_response(request, response)
        if getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None):
            return super().process_response(request, response)
        if self.made_from is not wanted:
            self.made_from, self.policy = wanted, build_policy()
        response[HEADER] = self.policy
        return response
