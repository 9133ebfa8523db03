"""What the unit page shows, gathered in few queries.

Sentences are made here and not in the template: `blocktranslate` costs ten times as much as
`gettext`, and this is the page people open most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format, time_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from web_fragments.fragment import Fragment

from courses.models import Module
from courses.olx.outline import Unit
from courses.queries.progress import ModuleStanding
from courses.xblocks.media import in_chosen_order, media_options
from courses.xblocks.runtime import PlatformRuntime, fragments_html
from lms.people.http import SignedInRequest
from lms.shared.addresses import address
from lms.shared.languages import current_language, localised
from lms.shared.templatetags.ui import icon

MEDIA_COOKIE = "media"


@dataclass(frozen=True)
class NextButton:
    """The one filled button: a form where the click itself finishes the unit, else a link."""

    is_form: bool
    url: str
    label: str
    short_label: str


def unit_page(
    request: SignedInRequest, module: Module, unit: Unit, standing: ModuleStanding
) -> dict[str, Any]:
    """The context of courses/unit.html."""
    language = page_language()
    runtime = PlatformRuntime(person=request.user, module=module, unit=unit)
    options = media_options(runtime, unit, language, chosen_media(request))
    context = {
        "request": request,
        "language": language,
        "module": module,
        "unit": unit,
        "media": next((option.kind for option in options if option.is_chosen), "text"),
        "is_complete": unit.key in standing.done_keys,
    }
    blocks = [runtime.render_safely(b, context) for b in in_chosen_order(unit.blocks, options)]
    before, after = standing.outline.neighbours(unit.key)
    position = standing.outline.position(unit.key)
    return {
        "module": module,
        "unit": unit,
        "title": localised(unit.title, language),
        "module_title": localised(standing.outline.title, language),
        "units_done": standing.units_done,
        "number_of_units": len(standing.outline.units),
        "meta": _meta_line(unit, position, len(standing.outline.units)),
        "standing_line": standing_line(standing),
        "sheet_label": _("Units %(n)s/%(all)s") % {"n": position, "all": len(standing.outline.units)},
        "outline_rows": outline_rows(module, standing, unit.key, language),
        "blocks_html": mark_safe(fragments_html(blocks)),
        "resources": resources_of(blocks),
        "media_options": options,
        "back": _back_link(module, before, position),
        "next": _next_button(module, unit, after, position, is_done=unit.key in standing.done_keys),
        "place": _place(standing, unit),
        "saved_line": _saved_line(standing),
        "place_url": address("courses:place", module.code, unit.key),
        "standing_url": address("courses:standing", module.code, unit.key),
    }


def outline_rows(module: Module, standing: ModuleStanding, current: str, language: str) -> SafeString:
    """The module's units as the side list and the phone's sheet show them, both the same."""
    finished, here, to_do = icon("circle-check"), icon("play"), icon("circle-dashed")
    spoken = f'<span class="vh">{escape(_("Finished:"))} </span>'
    rows = []
    for position, unit in enumerate(standing.outline.units, start=1):
        is_done, is_current = unit.key in standing.done_keys, unit.key == current
        sign = here if is_current else finished if is_done else to_do
        minutes = f'<small class="mute">{escape(_minutes(unit.minutes))}</small>' if unit.minutes else ""
        item, link = ('<li class="cur">', ' aria-current="page"') if is_current else ("<li>", "")
        url = escape(address("courses:unit", module.code, unit.key))
        title = escape(localised(unit.title, language))
        words = f"<span>{spoken if is_done else ''}{position}. {title}</span>"
        rows.append(f'{item}<a href="{url}"{link}>{sign}{words}{minutes}</a></li>')
    return mark_safe("".join(rows))


def standing_line(standing: ModuleStanding) -> str:
    """ "3/5 units, about 40 minutes left"."""
    return _("%(done)s/%(all)s units, about %(minutes)s minutes left") % {
        "done": standing.units_done,
        "all": len(standing.outline.units),
        "minutes": standing.minutes_left,
    }


def page_language() -> str:
    """The language of the page, which blocks follow as far as they have it."""
    return current_language()


def chosen_media(request: HttpRequest) -> str:
    """This device's choice: just made, or made before."""
    return request.GET.get("media") or request.COOKIES.get(MEDIA_COOKIE, "text")


def resources_of(fragments: Iterable[Fragment]) -> list[Any]:
    """Style sheets and scripts that blocks bring, each once."""
    return list(dict.fromkeys(resource for fragment in fragments for resource in fragment.resources))


def _minutes(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _meta_line(unit: Unit, position: int, number_of_units: int) -> str:
    parts = [_("Unit %(n)s/%(all)s") % {"n": position, "all": number_of_units}]
    if unit.minutes:
        parts.append(_minutes(unit.minutes))
    if unit.review_by:
        day = date_format(unit.review_by, "SHORT_DATE_FORMAT")
        parts.append(_("sources checked until %(day)s") % {"day": day})
    return " · ".join(parts)


def _back_link(module: Module, before: Unit | None, position: int) -> dict[str, str] | None:
    if before is None:
        return None
    url = address("courses:unit", module.code, before.key)
    return {"url": url, "label": _("Unit %(n)s") % {"n": position - 1}}


def _next_button(
    module: Module, unit: Unit, after: Unit | None, position: int, *, is_done: bool
) -> NextButton:
    names = {"n": position + 1, "title": localised(after.title) if after else ""}
    # A graded quiz proves itself; everything else is finished by saying so.
    if not is_done and not any(block.is_graded for block in unit.blocks):
        url = address("courses:finish_unit", module.code, unit.key)
        if after is None:
            return NextButton(True, url, _("Finish the unit"), _("Finish the unit"))
        long_label = _("Done, on to unit %(n)s: %(title)s") % names
        return NextButton(True, url, long_label, _("Done, unit %(n)s") % names)
    if after is None:
        back = _("Back to the programmes")
        return NextButton(False, address("courses:tracks"), back, back)
    url = address("courses:unit", module.code, after.key)
    return NextButton(False, url, _("Unit %(n)s: %(title)s") % names, _("Unit %(n)s") % names)


def _place(standing: ModuleStanding, unit: Unit) -> dict[str, Any] | None:
    """Where in this unit the person was, for the script that scrolls there."""
    place = standing.place
    if place is None or place.unit_key != unit.key or not place.block_key:
        return None
    return {"block": place.block_key.rpartition("@")[2], "fraction": f"{place.fraction:.3f}"}


def _saved_line(standing: ModuleStanding) -> str:
    if standing.place is None:
        return ""
    moment = localtime(standing.place.updated_at)
    return _("Saved %(time)s") % {"time": time_format(moment.time(), "TIME_FORMAT")}
