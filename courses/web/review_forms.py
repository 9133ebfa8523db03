"""Forms of the way to the learners: send, decide, publish, bring back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import ChangeClass


class SubmitForm(forms.Form):
    """What kind of change this is, and why."""

    change_class = forms.ChoiceField(
        label=_("Kind of change"),
        choices=ChangeClass.choices,
        initial=ChangeClass.CONTENT,
        widget=forms.RadioSelect,
        help_text=_(
            "Wording goes straight to the programme office. Content is read by an expert first. "
            "A change of law also brings a short top-up to those who finished the module."
        ),
    )
    note = forms.CharField(
        label=_("What changed, in one sentence"),
        max_length=500,
        help_text=_("Colleagues read it, and it stays in the history."),
    )
    summary = forms.CharField(
        label=_("Only for a change of law: what learners must know now"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Their top-up begins with these words. Name the law and the day it takes effect."),
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("change_class") == ChangeClass.LEGAL and not cleaned.get("summary"):
            self.add_error("summary", _("Say for learners what the law changed."))
        return cleaned


def _reason(rows: int = 3, **said: Any) -> forms.CharField:
    return forms.CharField(**{"max_length": 2000, **said}, widget=forms.Textarea(attrs={"rows": rows}))


class DecisionForm(forms.Form):
    """The expert's answer; the comments on single blocks stand beside the blocks."""

    reason = _reason(
        label=_("Your reason"),
        help_text=_("What you checked, or what has to change. The author and the publisher read it."),
    )


class PublishForm(forms.Form):
    """The publisher's answer."""

    reason = _reason(2, label=_("Your reason"), max_length=500, help_text=_("It stays in the audit trail."))


class RollBackForm(forms.Form):
    """Why learners see an earlier version again."""

    reason = _reason(label=_("Why this version comes back"), help_text=_("It stays in the audit trail."))


class CheckedForm(forms.Form):
    """The sources of a unit still hold; when to look again."""

    review_by = forms.DateField(
        label=_("Check again by"),
        input_formats=["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"invalid": _("Enter a day as dd/mm/yyyy.")},
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "class": "num",
                "inputmode": "numeric",
                "placeholder": "dd/mm/yyyy",
                "autocomplete": "off",
            },
        ),
    )
