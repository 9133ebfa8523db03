"""The form for a block that has no editor of its own: its OLX."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from lxml import etree

from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml
from courses.web.editors.base import EditorForm


class OlxEditor(EditorForm):
    """The block as XML; a fault is named with its line."""

    template = "courses/editors/olx.html"

    olx = forms.CharField(
        label=_("OLX of the block"),
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false"}),
    )

    def add_fields(self) -> None:
        self.initial["olx"] = self.edited.olx

    def clean_olx(self) -> str:
        text = str(self.cleaned_data["olx"]).strip()
        try:
            parse_xml(text.encode(), self.edited.ref.key)
        except OlxRefused as refusal:
            cause = refusal.__cause__
            if isinstance(cause, etree.XMLSyntaxError) and cause.lineno:
                shown = text.splitlines()[cause.lineno - 1 : cause.lineno]
                raise ValidationError(
                    _("Line %(line)s is not well-formed XML: %(text)s"),
                    params={"line": cause.lineno, "text": shown[0].strip()[:120] if shown else ""},
                ) from refusal
            raise ValidationError(_("This is not well-formed XML. Check the block.")) from refusal
        return text

    def written(self) -> str:
        return str(self.cleaned_data["olx"])
