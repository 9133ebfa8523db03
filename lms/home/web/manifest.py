"""What a phone needs to put the platform on its home screen."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

DAY = 24 * 60 * 60
PAPER, RED = "#FBF7EE", "#A8111A"


@require_safe
@cache_control(private=True, max_age=DAY)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and icon in the reader's language."""
    content = {
        "id": "/",
        "name": "Lan Tỏa – " + _("Training in digital communication"),
        "short_name": "Lan Tỏa",
        "lang": get_language() or "vi",
        "start_url": reverse("home:start"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": RED,
        "icons": [
            {"src": reverse("home:icon"), "type": "image/svg+xml", "sizes": "any", "purpose": purpose}
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=DAY)
def icon(request: HttpRequest) -> HttpResponse:
    """The rings on paper, with the margin that round masks cut off."""
    return HttpResponse(render_to_string("home/icon.svg"), content_type="image/svg+xml")
