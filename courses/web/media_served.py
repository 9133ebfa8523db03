"""The bytes of the library: for those who see it, and of open items for everybody."""

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from courses.models import MediaItem
from courses.web.assets import file_response
from courses.web.media_library import readers_only
from lms.people.http import SignedInRequest


@require_safe
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file itself."""
    readers_only(request)
    return _served(request, get_object_or_404(MediaItem, pk=pk))


@require_safe
@login_required
def thumbnail(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A picture of at most 320 pixels; a drawing is its own."""
    readers_only(request)
    item = get_object_or_404(MediaItem, pk=pk)
    if not item.thumbnail:
        if item.media_type != "image/svg+xml":
            raise Http404
        return _served(request, item)
    try:
        opened = default_storage.open(item.thumbnail)
    except OSError as error:
        raise Http404 from error
    return file_response(request, opened, size=opened.size, media_type="image/webp", name="thumbnail.webp")


@require_safe
def public_file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The file of an item that is offered to everybody; all others do not exist."""
    item = MediaItem.objects.filter(sha256=sha256).first()
    if item is None or not item.is_harvested:
        raise Http404
    return _served(request, item, is_private=False)


def _served(request: HttpRequest, item: MediaItem, *, is_private: bool = True) -> HttpResponseBase:
    try:
        opened = default_storage.open(item.file)
    except OSError as error:
        raise Http404 from error
    response = file_response(
        request,
        opened,
        size=item.size,
        media_type=item.media_type,
        name=item.file_name,
        is_private=is_private,
    )
    if not is_private:  # an item can be withdrawn: nobody keeps it longer than an hour without asking
        response["Cache-Control"] = "public, max-age=3600"
    return response
