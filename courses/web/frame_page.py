"""What the page of a frame holds, and what its browser may fetch."""

import json
import re
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from web_fragments.fragment import Fragment, FragmentResource

from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.frame_runtime import FrameRuntime
from courses.xblocks.frames import sandbox_of
from courses.xblocks.package_files import is_outside, without_outside
from courses.xblocks.texts import fixed_words, script_texts
from lms.shared.languages import localised
from lms.shared.vite import plain_script

# A package looks for its player as soon as it is loaded: the script fills this in when the player is there.
PACKAGE_FRAME = re.compile(r"(<iframe\b[^>]*?\s)src=", re.DOTALL)
CSS, JS = "text/css", "application/javascript"


def frame_context(runtime: FrameRuntime, block: Any, fragment: Fragment, nonce: str) -> dict[str, Any]:
    """The context of courses/frame.html. A block's scripts come after the names they expect."""
    token = runtime.token
    reference = runtime.reference(block)
    entry = BLOCK_TYPES[reference.type]
    resources = [r for r in dict.fromkeys(fragment.resources) if not (r.kind == "url" and is_outside(r.data))]
    libraries = [address for name in entry.scripts if (address := plain_script(name))]
    body = fragment.body_html()
    return {
        "language": token.language,
        "title": localised(reference.title, token.language) or str(entry.label),
        "view": token.view,
        "block_type": reference.type,
        "body": mark_safe(PACKAGE_FRAME.sub(r"\1data-held-src=", body) if entry.needs_origin else body),
        "nonce": nonce,
        "facts": _json(_facts(runtime)),
        "texts": _json(script_texts(reference.type, token.language)),
        "words": _json(fixed_words(token.language, token.view)),
        "player": plain_script("player"),
        "libraries": libraries,
        "styles": [_local(r) for r in resources if r.mimetype == CSS],
        "scripts": [r for r in resources if r.mimetype == JS],
        "others": mark_safe("".join(_other(r) for r in resources if r.mimetype not in {CSS, JS})),
    }


def frame_policy(block_type: str, view: str, nonce: str) -> str:
    """The frame's Content-Security-Policy: the player host and nothing else, shown on our pages only.

    Blocks compile their templates in the browser (Handlebars, Underscore), which is `eval`, write
    `style` attributes and stop links by `onclick="return false"`. `sandbox` holds for a frame that is
    opened by itself, too.
    """
    # Packages write whole pages with scripts into frames of their own, and Open edX questions come with a
    # script in their HTML; a nonce would forbid those.
    is_loose = BLOCK_TYPES[block_type].needs_origin or block_type == "problem"
    inline = "'unsafe-inline'" if is_loose else f"'nonce-{nonce}'"
    own = settings.PLAYER_URL  # 'self' would be the opaque origin of the sandbox in some browsers
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own} {inline} 'unsafe-eval'",
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


def _local(style: FragmentResource) -> FragmentResource:
    return style._replace(data=without_outside(style.data)) if style.kind == "text" else style


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
