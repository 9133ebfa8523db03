"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lms.shared.csrf import form_token


def page(request: HttpRequest) -> dict[str, Any]:
    """`is_demo` prints the strip "synthetic data"; `site_url` is for absolute links.

    `csrf_token` takes the place of Django's and is as lazy: making it can set a cookie.
    """
    return {
        "is_demo": settings.IS_DEMO,
        "site_url": settings.SITE_URL,
        "csrf_token": SimpleLazyObject(lambda: form_token(request)),
    }
