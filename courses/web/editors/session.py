"""The editor of a live session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.olx.edit_session import LONGEST, SessionDraft, read_session, write_session
from courses.web.editors.base import TitledForm
from lms.shared.languages import LANGUAGE_NAMES

LOCAL = "%Y-%m-%dT%H:%M"


class SessionEditor(TitledForm):
    """When, where and how to join; the recording's address comes afterwards."""

    template = "courses/editors/session.html"

    starts_at = forms.DateTimeField(
        label=_("Begins, by Viet Nam's clock"),
        input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"}),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=LONGEST)
    url = forms.URLField(
        label=_("Address of the room"),
        assume_scheme="https",
        max_length=500,
        help_text=_("An https:// address of the meeting."),
    )
    recording = forms.URLField(
        label=_("Address of the recording"), assume_scheme="https", max_length=500, required=False
    )

    def add_fields(self) -> None:
        draft = read_session(self.edited.olx, self.edited.language)
        self.initial["starts_at"] = draft.starts_at.strftime(LOCAL) if draft.starts_at else ""
        for name in ("minutes", "url", "recording"):
            self.initial[name] = getattr(draft, name)
        self.add_titles(draft.title)
        for code in self.languages:
            self.fields[f"how_{code}"] = forms.CharField(
                label=_("How to join, %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=2_000,
                required=False,
                initial=draft.how.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            )

    def clean_url(self) -> str:
        return self._https("url")

    def clean_recording(self) -> str:
        return self._https("recording")

    def _https(self, name: str) -> str:
        value = str(self.cleaned_data[name])
        if value and not value.startswith("https://"):
            raise forms.ValidationError(_("The address must begin with https://."))
        return value

    def written(self) -> str:
        data: dict[str, Any] = self.cleaned_data
        draft = SessionDraft(
            title=self.sent_texts("title"),
            # The field gives the moment with our zone, which is Viet Nam's; the block keeps the clock.
            starts_at=data["starts_at"].replace(tzinfo=None),
            minutes=data["minutes"],
            url=data["url"],
            recording=data["recording"],
            how=self.sent_texts("how"),
        )
        return write_session(self.edited.olx, draft, self.edited.language)
