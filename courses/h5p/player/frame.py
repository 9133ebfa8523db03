"""A package's place in a page of the host: the frame, and the element that listens to it."""

import hashlib
import hmac
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from courses.h5p import host
from courses.h5p.player.addresses import player_url
from courses.h5p.player.policy import ALLOWED, SANDBOX
from courses.h5p.tokens import Mode, new_token


def player_frame(
    person: Any, thing: Any, *, context: str, mode: Mode, language: str, title: str
) -> SafeString:
    """`<h5p-player>` with the frame in it, for this person at this place, for the next twelve hours.

    `thing` is a package's primary key, in mode "write" a preview's; nothing is looked up for it here.
    Only in mode "learn" does it say where to send what was done. `data-keep` names the queue on the
    device: one for each person, so that nobody sends what another did.
    """
    token = new_token(person, thing, context=context, mode=mode, language=language)
    is_recorded = mode == "learn"
    return SafeString(
        render_to_string(
            "h5p/frame.html",
            {
                "address": player_url("h5p_play", token),
                "record": reverse("h5p:record", args=[token]) if is_recorded else "",
                "keep": _queue_of(person, thing, context) if is_recorded else "",
                "title": title,
                "sandbox": SANDBOX,
                "allow": ALLOWED,
            },
        )
    )


def _queue_of(person: Any, thing: Any, context: str) -> str:
    place = f"h5p.queue\0{person.pk}\0{thing}\0{context}"
    return hmac.new(host.key().encode(), place.encode(), hashlib.sha256).hexdigest()[:24]
