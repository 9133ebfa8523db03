"""Requests as views of signed-in people see them, and the two cookies a browser keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from lms.people.models import Person

WAS_SIGNED_IN = "was_signed_in"


class SignedInRequest(HttpRequest):
    """After `login_required`: `user` is a person."""

    user: Person


def keep_language(response: HttpResponseBase, language: str) -> None:
    """LocaleMiddleware reads this cookie, so a page's language costs no query."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remember_sign_in(response: HttpResponseBase, person: Person) -> None:
    """After signing in: her language, and a mark by which an expired session is told from none."""
    keep_language(response, person.language)
    response.set_cookie(
        WAS_SIGNED_IN,
        "1",
        max_age=settings.SESSION_COOKIE_AGE * 14,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
