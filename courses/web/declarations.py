"""What a person declares before a file of hers comes in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SecrecyDeclaration(forms.Form):
    """A form that takes files: none is accepted without the tick.

    Set `upload_is_optional` where a form may be sent without a file: then the tick is asked for only
    together with one. The action that stores the file writes who declared and when to the audit:
    `courses.actions.declarations.record_declaration`.
    """

    upload_is_optional = False

    declares_no_secret = forms.BooleanField(
        label=_("The file holds no state secret, and no personal data beyond what people consented to."),
        error_messages={
            "required": _("Tick the declaration on secrets and personal data before you upload a file.")
        },
    )

    def _clean_fields(self) -> None:
        """Ask for the tick only when a file came along, where the form allows none."""
        if self.upload_is_optional:
            self.fields["declares_no_secret"].required = any(self.files.values())
        super()._clean_fields()  # type: ignore[misc]
