"""Forms of certificates. They check shape only; rules are in the actions."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 5 * 1024 * 1024


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "spaced"}),
        error_messages={"required": _("Enter the code printed beside the QR code.")},
    )


class NameForm(forms.Form):
    full_name = forms.CharField(
        label=_("Full name of the holder"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the full name with its accents.")},
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("PDF file of the certificate"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Choose the PDF file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB. Certificates are smaller."))
        return file


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who checks the certificate reads it. Write no personal data."),
        error_messages={"required": _("Enter the reason.")},
    )
    sure = forms.BooleanField(
        label=_("I have compared the serial number and the name with the request"),
        error_messages={"required": _("Confirm that you have compared them.")},
    )
