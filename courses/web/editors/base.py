"""What the forms of all block editors share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.olx.attributes import LANGUAGES
from courses.olx.compare import Piece, changed_paragraphs
from courses.olx.outline import Texts
from courses.queries.editing import EditedBlock
from lms.people.models import Person
from lms.shared.languages import LANGUAGE_NAMES

# Never kept, compared or offered again: they belong to one sending.
OF_ONE_SENDING = {"base_version", "declares_no_secret"}


class EditorForm(forms.Form):
    """The fields of one block. Subclasses say which in `add_fields` and give the OLX in `written`."""

    template: ClassVar[str] = "courses/editors/plain.html"

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        edited: EditedBlock,
        data: Any = None,
        files: Any = None,
        *,
        kept: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.edited = edited
        super().__init__(data, files, initial={"base_version": edited.ref.version})
        self.add_fields()
        if kept is not None:
            self._take(kept)

    def add_fields(self) -> None:
        """Add the fields and what stands in them now."""

    def _take(self, kept: Mapping[str, Sequence[str]]) -> None:
        """Show what was typed earlier instead; a box that was not ticked sent nothing."""
        for name, field in self.fields.items():
            if name in OF_ONE_SENDING:
                continue
            if isinstance(field, forms.BooleanField):
                self.initial[name] = name in kept
            elif kept.get(name):
                self.initial[name] = kept[name][-1]

    def written(self) -> str:
        """The block's OLX with what the form says."""
        raise NotImplementedError

    def bring_in(self, _by: Person) -> bool:
        """Take in what other apps must have before the block is saved; False leaves errors on the form."""
        return True

    def new_files(self) -> dict[str, bytes | IO[bytes]]:
        """Files to keep beside the block, path below static/ → content."""
        return {}

    def dropped_files(self) -> set[str]:
        """Files that the draft needs no longer once the block is saved."""
        return set()

    def uploaded(self) -> dict[str, bool]:
        """Which of them came in as files, and whether they were declared free of secrets."""
        return {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The module's own language first."""
        own = self.edited.language
        return (own, *(code for code in LANGUAGES if code != own))

    def sent_texts(self, prefix: str) -> Texts:
        """The texts of `prefix_language` that came with the form; what was not sent is not named."""
        names = {code: f"{prefix}_{code}" for code in self.languages}
        return {
            code: str(self.cleaned_data.get(name, ""))
            for code, name in names.items()
            if self.add_prefix(name) in self.data
        }

    def against(self, theirs: "EditorForm") -> list[tuple[str, list[list[Piece]]]]:
        """Where what was sent here differs from a colleague's block: label, changed paragraphs."""
        found = []
        for name, field in self.fields.items():
            if name in OF_ONE_SENDING or isinstance(field, forms.FileField):
                continue
            mine = str(self.data.get(self.add_prefix(name), ""))
            changed = changed_paragraphs(_as_html(theirs[name].initial), _as_html(mine))
            if changed:
                found.append((str(field.label), changed))
        return found


class TitledForm(EditorForm):
    """A block with a title in each language."""

    def add_titles(self, title: Texts) -> None:
        for code in self.languages:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=200,
                required=False,
                initial=title.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )

    @property
    def panels(self) -> Iterator[tuple[str, str | Promise, list[BoundField]]]:
        """Each language with its fields, for tabs."""
        for code in self.languages:
            fields = [self[name] for name in self.fields if name.endswith(f"_{code}")]
            yield code, LANGUAGE_NAMES[code], fields

    @property
    def shared_fields(self) -> list[BoundField]:
        """Fields that belong to no language."""
        endings = tuple(f"_{code}" for code in self.languages)
        return [
            field
            for field in self.visible_fields()
            if not field.name.endswith(endings) and field.name not in OF_ONE_SENDING
        ]


def _as_html(value: Any) -> str:
    text = "" if value in (None, False) else str(value)
    if "</" in text:
        return text
    lines = [line.replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{line}</p>" for line in lines)
