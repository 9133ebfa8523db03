"""What the outline's forms send. They check shape; the rules stand in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Component
from courses.olx.attributes import LANGUAGES
from courses.olx.outline import Texts
from courses.olx.tree import KINDS, Place


class DraftForm(forms.Form):
    """Every change says which draft it was made from."""

    base = forms.IntegerField(min_value=1)


class TitledForm(DraftForm):
    """A title in up to three languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(required=False, max_length=400)

    def title(self) -> Texts:
        return {code: self.cleaned_data[f"title_{code}"] for code in LANGUAGES}


class ItemForm(DraftForm):
    """Names a section, unit or block."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    key = forms.CharField(max_length=255)


class ChangeForm(TitledForm, ItemForm):
    minutes = forms.IntegerField(
        required=False, error_messages={"invalid": _("Give the minutes as a number from 0 to 600.")}
    )
    review_by = forms.DateField(
        required=False, error_messages={"invalid": _("Give the day as in the calendar of this field.")}
    )
    is_required = forms.BooleanField(required=False)


class MoveForm(ItemForm):
    """Where to: a step up (-1) or down (1), or a place: "parent before"."""

    step = forms.TypedChoiceField(choices=[("-1", "-1"), ("1", "1")], coerce=int, required=False)
    place = forms.CharField(max_length=600, required=False, strip=False)

    def target(self) -> Place | None:
        chosen: str = self.cleaned_data["place"]
        parent, space, before = chosen.partition(" ")
        return Place(parent, before or None) if space else None


class AddUnitForm(TitledForm):
    section = forms.CharField(max_length=255)


class AddBlockForm(DraftForm):
    """Which type of block, and for which unit."""

    unit = forms.CharField(max_length=255)
    type = forms.CharField(max_length=64)


class NewModuleForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        help_text=_("Short and for ever: G5, DC-2. It stands in every address of the module."),
    )
    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    component = forms.ChoiceField(
        label=_("What it trains"), choices=Component.choices, initial=Component.ST, widget=forms.RadioSelect
    )
