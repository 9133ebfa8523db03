"""Fields of forms by the same templates as everything else; the plain ones need no template."""

import html
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeData

# All of these only include Django's input.html.
INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "password", "email", "number", "url", "hidden", "checkbox")
)


class FormRenderer(TemplatesSetting):
    """Writes an `<input>` as Django's template does (tests/shared/test_form_renderer.py compares them)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> str:
    parts = [f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"']
    if widget["value"] is not None:
        parts.append(f' value="{_text(widget["value"])}"')
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {_text(name)}")
        elif value is not False:
            parts.append(f' {_text(name)}="{_text(value)}"')
    parts.append(">")
    return "".join(parts)


def _text(value: Any) -> str:
    """The value as words, escaped unless somebody vouches for it; numbers stay as they are."""
    return str(value) if isinstance(value, SafeData) else html.escape(str(value))
