"""Forms of the studio. They check shape; the rules stand in the actions."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import ChangeClass
from courses.olx.edit import TextDraft

LANGUAGE_NAMES: dict[str, str | Promise] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "de": _("German"),
}


class TextBlockForm(forms.Form):
    """One title and one text for each language the block has."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, draft: TextDraft, version: int, data: object = None) -> None:
        super().__init__(data, initial={"base_version": version})  # type: ignore[arg-type]
        self.languages = [code for code in LANGUAGE_NAMES if code in draft.bodies]
        for code in self.languages:
            name = LANGUAGE_NAMES[code]
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": name},
                max_length=200,
                required=False,
                initial=draft.title.get(code, ""),
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": name},
                max_length=100_000,
                widget=forms.Textarea(attrs={"rows": 18, "lang": code, "spellcheck": "true"}),
                initial=draft.bodies[code],
            )

    def draft(self) -> TextDraft:
        cleaned = self.cleaned_data
        return TextDraft(
            {code: cleaned[f"title_{code}"] for code in self.languages},
            {code: cleaned[f"body_{code}"] for code in self.languages},
        )


class OlxForm(forms.Form):
    """A block that has no editor of its own yet: its OLX."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    olx = forms.CharField(
        label=_("OLX of the block"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false"}),
    )


class PublishForm(forms.Form):
    """What kind of change this is, and why."""

    change_class = forms.ChoiceField(
        label=_("Kind of change"),
        choices=ChangeClass.choices,
        initial=ChangeClass.TYPO,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("What changed, in one sentence"), max_length=500)


class ImportForm(forms.Form):
    """A course file. What it holds is checked when it is read."""

    file = forms.FileField(
        label=_("Course file"),
        help_text=_("OLX as .tar.gz or .zip, up to 500 MB: an export of this platform or of Open edX."),
        widget=forms.ClearableFileInput(attrs={"accept": ".gz,.tgz,.zip"}),
    )
