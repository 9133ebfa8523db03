"""The door to blocks' handlers: `x/<usage key>/<handler>/`."""

import logging
import mimetypes
from typing import Any

import webob
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from xblock.exceptions import DisallowedFileError, NoSuchHandlerError, NoSuchUsage

from courses.models import Module
from courses.olx.parse import course_key_of
from courses.permissions import may_author, may_learn
from courses.web.progress import refuse
from courses.xblocks.fields import LearnerStore, ReadOnlyContent, StateConflict
from courses.xblocks.keys import InvalidKeyError, parse_key
from courses.xblocks.registry import block_class
from courses.xblocks.runtime import Mode, PlatformRuntime
from lms.people.http import SignedInRequest

log = logging.getLogger(__name__)
MAX_BODY = 256_000
READABLE = {"application/json", "application/x-www-form-urlencoded", "text/plain", ""}
# What blocks call their authors' handlers. The blocks themselves do not check who calls.
AUTHOR_HANDLERS = {"submit_studio_edits", "replace_defaults", "save_settings", "editor_saved", "edit_data"}
AUTHOR_PREFIXES = ("studio", "upload", "author", "import", "delete_export", "csv_export")


@require_POST
@login_required
def handler(request: SignedInRequest, usage_key: str, handler: str, suffix: str = "") -> HttpResponse:
    """Let one block answer, in one transaction, for a person who may learn it."""
    try:
        mode = Mode(request.GET.get("mode", Mode.PUBLISHED))
        parse_key(usage_key)
    except (ValueError, InvalidKeyError):
        return refuse(404, "unknown-block", _("There is no such part."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return refuse(413, "too-large", _("This is too large to send."))
    if request.content_type not in READABLE:
        return refuse(415, "unreadable", _("This kind of content is not accepted here."))
    module = Module.objects.filter(course_key=course_key_of(usage_key)).first()
    if module is None or not _may_call(request.user, module, mode):
        return refuse(403, "not-enrolled", _("You are not on a programme with this module."))
    if mode != Mode.DRAFT and is_for_authors(handler):
        return refuse(403, "authors-only", _("Only authors change content, and only in the studio."))
    return _answer(request, module, mode, usage_key, handler, suffix)


@require_safe
@cache_control(max_age=3600)
@login_required
def resource(request: SignedInRequest, block_type: str, uri: str) -> HttpResponse:
    """A file a block's package brings in its `public/` folder."""
    try:
        with block_class(block_type).open_local_resource(uri) as file:
            content = file.read()
    except (DisallowedFileError, OSError, TypeError) as error:
        raise Http404(uri) from error
    return HttpResponse(content, content_type=mimetypes.guess_type(uri)[0] or "application/octet-stream")


def is_for_authors(name: str) -> bool:
    """Is this a handler that changes what the author wrote?"""
    return name in AUTHOR_HANDLERS or name.startswith(AUTHOR_PREFIXES)


def _may_call(person: Any, module: Module, mode: Mode) -> bool:
    return may_learn(person, module) if mode == Mode.PUBLISHED else may_author(person)


def _answer(
    request: SignedInRequest, module: Module, mode: Mode, usage_key: str, name: str, suffix: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            runtime = PlatformRuntime(person=request.user, module=module, mode=mode, is_handling=True)
            block = runtime.get_block(usage_key)
            _expect_revision(request, runtime, usage_key)
            answer = runtime.handle(block, name, _webob_request(request), suffix)
    except NoSuchUsage:
        return refuse(404, "unit-gone", _("This part was removed in the new version of the module."))
    except NoSuchHandlerError:
        return refuse(404, "unknown-handler", _("There is no such part."))
    except ReadOnlyContent:
        return refuse(403, "authors-only", _("Only authors change content, and only in the studio."))
    except StateConflict:
        return refuse(
            409,
            "changed-elsewhere",
            _("This was changed in another tab. Reload the page to go on from there."),
        )
    except Exception:
        log.exception("Handler %s of %s failed", name, usage_key)
        return refuse(500, "block-failed", _("This part has a fault. Nothing was saved; the office is told."))
    return _django_response(request, answer)


def _expect_revision(request: SignedInRequest, runtime: PlatformRuntime, usage_key: str) -> None:
    """A page that says which state it shows (`X-Block-Revision`) is refused when that state is old."""
    stated = request.headers.get("X-Block-Revision", "")
    store = runtime.learner_store
    if not stated.isdecimal() or not isinstance(store, LearnerStore):
        return
    if store.revision(usage_key) != int(stated[:9]):
        raise StateConflict(usage_key)


def _webob_request(request: SignedInRequest) -> webob.Request:
    """The request as blocks expect it; a block needs no cookies."""
    converted = webob.Request.blank(request.get_full_path(), method=request.method)
    converted.content_type = request.content_type or "application/octet-stream"
    converted.body = request.body
    return converted


def _django_response(request: SignedInRequest, answer: webob.Response) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status_code, content_type=answer.content_type)
    target = answer.headers.get("Location", "")
    if target:
        safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        response["Location"] = target if safe else "/"
    return response
