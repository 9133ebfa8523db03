"""The token of a page's forms: Django's own, made with one call for random bytes instead of 33.

Masked anew for each page, as Django does, so that a compressed answer does not give the secret away.
Django also sends the cookie again with every form. Signed in nobody needs that: signing in renews the
cookie for a year, and the session is over the same day.
"""

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH

NUMBER = len(CSRF_ALLOWED_CHARS)
PLACES = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}
ROUND = CSRF_ALLOWED_CHARS * 2  # the sum of two places needs no modulo
LETTERS = bytes(ord(CSRF_ALLOWED_CHARS[byte % NUMBER]) for byte in range(256))
UNEVEN = bytes(range(256 - 256 % NUMBER, 256))  # would make the first letters likelier than the last


def form_token(request: HttpRequest) -> str:
    """What the middleware accepts from a form of this page."""
    if "CSRF_COOKIE" not in request.META:
        # As Django's `rotate_token` makes it
        request.META |= {"CSRF_COOKIE": random_letters(), "CSRF_COOKIE_NEEDS_UPDATE": True}
    elif not (hasattr(request, "user") and request.user.is_authenticated):
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    secret, mask = request.META["CSRF_COOKIE"], random_letters()
    return mask + "".join([ROUND[PLACES[a] + PLACES[b]] for a, b in zip(secret, mask, strict=True)])


def random_letters() -> str:
    """As many as the secret has, each as likely as any other."""
    found = b""
    while len(found) < CSRF_SECRET_LENGTH:
        found += os.urandom(2 * CSRF_SECRET_LENGTH).translate(LETTERS, UNEVEN)
    return found[:CSRF_SECRET_LENGTH].decode()
