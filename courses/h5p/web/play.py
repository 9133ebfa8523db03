"""The page of a package on the player host. The token in its address is the whole right."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from courses.h5p.player.page import page_of
from courses.h5p.player.policy import sorry_policy
from courses.h5p.queries.player import Denied, launch_of

log = logging.getLogger(__name__)


@xframe_options_exempt  # the policy says whose pages may show it
@require_safe
def play(request: HttpRequest, token: str) -> HttpResponse:
    """The package, or a page that says why not."""
    try:
        launch = launch_of(token)
    except Denied as denied:
        return _sorry(404 if denied.code == "gone" else 403, _words(denied.code))
    with translation.override(launch.token.language):
        try:
            page = page_of(launch)
        except Exception:
            log.exception("H5P %s cannot be played", launch.thing.pk)
            return _sorry(500, _("This content cannot be shown at the moment."))
    response = HttpResponse(page.html)
    response["Content-Security-Policy"] = page.policy
    response["Cache-Control"] = "no-store"
    return response


def _words(code: str) -> str:
    return {
        "expired": _("This part was open for too long. Reload the page."),
        "bad-token": _("This address is not valid. Reload the page."),
        "gone": _("This content is not here any more."),
        "not-allowed": _("You may not open this content."),
    }[code]


def _sorry(status: int, message: str) -> HttpResponse:
    response = HttpResponse(render_to_string("h5p/sorry.html", {"message": message}), status=status)
    response["Content-Security-Policy"] = sorry_policy()
    response["Cache-Control"] = "no-store"
    # Django would write the whole address into the log of errors, and the address is a secret.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
