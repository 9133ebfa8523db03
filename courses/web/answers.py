"""Letting a block answer: one transaction, refusals that say why, no exception out of a block."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import webob
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from xblock.exceptions import NoSuchHandlerError, NoSuchUsage

from courses.web.progress import refuse
from courses.xblocks.fields import LearnerStore, ReadOnlyContent, StateConflict
from courses.xblocks.runtime import PlatformRuntime
from lms.shared.errors import Refused

log = logging.getLogger(__name__)
Afterwards = Callable[[Any], None]
# What blocks call their authors' handlers. The blocks themselves do not check who calls.
AUTHOR_HANDLERS = {"submit_studio_edits", "replace_defaults", "save_settings", "editor_saved", "edit_data"}
AUTHOR_PREFIXES = ("studio", "upload", "author", "import", "delete_export", "csv_export")


def is_for_authors(name: str) -> bool:
    """Is this a handler that changes what the author wrote?"""
    return name in AUTHOR_HANDLERS or name.startswith(AUTHOR_PREFIXES)


def answer(
    request: HttpRequest,
    make_runtime: Callable[[], PlatformRuntime],
    usage_key: str,
    name: str,
    suffix: str,
    *,
    afterwards: Afterwards | None = None,
) -> HttpResponse:
    """What the block's handler says. `afterwards` runs in the same transaction."""
    try:
        with transaction.atomic():
            runtime = make_runtime()
            block = runtime.get_block(usage_key)
            _expect_revision(request, runtime, usage_key)
            with _webob_request(request) as asked:
                said = runtime.handle(block, name, asked, suffix)
            if afterwards is not None:
                afterwards(runtime)
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
    except Refused as refusal:
        return refuse(409, refusal.code, str(refusal.message))
    except Exception:
        log.exception("Handler %s of %s failed", name, usage_key)
        return refuse(500, "block-failed", _("This part has a fault. Nothing was saved; the office is told."))
    return _django_response(request, said)


def _expect_revision(request: HttpRequest, runtime: PlatformRuntime, usage_key: str) -> None:
    """A page that says which state it shows (`X-Block-Revision`) is refused when that state is old."""
    stated = request.headers.get("X-Block-Revision", "")
    store = runtime.learner_store
    if not stated.isdecimal() or not isinstance(store, LearnerStore):
        return
    if store.revision(usage_key) != int(stated[:9]):
        raise StateConflict(usage_key)


@contextmanager
def _webob_request(request: HttpRequest) -> Iterator[webob.Request]:
    """The request as blocks expect it; a block needs no cookies. Files that came with it are closed after."""
    converted = webob.Request.blank(request.get_full_path(), method=request.method)
    converted.content_type = request.content_type or "application/octet-stream"
    if request.content_type == "multipart/form-data":
        # Not read here: a package may be large, and webob puts its files on disk.
        converted.content_type = request.META["CONTENT_TYPE"]
        converted.body_file_raw = request
        converted.content_length = int(request.META.get("CONTENT_LENGTH") or 0)
    elif request.method != "GET":
        converted.body = request.body
    yield converted
    if request.content_type == "multipart/form-data":
        for sent in converted.POST.values():
            if hasattr(sent, "file"):
                sent.file.close()
        converted.body_file_raw.close()  # webob's copy of the whole


def _django_response(request: HttpRequest, said: webob.Response) -> HttpResponse:
    response = HttpResponse(said.body, status=said.status_code, content_type=said.headers.get("Content-Type"))
    if disposition := said.headers.get("Content-Disposition"):
        response["Content-Disposition"] = disposition
    target = said.headers.get("Location", "")
    if target:
        safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        response["Location"] = target if safe else "/"
    return response
