"""The door for what somebody did in a package: on the site, for who is signed in, with a CSRF token.

The token in the address names person, package and place. It opens nothing for anybody else: on a
shared phone what one person did can never be sent in another's name.
"""

import time
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.h5p.actions.record import record_batch
from courses.h5p.player.batch import MAX_BODY, BadBatch, read_batch
from courses.h5p.player.integration import activity_of
from courses.h5p.queries.player import Denied, Launch, launch_of

CALLS_PER_MINUTE = 60  # of one person; the page sends every few seconds at most


@require_POST
def record(request: HttpRequest, token: str) -> JsonResponse:
    """Keep a batch. `{"error": code, "message": words}` says why not."""
    if not request.user.is_authenticated:
        return _refuse(401, "signed-out")
    try:
        launch = launch_of(token)
    except Denied as denied:
        return _refuse(403, denied.code)
    if launch.person.pk != request.user.pk:
        return _refuse(403, "other-person")
    if launch.package is None or launch.token.mode != "learn":
        return _refuse(403, "not-recorded")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return _refuse(413, "too-large")
    if _calls(launch) > CALLS_PER_MINUTE:
        return _refuse(429, "too-often")
    now = timezone.now()
    try:
        batch = read_batch(request.body, activity=activity_of(launch), now=now)
    except BadBatch as bad:
        return _refuse(413 if bad.code == "too-large" else 400, bad.code)
    kept = record_batch(package=launch.package, context=launch.token.context, batch=batch, by=launch.person)
    said: dict[str, Any] = {"saved_at": now.isoformat(), "states": kept.states, "statements": kept.statements}
    return JsonResponse(said | ({"ignored": batch.ignored} if batch.ignored else {}))


def _calls(launch: Launch) -> int:
    """How often this person has sent something in this minute, this time included."""
    key = f"h5p:record:{launch.person.pk}:{int(time.time()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key)
    except ValueError:  # dropped by the cache between the two lines
        return 1


def _refuse(status: int, code: str) -> JsonResponse:
    words = {
        "signed-out": _("Your sign-in has ended."),
        "expired": _("This part was open for too long. Reload the page."),
        "bad-token": _("This address is not valid. Reload the page."),
        "gone": _("This content is not here any more."),
        "not-allowed": _("You may not open this content."),
        "other-person": _("Somebody else is signed in on this device now."),
        "not-recorded": _("Nothing is recorded while you look at content as an author."),
        "too-large": _("This is too large to send."),
        "too-often": _("Too many answers in one minute. Wait a moment."),
        "unreadable": _("What was sent could not be read. Reload the page."),
    }
    return JsonResponse({"error": code, "code": code, "message": words[code]}, status=status)
