"""Forms of the H5P library pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.h5p.queries.libraries import LibraryFilters
from courses.web.declarations import SecrecyDeclaration

STATES = (
    ("", _("All")),
    ("used", _("Used by content")),
    ("unused", _("Not used")),
    ("withdrawn", _("Out of use")),
)


class LibraryFilterForm(forms.Form):
    """What to look for; what cannot be meant finds everything."""

    text = forms.CharField(
        label=_("Name of the library"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "in"}),
    )
    state = forms.ChoiceField(
        label=_("Use"), choices=STATES, required=False, widget=forms.Select(attrs={"class": "in"})
    )

    def filters(self) -> LibraryFilters:
        self.full_clean()
        return LibraryFilters(
            text=self.cleaned_data.get("text", ""), state=self.cleaned_data.get("state", "")
        )


class PackageForm(SecrecyDeclaration):
    """A package whose libraries are to come in."""

    field_order = ["file", "declares_no_secret"]

    file = forms.FileField(
        label=_("An .h5p file with libraries in it"),
        help_text=_("From H5P.com, Lumi, Moodle or the maker of the library. First you see what is in it."),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )


class WithdrawLibraryForm(forms.Form):
    """Why nobody may make content with a library any more."""

    reason = forms.CharField(
        label=_("Why it is taken out of use"),
        max_length=300,
        error_messages={"required": _("Write why the library is taken out of use.")},
    )
