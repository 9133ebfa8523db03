"""The doors through which editors keep what is typed, every few seconds."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.actions.editor_drafts import LARGEST, StaleTab, TypedWrite, discard_typing, keep_typing
from courses.models import EditorDraft
from courses.web.progress import refuse
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

MOST_FIELDS = 200


@login_required
@require_POST
def keep(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Keep the fields of an editor: 200 with the new `seq`, 409 with what another tab kept.

    `{"uuid": "…", "base_seq": 3, "base_version": 17, "part": "", "fields": {"body_vi": ["…"]}}`
    """
    module = authored(request, module_code)
    try:
        typed, part = _read(request)
    except (ValueError, TypeError, KeyError):
        return refuse(400, "misshapen", _("This cannot be read."))
    try:
        kept = keep_typing(module=module, usage_key=usage_key, typed=typed, part=part, by=request.user)
    except StaleTab as stale:
        text = _("Another tab or device has kept newer text of this block.")
        facts = {"error": "newer-text", "message": text, **_facts(stale.kept), "fields": stale.kept.fields}
        return JsonResponse(facts, status=409)
    except Refused as refusal:
        return refuse(422, refusal.code, str(refusal.message))
    return JsonResponse(_facts(kept))


@login_required
@require_POST
def discard(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Forget the kept text and show the block as it is saved."""
    module = authored(request, module_code)
    if discard_typing(usage_key=usage_key, part=request.POST.get("part", "")[:120], by=request.user):
        messages.success(request, _("The unsaved text is gone; this is the saved draft."))
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return redirect(back)
    return redirect("courses:studio_block", module.code, usage_key)


def _read(request: SignedInRequest) -> tuple[TypedWrite, str]:
    """The write, or ValueError, TypeError, KeyError for a body that is none."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > 4 * LARGEST:
        raise ValueError("too large")
    body: dict[str, Any] = json.loads(request.body)
    fields = body["fields"]
    if (
        not isinstance(fields, dict)
        or len(fields) > MOST_FIELDS
        or not all(
            isinstance(values, list) and all(isinstance(value, str) for value in values)
            for values in fields.values()
        )
    ):
        raise ValueError("fields are lists of texts")
    base_seq, base_version = body["base_seq"], body["base_version"]
    if not all(type(number) is int and 0 <= number < 2**31 for number in (base_seq, base_version)):
        raise ValueError("numbers out of range")
    return TypedWrite(fields, base_version, base_seq, UUID(body["uuid"])), str(body.get("part", ""))[:120]


def _facts(kept: EditorDraft) -> dict[str, Any]:
    return {"seq": kept.seq, "saved_at": kept.saved_at.isoformat()}
