"""What a browser remembers about a person."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from lms.people.http import WAS_SIGNED_IN, keep_language
from lms.people.models import Person

SIGN_OUT = "account_logout"


class PersonMiddleware:
    """Brings a person's language to a browser that lost its cookie; forgets the mark at sign-out.

    With the cookie there, which is nearly always, nothing here touches the session or the person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_without_cookie(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if language and settings.LANGUAGE_COOKIE_NAME not in response.cookies:
            keep_language(response, language)
        match = request.resolver_match
        if match and match.url_name == SIGN_OUT and request.method == "POST":
            response.delete_cookie(WAS_SIGNED_IN, samesite="Lax")
        return response


def _language_without_cookie(request: HttpRequest) -> str:
    cookies = request.COOKIES
    if settings.LANGUAGE_COOKIE_NAME in cookies or settings.SESSION_COOKIE_NAME not in cookies:
        return ""
    return request.user.language if isinstance(request.user, Person) else ""
