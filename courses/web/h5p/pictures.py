"""Pictures of a content while it is written: taking them in, and showing them to the author."""

from collections.abc import Iterable
from typing import IO, cast

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions.declarations import NOT_DECLARED, record_declaration
from courses.h5p.actions.pictures import KINDS, KeptPicture, keep_picture
from courses.h5p.engine.file_types import PICTURES, suffix_of
from courses.h5p.engine.libraries import FileEntry
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused as H5PRefused
from courses.h5p.queries.written import picture_name
from courses.olx.assets import storage_name
from courses.queries.editing import EditedBlock, edited_block
from courses.web.h5p.words import problem_lines
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest

A_YEAR = 365 * 24 * 3600
TYPES = dict(KINDS.values()) | {"jpeg": "image/jpeg", "jfif": "image/jpeg", "bmp": "image/bmp"}


@login_required
@require_POST
def take(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """A picture from a file, with the declaration, or one of the module's files (`static`).

    Answers what the content keeps of it: `{"path": "images/….png", "mime": …, "width": …, "height": …}`.
    """
    edited = edited_block(authored(request, module_code), usage_key)
    if edited is None or edited.ref.type != "h5p":
        raise Http404(usage_key)
    upload = request.FILES.get("file")
    if upload is not None and request.POST.get("declares_no_secret") != "on":
        return _no("not-declared", str(NOT_DECLARED))
    try:
        if upload is not None:
            kept = keep_picture(content=cast(IO[bytes], upload), by=request.user)
            files = {upload.name or kept.entry.path: kept.entry.sha256}
            record_declaration(edited.module, files=files, declares_no_secret=True, by=request.user)
        else:
            kept = _of_module(edited, request.POST.get("static", ""), request)
    except Rejected as rejected:
        return _no("not-accepted", " ".join(line.text for line in problem_lines(rejected.problems)))
    except H5PRefused as refusal:
        return _no(refusal.code, str(refusal.message))
    return JsonResponse(kept.as_params())


@login_required
@require_safe
@cache_control(private=True, max_age=A_YEAR, immutable=True)
def show(request: SignedInRequest, module_code: str, usage_key: str, name: str) -> HttpResponseBase:
    """A picture by its hash, for those who write. The name says what it is and was checked on the way in."""
    authored(request, module_code)
    sha256, suffix = name.partition(".")[0], suffix_of(name)
    is_hash = len(sha256) == 64 and sha256.isascii() and sha256.isalnum()
    lies = picture_name(sha256, suffix) if is_hash and suffix in TYPES else ""
    if not lies:
        raise Http404(name)
    return FileResponse(default_storage.open(lies), content_type=TYPES[suffix])


def picture_addresses(edited: EditedBlock, files: Iterable[FileEntry]) -> dict[str, str]:
    """Where the form finds the pictures of a content: path there → address."""
    place = [edited.module.code, edited.ref.usage_key]
    return {
        entry.path: reverse("courses:h5p_picture", args=[*place, f"{entry.sha256}.{suffix_of(entry.path)}"])
        for entry in files
        if suffix_of(entry.path) in PICTURES
    }


def _of_module(edited: EditedBlock, static: str, request: SignedInRequest) -> KeptPicture:
    """The media library has asked for its declaration when the file came in."""
    path = static.removeprefix("/static/")
    asset = edited.outline.assets.get(path)
    if asset is None:
        raise H5PRefused("unknown-file", _("The module has no file of this name."))
    with default_storage.open(storage_name(path, asset.sha256)) as file:
        return keep_picture(content=cast(IO[bytes], file), by=request.user)


def _no(code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=400)
