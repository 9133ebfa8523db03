"""The player host's doors: a block's page, its handlers, its files. Nobody is signed in here.

The token in the address is the whole right, and it is looked at anew at each call. There are no
cookies, so there is nothing another site could make a browser send along.
"""

import logging
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from xblock.exceptions import DisallowedFileError, NoSuchUsage, NoSuchViewError

from courses.models import Asset, Module
from courses.olx.parse import course_key_of
from courses.permissions import may_author, may_learn
from courses.web.answers import answer, is_for_authors
from courses.web.assets import asset_response
from courses.web.frame_page import frame_context, frame_policy
from courses.web.progress import refuse
from courses.xblocks.frame_runtime import FrameRuntime
from courses.xblocks.mode import Mode
from courses.xblocks.registry import block_class, is_framed, package_version
from courses.xblocks.tokens import BadToken, ExpiredToken, FrameToken, mark_of, read_token
from lms.people.models import Person
from lms.shared.limits import count

log = logging.getLogger(__name__)
MAX_BODY = 256_000
CALLS_PER_MINUTE = 240  # of one person, over all her frames
FOREVER = "public, max-age=31536000, immutable"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Granted:
    """Who stands behind a token, and before which module."""

    text: str
    token: FrameToken
    person: Person
    module: Module

    def runtime(self, *, is_handling: bool = False) -> FrameRuntime:
        return FrameRuntime(
            self.text, self.token, person=self.person, module=self.module, is_handling=is_handling
        )


class Denied(Exception):
    """Why a token gives no right now."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


def open_to_frames(view: View) -> View:
    """Let a page of an opaque origin (`Origin: null`) read the answer. Without a token it says nothing."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked_first = request.method == "OPTIONS"
        response = HttpResponse(status=204) if asked_first else view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "X-Block-Version"
        if asked_first:
            response["Access-Control-Allow-Methods"] = "GET, POST"
            response["Access-Control-Allow-Headers"] = (
                "Content-Type, X-Requested-With, X-CSRFToken, X-Block-Base, Cache-Control"
            )
            response["Access-Control-Max-Age"] = "7200"
        return response

    return opened


@require_safe
def frame(request: HttpRequest, token: str) -> HttpResponse:
    """One block in one view."""
    try:
        granted = _granted(token)
    except Denied as denied:
        return _sorry(denied.status, denied.message)
    with translation.override(granted.token.language):
        try:
            runtime = granted.runtime()
            block = runtime.get_block(granted.token.usage_key)
            if not is_framed(block.scope_ids.block_type):
                raise NoSuchUsage(granted.token.usage_key)
            fragment = runtime.render(block, granted.token.view, {})
        except (NoSuchUsage, NoSuchViewError):
            return _sorry(404, _("This part was removed in the new version of the module."))
        except Exception:
            log.exception("%s of %s cannot be shown", granted.token.view, granted.token.usage_key)
            return _sorry(500, _("This part cannot be shown at the moment. The rest of the unit works."))
        nonce = token_urlsafe(16)
        context = frame_context(runtime, block, fragment, nonce)
        response = HttpResponse(render_to_string("courses/frame.html", context))
    response["Content-Security-Policy"] = frame_policy(block.scope_ids.block_type, granted.token.view, nonce)
    response["Cache-Control"] = "no-store"
    return response


@open_to_frames
@require_http_methods(["GET", "POST"])
def frame_handler(request: HttpRequest, token: str, handler: str, suffix: str = "") -> HttpResponse:
    """Let the token's block answer, for the token's person, in one transaction."""
    try:
        granted = _granted(token)
        with translation.override(granted.token.language):
            _check_call(request, granted, handler)
            response = answer(
                request,
                partial(granted.runtime, is_handling=True),
                granted.token.usage_key,
                handler,
                suffix,
                afterwards=partial(_save_draft, request),
            )
    except Denied as denied:
        return refuse(denied.status, denied.code, denied.message)
    _logged_already(response)
    if version := getattr(request, "block_version", None):
        response["X-Block-Version"] = str(version)
    # An answer that is opened by itself is a document: it gets no more rights than the frame.
    response["Content-Security-Policy"] = "sandbox allow-scripts allow-forms; base-uri 'none'"
    response["Cache-Control"] = "no-store"
    return response


