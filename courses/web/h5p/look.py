"""The live preview beside the form."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.h5p.actions.previews import save_preview
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused as H5PRefused
from courses.h5p.models import Preview
from courses.h5p.player.frame import player_frame
from courses.h5p.queries.written import read_written
from courses.web.h5p.author import h5p_block
from courses.web.h5p.content_form import LONGEST, ContentForm
from courses.web.h5p.field_problems import field_problems
from courses.web.h5p.words import problem_lines
from courses.web.progress import refuse
from lms.people.http import SignedInRequest
from lms.shared.languages import current_language


@login_required
@require_POST
def preview(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Show what is being written: `{"frame": "<h5p-player>…", "problems": [{"path": …, "message": …}]}`.

    `{"library": "H5P.MultiChoice 1.16", "title": "…", "package": "<sha256>", "params": "{…}"}`
    """
    edited = h5p_block(request, module_code, usage_key)
    try:
        sent = _read(request)
    except (ValueError, TypeError, KeyError):
        return refuse(400, "misshapen", _("This cannot be read."))
    form = ContentForm(edited, {"package": sent["package"]}, library=sent["library"])
    try:
        written = read_written(sent["library"], sent["params"], files=form.files_there())
        kept = save_preview(
            written=written,
            context=usage_key,
            title=sent["title"] or str(_("Preview")),
            language=edited.language,
            by=request.user,
        )
    except Rejected as rejected:
        return refuse(422, "not-playable", " ".join(line.text for line in problem_lines(rejected.problems)))
    except H5PRefused as refusal:
        return refuse(422, refusal.code, str(refusal.message))
    problems = field_problems(written.problems, written.params, form.descriptions, sent["library"])
    # Some types break on fields that are still empty: the page goes on showing what it showed before.
    frame = "" if problems else _frame(request, kept)
    return JsonResponse({"frame": frame, "problems": [problem.as_json() for problem in problems]})


def _frame(request: SignedInRequest, kept: Preview) -> str:
    return player_frame(
        request.user,
        kept.key,
        context=kept.context,
        mode="write",
        language=current_language(),
        title=_("Preview: %(title)s") % {"title": kept.title},
    )


def _read(request: SignedInRequest) -> dict[str, str]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * LONGEST:
        raise ValueError("too large")
    body: dict[str, Any] = json.loads(request.body)
    sent = {name: body[name] for name in ("library", "title", "package", "params")}
    if not all(isinstance(value, str) for value in sent.values()):
        raise TypeError("texts only")
    return sent
