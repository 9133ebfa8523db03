"""The player host: a name of its own for blocks we do not trust, so that they share no cookie with us.

No block in the allow-list asks for a frame yet; until one does, this host answers for its health only.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms.home.web.status import healthz


def plain(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404. The site's own page would link to addresses this host does not have."""
    return plain(404, "Không có trang này. · No such page.")


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return plain(500, "Có lỗi. · Something went wrong.")


handler404 = "lms.player_urls.not_found"
handler500 = "lms.player_urls.server_error"
urlpatterns = [path("healthz", healthz)]
