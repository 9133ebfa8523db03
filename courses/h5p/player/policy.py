"""What a playing package may do: the frame around it and what its browser may fetch.

A package is a stranger's program. It runs in a frame without an origin on a host without cookies, and
reaches that host only; whatever it says to the page around is checked there and again on the server.
"""

from collections.abc import Iterable

from courses.h5p import host

# No allow-same-origin: the package can read nothing, not even of the player host. No top navigation, no
# forms that are sent, no modal boxes that hold up the page. Links of authors open beside the page.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
# Features are named for every origin (`*`): an opaque one has no name that a list could hold.
ALLOWED = "fullscreen *; autoplay *"
# Libraries that make programs from text, templates for instance. What needs them does not start without.
NEEDS_EVAL = frozenset({"EmbeddedJS"})


def page_policy(machine_names: Iterable[str]) -> str:
    """The Content-Security-Policy of the page that plays these libraries.

    The host is named, because 'self' means the frame's own origin, which is none. `sandbox` holds for a
    page that is opened by itself, too. Content types write `style` attributes, so inline styles are
    allowed; inline scripts are not.
    """
    own = str(host.value("PLAYER_URL"))
    evaluation = " 'unsafe-eval'" if NEEDS_EVAL & set(machine_names) else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own}{evaluation}",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"media-src {own} data: blob:",
            f"font-src {own} data:",
            f"connect-src {own}",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {host.value('SITE_URL')}",
            f"sandbox {SANDBOX}",
        )
    )


def file_policy() -> str:
    """For files: one that is opened by itself, an SVG for instance, is a document without any right."""
    return "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def sorry_policy() -> str:
    """For the page that says why nothing is played."""
    return f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors {host.value('SITE_URL')}; sandbox"
