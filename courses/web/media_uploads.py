"""Resumable uploads: the tus protocol 1.0.0 with creation, checksum, expiration and termination.

https://tus.io/protocols/resumable-upload. The page's element speaks it; so does any other tus client
that sends the session and the CSRF token.
"""

import binascii
from base64 import b64decode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.actions.media_uploads import (
    KEPT_FOR,
    LARGEST_PART,
    append_part,
    begin_upload,
    finish_upload,
)
from courses.media_files.digest import matches
from courses.models import MediaUpload
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

VERSION = "1.0.0"
STATUS = {
    "not-allowed": 403,
    "not-declared": 403,
    "too-large": 413,
    "too-many": 429,
    "other-offset": 409,
    "type-not-taken": 415,
}
ALGORITHMS = ("sha1", "sha256")
CHUNK = 1 << 18


@login_required
@require_http_methods(["OPTIONS", "POST"])
@never_cache
def uploads(request: SignedInRequest) -> HttpResponse:
    """OPTIONS says what this server can; POST begins an upload."""
    if request.method == "OPTIONS":
        return _answer(
            204,
            **{
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,checksum,expiration,termination",
                "Tus-Max-Size": str(max(settings.MEDIA_LIMITS.values())),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )
    if problem := _other_version(request):
        return problem
    size = _number(request.headers.get("Upload-Length"))
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    if size is None or said is None:
        return _problem(400, "bad-request", "Upload-Length and Upload-Metadata are needed.")
    try:
        upload = begin_upload(
            file_name=said.get("filename", ""),
            size=size,
            declares_no_secret=said.get("declares_no_secret") == "1",
            by=request.user,
        )
    except Refused as refusal:
        return _refused(refusal)
    address = reverse("courses:media_upload", args=[upload.pk])
    return _answer(201, Location=request.build_absolute_uri(address), **_facts(upload))


@login_required
@require_http_methods(["HEAD", "PATCH", "DELETE"])
@never_cache
def upload(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """HEAD tells how far it is, PATCH sends on, DELETE gives up."""
    if problem := _other_version(request):
        return problem
    found = MediaUpload.objects.filter(pk=pk, person=request.user).first()
    if found is None:
        raise Http404
    if request.method == "HEAD":
        return _answer(200, **_facts(found), **{"Upload-Length": str(found.size)})
    if request.method == "DELETE":
        finish_upload(upload=found, by=request.user)
        return _answer(204)
    if request.content_type != "application/offset+octet-stream":
        return _problem(415, "bad-request", "Content-Type must be application/offset+octet-stream.")
    return _append(request, found)


def _append(request: SignedInRequest, upload: MediaUpload) -> HttpResponse:
    offset = _number(request.headers.get("Upload-Offset"))
    if offset is None:
        return _problem(400, "bad-request", "Upload-Offset is needed.")
    content, is_whole = _read(request)
    checksum = request.headers.get("Upload-Checksum")
    if checksum is not None:
        algorithm, _space, encoded = checksum.partition(" ")
        if algorithm not in ALGORITHMS:
            return _problem(400, "bad-request", "This checksum algorithm is not known.")
        if not is_whole or not matches(content, algorithm, _decoded(encoded) or b""):
            return _problem(460, "checksum-mismatch", "The part was damaged on its way.")
    try:
        upload = append_part(upload=upload, offset=offset, content=content, by=request.user)
    except Refused as refusal:
        return _refused(refusal)
    return _answer(204, **_facts(upload))


def _read(request: HttpRequest) -> tuple[bytes, bool]:
    """What arrived of the part: of a broken line keep what came."""
    announced = _number(request.headers.get("Content-Length")) or 0
    kept: list[bytes] = []
    received = 0
    try:
        while received <= LARGEST_PART and (chunk := request.read(CHUNK)):
            kept.append(chunk)
            received += len(chunk)
    except OSError:
        return b"".join(kept), False
    return b"".join(kept), received >= announced


def _other_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    return _answer(412, **{"Tus-Version": VERSION})


def _metadata(header: str) -> dict[str, str] | None:
    """ "filename dGVzdA==,is_draft" as texts; None when it is not written so."""
    said: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _space, encoded = pair.partition(" ")
        value = _decoded(encoded)
        if value is None:
            return None
        said[name] = value.decode("utf-8", errors="replace")
    return said


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _facts(upload: MediaUpload) -> dict[str, str]:
    expires = http_date((upload.touched_at + KEPT_FOR).timestamp())
    return {"Upload-Offset": str(upload.received), "Upload-Expires": expires}


def _answer(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **headers})


def _refused(refusal: Refused) -> HttpResponse:
    return _problem(STATUS.get(refusal.code, 400), refusal.code, str(refusal.message))


def _problem(status: int, code: str, message: str) -> HttpResponse:
    response = JsonResponse({"code": code, "message": message}, status=status)
    response["Tus-Resumable"] = VERSION
    return response
