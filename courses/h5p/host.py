"""What the project around the app decides: `settings.H5P`, a dict; every key has a default.

H5P = {
    "SITE_URL": "https://learn.example.vn",        # where people are signed in
    "PLAYER_URL": "https://player.example.vn",     # the host without cookies that plays packages
    "PLAYER_URLCONF": "project.player_urls",       # the addresses of that host
    "KEY": "…",                                    # signs launch tokens; default: SECRET_KEY
    "MAY_UPLOAD": "project.rules.may_author",      # (actor) -> bool
    "MAY_MANAGE": "project.rules.may_manage",      # (actor) -> bool: bring in libraries, which are code
    "MAY_PLAY": "project.rules.may_play",          # (person, package, context, mode) -> bool
    "OPERATOR": "project.actors.SYSTEM",           # who acts at the command line, where nobody is named
    "RECORD": "project.audit.record",              # (kind, thing, *, by, **details): the audit trail
    "CLEAN_PICTURE": "project.pictures.cleaned",   # (bytes, media type) -> bytes without place and device
    "TRUSTED": ["/etc/h5p/trusted.json"],          # allow-lists beside the app's own
    "MAX_UPLOAD": 100_000_000,                     # bytes of a package
}
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

DEFAULTS: dict[str, Any] = {
    "SITE_URL": "http://127.0.0.1:8000",
    "PLAYER_URL": "http://localhost:8001",
    "PLAYER_URLCONF": "courses.h5p.player_urls",
    "KEY": "",
    "MAY_UPLOAD": "courses.h5p.permissions.may_upload_by_default",
    "MAY_MANAGE": "courses.h5p.permissions.may_manage_by_default",
    "MAY_PLAY": "courses.h5p.permissions.may_play_by_default",
    "OPERATOR": "courses.h5p.permissions.OPERATOR",
    "RECORD": "",
    "CLEAN_PICTURE": "",
    "TRUSTED": [],
    "MAX_UPLOAD": 100_000_000,
}


def value(name: str) -> Any:
    """A setting as it stands."""
    return getattr(settings, "H5P", {}).get(name, DEFAULTS[name])


@cache
def _named(name: str) -> Callable[..., Any] | None:
    path = value(name)
    return import_string(path) if path else None


def asked(name: str, *arguments: Any) -> bool:
    """What the host answers to one of the MAY_ questions."""
    rule = _named(name)
    return bool(rule and rule(*arguments))


def operator() -> Any:
    """Who acts at the command line: an object with `pk` None that may bring in anything."""
    return import_string(value("OPERATOR"))


def record(kind: str, thing: Any, *, by: Any, **details: Any) -> None:
    """Tell the host's audit trail, where it has one."""
    write = _named("RECORD")
    if write is not None:
        write(kind, thing, by=by, **details)


def cleaned_picture(content: bytes, media_type: str) -> bytes:
    """The picture without what a camera wrote into it, where the host can do that; ValueError if broken."""
    clean = _named("CLEAN_PICTURE")
    return clean(content, media_type) if clean is not None else content


def key() -> str:
    """What signs launch tokens."""
    return str(value("KEY") or settings.SECRET_KEY)


def _forget(*, setting: str, **_kwargs: Any) -> None:
    if setting == "H5P":
        _named.cache_clear()


setting_changed.connect(_forget)
