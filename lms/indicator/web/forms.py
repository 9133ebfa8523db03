"""Dates of a figure and the frozen figures."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.shared import clock

INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]
DATE_WIDGET = {"inputmode": "numeric", "class": "num", "autocomplete": "off"}


class DayField(forms.DateField):
    """A calendar day, typed 31/10/2026; ISO is accepted too."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs=dict(DATE_WIDGET))
        super().__init__(input_formats=INPUT_FORMATS, widget=widget, **kwargs)


class DatesForm(forms.Form):
    as_of = DayField(label=_("As of"))
    known = DayField(label=_("By what was known on"))

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return day


def dates_asked_for(request: HttpRequest) -> tuple[DatesForm, date, date | None]:
    """The form and both days: today, by all we know, where nothing valid was asked for."""
    today = clock.today()
    asked = {name: request.GET.get(name) or f"{today:%d/%m/%Y}" for name in ("as_of", "known")}
    form = DatesForm(asked)
    given = form.cleaned_data if form.is_valid() else {}
    as_of, known = given.get("as_of", today), given.get("known", today)
    if not form.errors:  # show dates the Vietnamese way, however they were typed
        form = DatesForm(initial={"as_of": as_of, "known": min(known, today)})
    return form, as_of, known if known < today else None


class SnapshotForm(DatesForm):
    reason = forms.CharField(label=_("Why the earlier figure is restated"), max_length=500, required=False)
    confirm = forms.BooleanField(
        label=_("I have checked the dates. A frozen figure cannot be changed or deleted.")
    )
