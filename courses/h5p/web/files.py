"""Files for playing packages, on the player host. Who knows an address may have the file.

Nobody is signed in here. Addresses of libraries are no secret, those of content hold a package's whole
hash or a preview's random key. Pages without an origin fetch them, hence the open CORS answers.
"""

import mimetypes
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import IO, Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from courses.h5p.engine.libraries import FileEntry
from courses.h5p.models import Package, Preview
from courses.h5p.player import bundles, core
from courses.h5p.player.policy import file_policy
from courses.h5p.storage import LIBRARIES, content_name

FOREVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "private, max-age=600"  # an author may put another file in its place
CHUNK = 1 << 16
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
LIBRARY_FILE = re.compile(r"[\w\-.]{1,255}-\d{1,5}\.\d{1,5}/\d{1,5}-[0-9a-f]{12}(?:/[^/\\\x00.][^/\\\x00]*)+")
# What this machine calls them may differ, and browsers believe us: `nosniff`.
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "vtt": "text/vtt; charset=utf-8",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """A page of an opaque origin (`Origin: null`) may read the answer; nothing in it is anybody's own."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked_first = request.method == "OPTIONS"
        response = HttpResponse(status=204) if asked_first else view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Length, Content-Range"
        response["Content-Security-Policy"] = file_policy()
        response["X-Content-Type-Options"] = "nosniff"
        if asked_first:
            response["Access-Control-Allow-Methods"] = "GET, HEAD"
            response["Access-Control-Allow-Headers"] = "Range, X-Requested-With, Cache-Control"
            response["Access-Control-Max-Age"] = "7200"
        return response

    return opened


@open_to_all
@require_safe
def bundle(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """The joined scripts or style sheets of a closure, in the best encoding the browser takes."""
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in bundles.ENCODINGS if _takes(accepted, name)), "")
    response = FileResponse(_opened(bundles.bundle_name(key, kind, encoding)), content_type=TYPES[kind])
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = FOREVER
    return response


@open_to_all
@require_safe
def core_file(request: HttpRequest, version: str, path: str) -> HttpResponseBase:
    """A font or picture of H5P's core."""
    if version != core.version() or path not in core.pinned():
        raise Http404(path)
    response = FileResponse((core.CORE / path).open("rb"), content_type=_type_of(path))
    response["Cache-Control"] = FOREVER
    return response


@open_to_all
@require_safe
def library_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of a library that its style sheets or scripts ask for while they run."""
    if not LIBRARY_FILE.fullmatch(path):
        raise Http404(path)
    name = f"{LIBRARIES}/{path}"
    file = _opened(name)
    return _ranged(request, file, size=default_storage.size(name), path=path, lasting=FOREVER)


@open_to_all
@require_safe
def content_file(request: HttpRequest, key: str, path: str) -> HttpResponseBase:
    """A picture, sound or video of a package, or of what an author is writing."""
    files = _files_of(key)
    found = next((FileEntry(**file) for file in files or () if file["path"] == path), None)
    if found is None:
        raise Http404(path)
    lasting = FOREVER if len(key) == 64 else FOR_A_WHILE
    return _ranged(request, _opened(content_name(found)), size=found.size, path=path, lasting=lasting)


def _files_of(key: str) -> list[dict[str, Any]] | None:
    if len(key) == 64:
        return Package.objects.filter(sha256=key).values_list("files", flat=True).first()
    try:
        return Preview.objects.filter(key=UUID(key)).values_list("files", flat=True).first()
    except ValueError:
        return None


def _opened(name: str) -> IO[bytes]:
    try:
        file: IO[bytes] = default_storage.open(name)
    except (OSError, ValueError) as error:
        raise Http404(name) from error
    return file


def _ranged(request: HttpRequest, file: IO[bytes], *, size: int, path: str, lasting: str) -> HttpResponseBase:
    """The whole file, or the one part a player asks for when somebody seeks in a video."""
    part = _part(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if part is None:
        response = FileResponse(file)
        response["Content-Length"] = str(size)
    elif part == OUTSIDE:
        file.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = part
        response = StreamingHttpResponse(_Part(file, first, last), status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Content-Type"] = _type_of(path)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = lasting
    return response


OUTSIDE = (-1, -1)


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of one range; None: the whole file (no range, or one we do not understand)."""
    match = RANGE.fullmatch(asked.strip())
    if match is None or match[0] == "bytes=-":
        return None
    start, end = match.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
        if end and int(end) < first:
            return None
    return (first, last) if first <= last else OUTSIDE


class _Part:
    """The bytes from first to last; closed with the answer, also when nobody reads it."""

    def __init__(self, file: IO[bytes], first: int, last: int) -> None:
        self._file, self._first, self._left = file, first, last - first + 1
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._first)
        while self._left > 0 and (chunk := self._file.read(min(CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk


def _type_of(path: str) -> str:
    suffix = path.rpartition(".")[2].lower()
    return TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _takes(accepted: str, encoding: str) -> bool:
    for item in accepted.split(","):
        name, _mark, weight = item.partition(";")
        if name.strip().lower() == encoding:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