@open_to_frames
@require_safe
def block_file(request: HttpRequest, block_type: str, version: str, uri: str) -> HttpResponse:
    """A file a block's package brings in its `public/` folder; the version in the address never lies."""
    if not is_framed(block_type) or version != package_version(block_type):
        raise Http404(uri)
    try:
        with block_class(block_type).open_local_resource(uri) as file:
            content = file.read()
    except (DisallowedFileError, OSError, TypeError) as error:
        raise Http404(uri) from error
    kind = mimetypes.guess_type(uri)[0] or "application/octet-stream"
    response = HttpResponse(content, content_type=kind, headers={"Cache-Control": FOREVER})
    response["Content-Security-Policy"] = "sandbox; base-uri 'none'"
    return response


@open_to_frames
@require_safe
def frame_asset(request: HttpRequest, digest: str, path: str) -> HttpResponseBase:
    """A module's file. Its whole SHA-256 is the key: only a page that shows the file knows it."""
    found = Asset.objects.filter(sha256=digest, path=path).first() if len(digest) == 64 else None
    if found is None:
        raise Http404(path)
    return asset_response(request, found)


def _granted(text: str) -> Granted:
    """The person and the module of a token; Denied when it must not be believed any more."""
    try:
        token = read_token(text)
    except ExpiredToken:
        raise Denied(403, "expired", _("This part was open for too long. Reload the page.")) from None
    except BadToken:
        raise Denied(403, "bad-token", _("This address is not valid. Reload the page.")) from None
    person = Person.objects.filter(pk=token.person_id, is_active=True).first()
    if person is None or mark_of(person) != token.mark:
        raise Denied(403, "expired", _("This part was open for too long. Reload the page."))
    module = Module.objects.filter(course_key=course_key_of(token.usage_key)).first()
    allowed = module is not None and (
        may_learn(person, module) if token.mode == Mode.PUBLISHED else may_author(person)
    )
    if module is None or not allowed:
        raise Denied(403, "not-enrolled", _("You are not on a programme with this module."))
    return Granted(text, token, person, module)


def _check_call(request: HttpRequest, granted: Granted, handler: str) -> None:
    """Not too often, not too large, and authors' handlers only in the studio."""
    if count("block-handler", str(granted.person.pk)) > CALLS_PER_MINUTE:
        raise Denied(429, "too-often", _("Too many answers in one minute. Wait a moment."))
    is_draft = granted.token.mode == Mode.DRAFT
    is_upload = request.content_type == "multipart/form-data"
    if is_upload and not is_draft:
        raise Denied(415, "unreadable", _("This kind of content is not accepted here."))
    allowed = settings.BLOCK_UPLOAD_BYTES if is_upload else MAX_BODY
    if int(request.META.get("CONTENT_LENGTH") or 0) > allowed:
        raise Denied(413, "too-large", _("This is too large to send."))
    if not is_draft and is_for_authors(handler):
        raise Denied(403, "authors-only", _("Only authors change content, and only in the studio."))


def _save_draft(request: HttpRequest, runtime: FrameRuntime) -> None:
    """A second save in the same editor starts from the first: the page says which version it holds."""
    stated = request.headers.get("X-Block-Base", "")
    base = int(stated[:18]) if stated.isdecimal() else runtime.token.version
    saved = runtime.save_draft(base_version=base)
    if saved is not None:
        request.block_version = saved  # type: ignore[attr-defined]


def _sorry(status: int, message: str) -> HttpResponse:
    """A page in the frame that says what is wrong."""
    html = render_to_string("courses/frame_sorry.html", {"message": message})
    response = _logged_already(HttpResponse(html, status=status))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {settings.PLAYER_URL}; font-src {settings.PLAYER_URL}; "
        f"frame-ancestors {settings.SITE_URL}; sandbox"
    )
    return response


def _logged_already(response: HttpResponse) -> HttpResponse:
    """Django would write the whole address into the log of errors, and the address is a secret."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
