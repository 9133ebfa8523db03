"""The form that takes a course file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A course file. What it holds is checked when it is read."""

    file = forms.FileField(
        label=_("Course file"),
        help_text=_("OLX as .tar.gz or .zip, up to 500 MB: an export of this platform or of Open edX."),
        widget=forms.ClearableFileInput(attrs={"accept": ".gz,.tgz,.zip"}),
    )
