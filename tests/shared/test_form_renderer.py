"""Inputs written without a template are the ones that Django's templates write."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from lms.shared.form_renderer import INPUTS, FormRenderer

WIDGETS: list[forms.Widget] = [
    forms.TextInput({"class": "in", "maxlength": 12_000, "required": True, "hidden": False}),
    forms.TextInput({"data-x": "<a & 'b'>", "title": _("Home"), "data-none": None, "data-1": 0.5}),
    forms.TextInput({"data-safe": mark_safe("&amp;")}),
    forms.PasswordInput(),
    forms.EmailInput(),
    forms.NumberInput({"min": 1000}),
    forms.URLInput(),
    forms.HiddenInput(),
    forms.CheckboxInput({"aria-describedby": "x"}),
]


@pytest.mark.parametrize("value", [None, "", 'An & "Bình" <b>\'', 12_345, 0, True, False, mark_safe("&amp;")])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_writes_what_the_template_writes(widget: forms.Widget, value: Any) -> None:
    assert widget.template_name in INPUTS
    ours, usual = (
        widget.render("name<>", value, {"id": "id_name"}, renderer)
        for renderer in (FormRenderer(), TemplatesSetting())
    )
    assert ours == usual


def test_other_fields_have_their_templates() -> None:
    choices = forms.Select(choices=[("a", "A")])
    assert "<option" in choices.render("name", "a", None, FormRenderer())


def test_forms_use_it() -> None:
    class Form(forms.Form):
        word = forms.CharField()

    assert isinstance(Form().renderer, FormRenderer)
