"""Addresses of packages as a page gives them to the browser. For tests."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from courses.h5p.models import Package
from courses.h5p.player.frame import player_frame
from courses.h5p.tokens import Mode, new_token
from tests.make_frames import PlayerHost

PLACE = "block-v1:LanToa+T1+2026+type@h5p+block@b1"


def launch(person: Any, package: Package, *, mode: Mode = "learn", language: str = "vi") -> str:
    """A token for the package at the usual place."""
    return new_token(person, package.pk, context=PLACE, mode=mode, language=language)


def frame(person: Any, package: Package, *, mode: Mode = "learn") -> str:
    return player_frame(person, package.pk, context=PLACE, mode=mode, language="vi", title="Bài <1>")


def page(token: str) -> HttpResponse:
    """What the player host answers."""
    return PlayerHost().get(f"{settings.PLAYER_URL}/h5p/{token}/")


def facts_in(response: HttpResponse) -> Any:
    """The JSON in the page of a package."""
    found = re.search(rb'<script id="h5p-facts" type="application/json">(.*?)</script>', response.content)
    assert found is not None
    return json.loads(found[1])


def links_in(response: HttpResponse) -> list[str]:
    """Addresses of style sheets and scripts, in the order of the page."""
    return [address.decode() for address in re.findall(rb'(?:src|href)="([^"]+)"', response.content)]
