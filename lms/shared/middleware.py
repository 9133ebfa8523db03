"""One id per request, in the log, in the answer and on error pages; a page for a wrong method."""

import re
import secrets
from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from lms.shared.logs import request_id

ACCEPTED = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestIdMiddleware:
    """Takes the proxy's `X-Request-Id` when it looks like one, else makes its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.META.get("HTTP_X_REQUEST_ID", "")  # `headers` would read them all
        identifier = offered if offered and ACCEPTED.fullmatch(offered) else secrets.token_hex(8)
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
        asks = "_csp" in " ".join([*response.__dict__, *request.__dict__])  # as its decorators do
        wanted = getattr(settings, "CONTENT_SECURITY_POLICY", None)
        if asks or settings.DEBUG or not wanted or wanted.keys() != {"DIRECTIVES"} or HEADER in response:
            return super().process_response(request, response)
        if getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None):
            return super().process_response(request, response)
        if self.made_from is not wanted:
            self.made_from, self.policy = wanted, build_policy()
        response[HEADER] = self.policy
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's, without the languages in addresses that we do not use."""

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class WrongMethodPage:
    """Shows a page to a person who opened the address of a form: Django's own answer is empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response  # an API says in its own words what is wrong
        is_player = settings.ROOT_URLCONF == "lms.player_urls"  # has none of the pages ours links to
        if is_player or not request.accepts("text/html"):
            return response
        page = HttpResponse(render_to_string("405.html", request=request), status=405)
        page["Allow"] = response.get("Allow", "")
        return page
