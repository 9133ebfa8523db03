"""The start page of everybody who is not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.home.queries.public import catalogue, headline

# Whom a track is for, by its code; a track of another code is shown without the line.
AUDIENCES: dict[str, Promise] = {
    "P": _(
        "Reporters, editors of portals, spokespersons' teams of ministries and provinces and of their "
        "press agencies."
    ),
    "G": _(
        "Commune officers for culture and society, keepers of commune radio, "
        "commune culture and media centres."
    ),
    "F": _(
        "External-information officers of ministries and provinces, editors in foreign languages, "
        "assigned border forces."
    ),
}


def public(request: HttpRequest) -> HttpResponse:
    """The figure, the check of a certificate, the tracks."""
    content = catalogue()
    context = {
        "headline": headline(),
        "catalogue": content,
        "tracks": [(track, AUDIENCES.get(track.programme.track.code, "")) for track in content.tracks],
    }
    return render(request, "home/public.html", context)
