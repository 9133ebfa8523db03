"""The editor of text: one sheet per language, citations from the register, pictures of the module."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.olx.edit import TextDraft, read_text, write_text
from courses.queries.blocks import sources
from courses.web.editors.base import TitledForm
from lms.shared.languages import LANGUAGE_NAMES, localised


class TextEditor(TitledForm):
    """One title and one text for each language."""

    template = "courses/editors/text.html"

    def add_fields(self) -> None:
        draft = read_text(self.edited.olx, self.edited.language)
        self.add_titles(draft.title)
        for code in self.languages:
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=100_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 18, "lang": code, "spellcheck": "true"}),
                initial=draft.bodies.get(code, ""),
            )

    def written(self) -> str:
        draft = TextDraft(self.sent_texts("title"), self.sent_texts("body"))
        return write_text(self.edited.olx, draft, self.edited.language)

    @property
    def register(self) -> list[dict[str, str]]:
        """The sources a statement may name, for the citation button."""
        return [
            {"id": source.id, "title": localised(source.title), "publisher": source.publisher}
            for source in sources().values()
        ]

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """The pictures of the draft, for the picture button."""
        return [{"path": file.static, "url": file.url} for file in self.edited.files_of(["image/"])]
