"""django-allauth's forms with our words: a label above each field, nothing inside it."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ONE_TIME_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


Words = dict[str, tuple[str | Promise, str | Promise]]  # field -> label, hint


class OurWords:
    """Replaces the labels and takes away placeholders and links inside help texts."""

    words: Words = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words.get(name, (field.label or "", ""))
            field.label, field.help_text = str(label), str(hint)


NEW_PASSWORD: Words = {
    "password1": (_("New password"), _("At least 12 characters. Several words you remember are best.")),
    "password2": (_("New password, once more"), ""),
}


class LoginForm(OurWords, account_forms.LoginForm):  # type: ignore[misc]
    words: Words = {
        "login": (_("Username or e-mail address"), ""),
        "password": (_("Password"), ""),
        "remember": (_("Keep me signed in on this device"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class ResetPasswordForm(OurWords, account_forms.ResetPasswordForm):  # type: ignore[misc]
    words: Words = {"email": (_("E-mail address"), _("The one in your organisation's staff list."))}


class ResetPasswordKeyForm(OurWords, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    words: Words = NEW_PASSWORD


class ChangePasswordForm(OurWords, account_forms.ChangePasswordForm):  # type: ignore[misc]
    words: Words = {"oldpassword": (_("Present password"), ""), **NEW_PASSWORD}


class SetPasswordForm(OurWords, account_forms.SetPasswordForm):  # type: ignore[misc]
    words: Words = NEW_PASSWORD


class ReauthenticateForm(OurWords, account_forms.ReauthenticateForm):  # type: ignore[misc]
    words: Words = {"password": (_("Password"), "")}


class CodeForm(OurWords):
    words: Words = {
        "code": (
            _("One-time code"),
            _("Six digits from your authenticator app, or one of your recovery codes."),
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "none"}


class AuthenticateForm(CodeForm, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ConfirmByCodeForm(CodeForm, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """Before something delicate."""


class ActivateTOTPForm(OurWords, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    words: Words = {"code": (_("One-time code"), _("The six digits the app shows now."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= ONE_TIME_CODE


class AddPasskeyForm(OurWords, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    words: Words = {
        "name": (_("Name of the key"), _("So that you recognise it, for example: office computer.")),
        "passwordless": (
            _("Sign in with this key alone, without a password"),
            _("The device then asks for a fingerprint, face or PIN."),
        ),
    }


class EditPasskeyForm(OurWords, webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    words: Words = {"name": (_("Name of the key"), "")}


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
