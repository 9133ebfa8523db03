"""The door to blocks' handlers: `x/<usage key>/<handler>/`."""

import mimetypes
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from xblock.exceptions import DisallowedFileError

from courses.models import Module
from courses.olx.parse import course_key_of
from courses.permissions import may_author, may_learn
from courses.web.answers import answer, is_for_authors
from courses.web.progress import refuse
from courses.xblocks.keys import InvalidKeyError, parse_key
from courses.xblocks.registry import block_class, is_framed
from courses.xblocks.runtime import Mode, PlatformRuntime
from lms.people.http import SignedInRequest

MAX_BODY = 256_000
READABLE = {"application/json", "application/x-www-form-urlencoded", "text/plain", ""}


@require_POST
@login_required
def handler(request: SignedInRequest, usage_key: str, handler: str, suffix: str = "") -> HttpResponse:
    """Let one block answer, in one transaction, for a person who may learn it."""
    try:
        mode = Mode(request.GET.get("mode", Mode.PUBLISHED))
        is_known = not is_framed(parse_key(usage_key).block_type)  # those answer on the player host only
    except (ValueError, InvalidKeyError):
        is_known = False
    if not is_known:
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
    runtime = partial(PlatformRuntime, person=request.user, module=module, mode=mode, is_handling=True)
    return answer(request, runtime, usage_key, handler, suffix)


@require_safe
@cache_control(max_age=3600)
@login_required
def resource(request: SignedInRequest, block_type: str, uri: str) -> HttpResponse:
    """A file one of our blocks brings in its `public/` folder."""
    if is_framed(block_type):
        raise Http404(uri)
    try:
        with block_class(block_type).open_local_resource(uri) as file:
            content = file.read()
    except (DisallowedFileError, OSError, TypeError) as error:
        raise Http404(uri) from error
    return HttpResponse(content, content_type=mimetypes.guess_type(uri)[0] or "application/octet-stream")


def _may_call(person: Any, module: Module, mode: Mode) -> bool:
    return may_learn(person, module) if mode == Mode.PUBLISHED else may_author(person)
