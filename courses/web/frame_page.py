"""What the page of a frame holds, and what its browser may fetch."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from web_fragments.fragment import Fragment, FragmentResource

from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.frame_runtime import FrameRuntime
from courses.xblocks.frames import sandbox_of
from courses.xblocks.texts import script_texts
from lms.shared.languages import localised
from lms.shared.vite import plain_script

CSS, JS = "text/css", "application/javascript"


def frame_context(runtime: FrameRuntime, block: Any, fragment: Fragment, nonce: str) -> dict[str, Any]:
    """The context of courses/frame.html. A block's scripts come after the names they expect."""
    token = runtime.token
    reference = runtime.reference(block)
    entry = BLOCK_TYPES[reference.type]
    resources = list(dict.fromkeys(fragment.resources))
    libraries = [address for name in entry.scripts if (address := plain_script(name))]
    return {
        "language": token.language,
        "title": localised(reference.title, token.language) or str(entry.label),
        "view": token.view,
        "block_type": reference.type,
        "body": mark_safe(fragment.body_html()),
        "nonce": nonce,
        "facts": _json(_facts(runtime)),
        "texts": _json(script_texts(reference.type, token.language)),
        "player": plain_script("player"),
        "libraries": libraries,
        "styles": [r for r in resources if r.mimetype == CSS],
        "scripts": [r for r in resources if r.mimetype == JS],
        "others": mark_safe("".join(_other(r) for r in resources if r.mimetype not in {CSS, JS})),
    }


def frame_policy(block_type: str, view: str, nonce: str) -> str:
    """The frame's Content-Security-Policy: the player host and nothing else, shown on our pages only.

    Blocks compile their templates in the browser (Handlebars, Underscore), which is `eval`, write
    `style` attributes and stop links by `onclick="return false"`. `sandbox` holds for a frame that is
    opened by itself, too.
    """
    own = settings.PLAYER_URL  # 'self' would be the opaque origin of the sandbox in some browsers
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own} 'nonce-{nonce}' 'unsafe-eval'",
            "script-src-attr 'unsafe-inline'",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"font-src {own} data:",
            f"media-src {own} blob:",
            f"connect-src {own}",
            f"frame-src {own} blob:",
            f"form-action {own}",
            "base-uri 'none'",
            f"frame-ancestors {settings.SITE_URL} {own}",
            f"sandbox {sandbox_of(block_type, view)}",
        )
    )


def _facts(runtime: FrameRuntime) -> dict[str, Any]:
    """What the script in the frame must know."""
    return {
        "handlers": runtime.handlers_url(),
        "site": settings.SITE_URL,
        "player": settings.PLAYER_URL,
        "view": runtime.token.view,
        "language": runtime.token.language,
        "usageKey": runtime.token.usage_key,
    }


def _other(resource: FragmentResource) -> str:
    """Templates for scripts and the like."""
    return str(resource.data) if resource.mimetype == "text/html" else ""


def _json(value: Any) -> SafeString:
    """JSON that cannot leave its `<script>`."""
    text = json.dumps(value, ensure_ascii=False)
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
