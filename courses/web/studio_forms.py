"""Forms of the studio. They check shape; the rules stand in the actions."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import ChangeClass

LANGUAGE_NAMES: dict[str, str | Promise] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "de": _("German"),
}


class PublishForm(forms.Form):
    """What kind of change this is, and why."""

    change_class = forms.ChoiceField(
        label=_("Kind of change"),
        choices=ChangeClass.choices,
        initial=ChangeClass.TYPO,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("What changed, in one sentence"), max_length=500)
