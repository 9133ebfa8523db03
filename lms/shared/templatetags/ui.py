"""Our components as template tags. The markup is in frontend/templates/components/."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    FileInput,
    HiddenInput,
    RadioSelect,
)
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.shared.flat_templates import same_for_everybody
from lms.shared.icons import ICONS
from lms.shared.languages import current_language
from lms.shared.script_messages import MESSAGES
from lms.shared.templatetags.vietnamese import percent1

register = template.Library()

Number = Decimal | float

TONES = {
    "ok": ("ok", "circle-check"),
    "err": ("bad-t", "alert"),
    "info": ("inf", "info"),
    "gold": ("gold-t", "clock"),
    "mute": ("mute", ""),
}
NOTES = {"gold": "", "ok": "ok-n", "info": "inf-n", "err": "err-n"}


@register.simple_tag
@same_for_everybody
@lru_cache(maxsize=512)  # the same few dozen on every page
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """Draw an icon. Without a label it is hidden from screen readers: a word stands beside it."""
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" width="20" height="20" fill="none" '
        'stroke="currentColor" {}>{}</svg>',
        f" {extra}" if extra else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        mark_safe(ICONS[name]),
    )


@register.simple_tag
def badge(tone: str, text: str, icon: str | None = None) -> SafeString:
    """Say a status with an icon and a word; tone is ok, err, info, gold or mute."""
    css, usual = TONES[tone]
    name = usual if icon is None else icon
    return format_html(
        '<span class="tag {}">{} <span>{}</span></span>', css, _icon(name) if name else "", text
    )


@register.simple_block_tag
def panel(content: str, title: str = "", level: int = 2, extra: str = "") -> SafeString:
    """Frame some content; use it for what must be set apart, not for every group."""
    return _render("panel", content=content, title=title, level=level, extra=extra)


@register.simple_block_tag
def note(content: str, tone: str = "gold", role: str = "") -> SafeString:
    """Tell one consequence; tone is gold, ok, info or err."""
    return _render("note", content=content, css=NOTES[tone], role=role)


@register.simple_block_tag
def empty_state(content: str, title: str, level: int = 2) -> SafeString:
    """Say that there is nothing yet, and in the content what to do about it."""
    return _render("empty", content=content, title=title, level=level)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A native dialog, closed until a script opens it."""
    return _render("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def scroll_table(content: str, label: str) -> SafeString:
    """Let a wide table scroll sideways, by keyboard too."""
    return _render("table", content=content, label=label)


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Show the way here: pairs of label and address; the last one is this page."""
    *above, here = steps
    return {"above": above, "here": here}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Link the neighbouring pages and keep the other query parameters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    return {
        "page": page,
        "parameter": parameter,
        "query": query.urlencode(),
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
    }


@register.simple_tag
def field(
    bound_field: BoundField,
    label: str = "",
    hint: str = "",
    choices: str = "rows",
    says_optional: bool = True,
) -> SafeString:
    """Render a form field with its label, hint and error, tied together for screen readers.

    `choices` says how radio buttons look: rows, bare or segments. Where nothing has to be filled in,
    `says_optional=False` spares the reader that word at every field.
    """
    widget = bound_field.field.widget
    hint = hint or str(bound_field.help_text)
    described_by = " ".join(
        f"{bound_field.auto_id}_{part}"
        for part, there in (("helptext", hint), ("error", bound_field.errors))
        if there
    )
    several = isinstance(widget, RadioSelect)  # CheckboxSelectMultiple is one too
    attributes = {} if several else _attributes(bound_field, described_by)
    return _render(
        "field",
        field=bound_field,
        control="" if several else bound_field.as_widget(attrs=attributes),
        label=label or bound_field.label,
        hint=hint,
        described_by=described_by,
        several=several,
        single=isinstance(widget, CheckboxInput),
        hidden=bound_field.is_hidden,
        choices=choices,
        is_optional=says_optional and not bound_field.field.required,
    )


def _attributes(bound_field: BoundField, described_by: str) -> dict[str, str | bool]:
    widget = bound_field.field.widget
    attributes: dict[str, str | bool] = {}
    if described_by:
        attributes["aria-describedby"] = described_by
    if bound_field.errors:
        attributes["aria-invalid"] = "true"
    if not isinstance(widget, CheckboxInput | FileInput | HiddenInput):
        names = [widget.attrs.get("class", ""), "in", "is-err" if bound_field.errors else ""]
        attributes["class"] = " ".join(name for name in names if name)
    return attributes


@register.simple_tag
def error_summary(*forms: BaseForm, title: str = "") -> SafeString | str:
    """List what is wrong, each line a link to its field; nothing when all is well."""
    lines: list[tuple[str, str]] = []
    for form in forms:
        lines += [("", str(error)) for error in form.non_field_errors()]
        for bound_field in form:
            several = isinstance(bound_field.field.widget, RadioSelect)
            target = f"{bound_field.auto_id}_0" if several else bound_field.auto_id
            lines += [(target, f"{bound_field.label}: {error}") for error in bound_field.errors]
    return _render("error_summary", lines=lines, title=title) if lines else ""


@register.inclusion_tag("components/meter.html")
def meter(rate: Number, goal: Number = 70, label: str = "", large: bool = False) -> dict[str, Any]:
    """Draw a population's rate, in percent, against the goal."""
    words = label or _("%(rate)s percent, the goal is %(goal)s percent") % {
        "rate": percent1(rate),
        "goal": goal,
    }
    return {"value": _part(rate), "goal": _part(goal), "goal_text": goal, "label": words, "large": large}


@register.inclusion_tag("components/bar.html")
def bar(
    value: Number,
    total: Number = 100,
    goal: Number | None = None,
    label: str = "",
    tone: str = "",
) -> dict[str, Any]:
    """Draw a share as a bar. Give a label unless the number stands beside it."""
    return {
        "value": _part(float(value) / float(total) * 100 if total else 0),
        "goal": None if goal is None else _part(goal),
        "label": label,
        "tone": tone,
    }


@register.inclusion_tag("components/rings.html")
def rings(modules: Iterable[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Draw one person's track from the core outwards.

    A module is a mapping: `fraction` of it done, from 0 to 1, and whether it `is_core`.
    """
    modules = list(modules)
    done = sum(1 for module in modules if float(module["fraction"]) >= 1)
    middle = _INNERMOST + _STEP * (len(modules) - 1) + _MARGIN
    circles = [
        {
            "radius": _INNERMOST + _STEP * order,
            "state": _ring_state(float(module["fraction"])),
            "core": module.get("is_core", False),
            "order": order,
            "percent": f"{float(module['fraction']) * 100:.0f}",
            "path": _ring(middle, _INNERMOST + _STEP * order),
        }
        for order, module in enumerate(modules)
    ]
    words = label or ngettext(
        "%(done)s of %(count)s module finished", "%(done)s of %(count)s modules finished", len(modules)
    ) % {"done": done, "count": len(modules)}
    return {
        "circles": circles,
        "middle": middle,
        "size": 2 * middle,
        "done": done,
        "count": len(modules),
        "label": words,
    }


_INNERMOST, _STEP, _MARGIN = 44, 15, 12


def _ring(middle: int, radius: int) -> str:
    """A circle drawn clockwise from the top, so that a dash shows how far it is."""
    half = f"a{radius} {radius} 0 0 1 0"
    return f"M{middle} {middle - radius}{half} {2 * radius}{half} {-2 * radius}"


def _ring_state(fraction: float) -> str:
    if fraction >= 1:
        return "on"
    return "go" if fraction > 0 else ""


@register.inclusion_tag("components/seal.html")
def seal(status: str, large: bool = False) -> dict[str, Any]:
    """Draw the seal of a certificate: closed for valid, broken for revoked, dotted for unknown."""
    return {
        "kind": _SEALS.get(status, "unknown"),
        "large": large,
        "gold_turns": range(0, 180, 10),
        "red_turns": range(0, 180, 12),
    }


_SEALS = {"valid": "verified", "verified": "verified", "revoked": "revoked", "expired": "expired"}


@register.simple_tag
@same_for_everybody
def script_messages(*areas: str) -> SafeString:
    """Hand the scripts of these areas their texts in the reader's language."""
    return _script_messages(areas, current_language())


@lru_cache(maxsize=64)  # the same text for everybody who reads the language
def _script_messages(areas: tuple[str, ...], _language: str) -> SafeString:
    texts = {
        english: str(translated)
        for area in areas
        for english, translated in MESSAGES[area].items()
        if str(translated) != english
    }
    return json_script(texts, "messages")


def _part(percent: Number) -> str:
    """A width for SVG: always with a point, never outside the drawing."""
    return f"{min(max(float(percent), 0), 100):.1f}%"


def _render(component: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", context)


_icon = icon  # `badge` has a parameter of that name
