"""The player host: a name of its own for blocks we do not trust, so that they share no cookie with us."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from courses.web import player
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
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("f/<str:token>", player.frame, name="frame"),
    path("h/<str:token>/<str:handler>", player.frame_handler, name="frame_handler"),
    path("h/<str:token>/<str:handler>/<path:suffix>", player.frame_handler, name="frame_handler"),
    path("b/<str:block_type>/<str:version>/<path:uri>", player.block_file, name="block_file"),
    path("u/<path:path>", player.unpacked, name="unpacked"),
    path("h5p/", include("courses.h5p.player_urls")),
    path("a/<str:digest>/<path:path>", player.frame_asset, name="frame_asset"),
]
