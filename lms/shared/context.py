"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(_request: HttpRequest) -> dict[str, Any]:
    """`is_demo` prints the strip "synthetic data"; `site_url` is for absolute links."""
    return {"is_demo": settings.IS_DEMO, "site_url": settings.SITE_URL}
