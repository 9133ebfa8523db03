"""The forms of importing and exporting questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.exchange.model import MEGA, MOST_BYTES
from lms.shared.languages import LANGUAGE_NAMES, ORDER

READS: Mapping[str, str | Promise] = {
    "": _("Find out by itself"),
    "gift": "GIFT",
    "aiken": "Aiken",
    "moodle-xml": "Moodle XML",
    "qti": _("QTI 2.1, 2.2 or 3.0: a package or one item"),
    "csv": _("Table, CSV"),
    "xlsx": _("Table, XLSX (Excel)"),
    "olx": _("OLX of this platform"),
}
WRITES: Mapping[str, str | Promise] = {
    "moodle-xml": _("Moodle XML: for Moodle, with pictures and all languages"),
    "qti-3.0": _("QTI 3.0: the newest standard"),
    "qti-2.2": _("QTI 2.2: for TAO, Canvas, OpenOLAT and others"),
    "gift": _("GIFT: plain text for Moodle"),
    "aiken": _("Aiken: plain text, only one right answer"),
    "xlsx": _("Table, XLSX (Excel)"),
    "csv": _("Table, CSV"),
    "olx": _("OLX of this platform"),
}
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in ORDER]
PASTED = "questions.txt"


class UploadForm(forms.Form):
    """A file, or questions pasted as text."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT, Aiken, Moodle XML, QTI (.zip, .tar.gz, .xml), CSV or XLSX, up to 20 MB."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".gift,.txt,.xml,.zip,.gz,.tgz,.csv,.xlsx"},
        ),
    )
    text = forms.CharField(
        label=_("Or paste the questions here"),
        help_text=_("GIFT, Aiken or a table with a header."),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    format = forms.ChoiceField(label=_("Format"), choices=list(READS.items()), required=False)
    language = forms.ChoiceField(
        label=_("Language of these questions"),
        choices=LANGUAGES,
        help_text=_("Questions that name their language keep it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste questions."))
        elif cleaned.get("file") and cleaned["file"].size > MOST_BYTES:
            words = _("This file is too large. Up to %(detail)s MB are read at once; divide it.")
            self.add_error("file", words % {"detail": MOST_BYTES // MEGA})
        return cleaned


class FixForm(forms.Form):
    """One question as text."""

    text = forms.CharField(
        label=_("The question as it stands in the file"),
        help_text=_("Change it and look again. You may also write it anew as GIFT."),
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )


class ExportForm(forms.Form):
    """Which questions, in which format."""

    format = forms.ChoiceField(label=_("Format"), choices=list(WRITES.items()), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_(
            "For formats that hold only one. Questions that lack it are written in the one they have."
        ),
    )
    take = forms.MultipleChoiceField(
        label=_("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the questions first.")},
    )

    def __init__(self, names: list[tuple[str, str]], data: Any = None, *, language: str) -> None:
        initial = {
            "format": next(iter(WRITES)),
            "language": language,
            "take": [name for name, _stem in names],
        }
        super().__init__(data, initial=initial)
        self.fields["take"].choices = names  # type: ignore[attr-defined]
