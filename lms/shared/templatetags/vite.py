"""`{% vite_css "learn" %}`, `{% vite_js "learn" %}` and `{% vite_asset "fonts/….woff2" %}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lms.shared import vite
from lms.shared.flat_templates import same_for_everybody

register = template.Library()


@register.simple_tag
@same_for_everybody
def vite_css(area: str) -> SafeString | str:
    """Link the one style sheet of an area: main, learn, public, staff or author."""
    address = vite.style_sheet(area)
    return format_html('<link rel="stylesheet" href="{}">', address) if address else ""


@register.simple_tag
@same_for_everybody
def vite_js(area: str) -> SafeString | str:
    """Load the script of an area, and start fetching what it imports."""
    found = vite.script(area)
    if found is None:
        return ""
    address, imports = found
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((i,) for i in imports)) + (
        format_html('<script type="module" src="{}"></script>', address)
    )


@register.simple_tag
@same_for_everybody
def vite_asset(source: str) -> str:
    """Give the address of a built file, named as in the sources."""
    return vite.asset(source) or ""
