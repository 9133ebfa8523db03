"""Files of modules. Their address holds their hash, so a browser keeps them for ever."""

import re
from collections.abc import Iterator
from typing import IO

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from courses.models import Asset
from courses.permissions import may_see_files_of
from lms.people.http import SignedInRequest

CHUNK = 1 << 16
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
SHOWN = {
    *("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"),
    *("audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4", "video/webm"),
    *("text/vtt", "text/plain", "application/pdf"),
}


@require_safe
@login_required
def asset(request: SignedInRequest, module_code: str, digest: str, path: str) -> HttpResponseBase:
    """The bytes, or the asked part of them, for those who learn or write the module."""
    rows = Asset.objects.filter(module__code=module_code, path=path, sha256__startswith=digest)
    found = rows.select_related("module").first() if len(digest) == 16 else None
    if found is None or not may_see_files_of(request.user, found.module):
        raise Http404(path)
    return asset_response(request, found)


def asset_response(request: HttpRequest, found: Asset) -> HttpResponseBase:
    """A file of a module, for ever the same."""
    path = found.path
    try:
        file = default_storage.open(found.file)
    except OSError as error:
        raise Http404(path) from error
    name = path.rpartition("/")[2]
    return file_response(request, file, size=found.size, media_type=found.media_type, name=name)


def file_response(
    request: HttpRequest, file: IO[bytes], *, size: int, media_type: str, name: str, is_private: bool = True
) -> HttpResponseBase:
    """The file, or the part a player asks for; what browsers might run is only offered for download."""
    response = _whole_or_part(request, file, size)
    shown = media_type in SHOWN
    response["Content-Type"] = media_type if shown else "application/octet-stream"
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "inline"
    response["Cache-Control"] = f"{'private' if is_private else 'public'}, max-age=31536000, immutable"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    # An SVG opened by itself is a document: give it no rights.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _whole_or_part(request: HttpRequest, file: IO[bytes], size: int) -> HttpResponseBase:
    asked = request.headers.get("Range")
    if not asked:
        whole = FileResponse(file)
        whole["Content-Length"] = str(size)
        return whole
    part = _part(asked, size)
    if part is None:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part
    response = StreamingHttpResponse(_read(file, first, last), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of "bytes=0-99", "bytes=100-" or "bytes=-100"; None when outside the file."""
    match = RANGE.fullmatch(asked.strip())
    if match is None or match[0] == "bytes=-" or not size:
        return None
    start, end = match.groups()
    if not start:
        return (max(size - int(end), 0), size - 1) if int(end) else None
    first, last = int(start), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else None


def _read(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
