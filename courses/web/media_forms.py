"""Forms of the media library. They check shape; what must be said stands in the actions."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.actions.media_facts import ItemFacts
from courses.models import AiLabel, Consent, ContentLanguage, Licence, MediaItem, MediaKind
from courses.queries.media import LibraryFilters
from courses.web.declarations import SecrecyDeclaration
from lms.shared.errors import Refused

IN = {"class": "in"}
ALL = ("", _("All"))
DAY_FORMATS = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
# Which field a refusal is about
FIELDS = {
    "no-title": "title_vi",
    "no-licence": "licence",
    "no-permission": "rights_note",
    "no-source": "source",
    "not-open": "is_public",
    "no-consent": "consent",
    "no-consent-note": "consent_note",
    "no-ai-label": "ai_label",
    "no-ai-tool": "ai_tool",
    "not-declared": "declares_no_secret",
}
OF_FILE = {
    *("empty-file", "broken-file", "type-not-taken", "picture-type", "macros", "unsafe-drawing"),
    *("too-many-pixels", "too-large", "no-file", "upload-gone", "upload-not-complete"),
}


def known(choices: Any) -> list[tuple[str, Any]]:
    """The choices somebody may make; "not known yet" is only for what came from elsewhere."""
    return [(value, label) for value, label in choices if value != "unknown"]


class ItemForm(forms.Form):
    """What is said about a file."""

    title_vi = forms.CharField(
        label=_("Title in Vietnamese"),
        max_length=200,
        error_messages={"required": _("Give the file a title.")},
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    title_de = forms.CharField(label=_("Title in German"), max_length=200, required=False)
    description = forms.CharField(
        label=_("Description"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of a picture: what it shows, for people who do not see it."),
    )
    language = forms.ChoiceField(
        label=_("Language heard or read"), choices=ContentLanguage.choices, initial=ContentLanguage.VI
    )
    keywords = forms.CharField(
        label=_("Keywords"), max_length=600, required=False, help_text=_("Separate them with commas.")
    )
    source = forms.CharField(
        label=_("Where the file comes from"),
        max_length=500,
        help_text=_("An address, or in words: who made it, where and when it was found."),
    )
    creator = forms.CharField(label=_("Author or maker"), max_length=200, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    made_on = forms.DateField(
        label=_("Made or published on"),
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("Enter a day as dd/mm/yyyy.")},
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy"}),
    )
    licence = forms.ChoiceField(
        label=_("Terms of use"), choices=[("", _("Choose…")), *known(Licence.choices)]
    )
    rights_note = forms.CharField(
        label=_("Who permitted the use"),
        max_length=300,
        required=False,
        help_text=_("Needed where all rights are reserved."),
    )
    consent = forms.ChoiceField(
        label=_("People in the picture or recording"),
        choices=known(Consent.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether people can be recognised and whether they agreed.")},
    )
    consent_note = forms.CharField(
        label=_("Where the consent is kept"), max_length=300, required=False, help_text=_("No names here.")
    )
    ai_label = forms.ChoiceField(
        label=_("Artificial intelligence"),
        choices=known(AiLabel.choices),
        widget=forms.RadioSelect,
        help_text=_("Learners are told."),
        error_messages={"required": _("Say whether AI was used.")},
    )
    ai_tool = forms.CharField(label=_("AI tool"), max_length=100, required=False)
    is_public = forms.BooleanField(
        label=_("Offer it to other databases: everybody may then fetch it (open licences only)"),
        required=False,
    )

    def facts(self) -> ItemFacts:
        """What was said, as the actions take it."""
        said = dict(self.cleaned_data)
        title = {code: said.pop(f"title_{code}") for code in ("vi", "en", "de")}
        words = tuple(said.pop("keywords").replace(";", ",").split(","))
        names = set(ItemFacts.__dataclass_fields__)
        return ItemFacts(title=title, keywords=words, **{k: v for k, v in said.items() if k in names})

    def explain(self, refusal: Refused) -> None:
        """Put a refusal beside the field it is about."""
        name = "file" if refusal.code in OF_FILE else FIELDS.get(refusal.code)
        self.add_error(name if name in self.fields else None, str(refusal.message))


def initial_of(known: MediaItem | ItemFacts) -> dict[str, Any]:
    """The form's values for an item, or for what was said of a file."""
    names = [name for name in ItemFacts.__dataclass_fields__ if name not in {"title", "keywords"}]
    said = {name: getattr(known, name) for name in names}
    titles = {f"title_{code}": known.title.get(code, "") for code in ("vi", "en", "de")}
    return {**said, **titles, "keywords": ", ".join(known.keywords)}


class AddForm(SecrecyDeclaration, ItemForm):
    """A file with the declaration that goes before it, and what it is."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file.")}
    )
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ["declares_no_secret", "file", "upload"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Sent in parts before: then the form carries only its number.
        self.fields["file"].required = not self.data.get("upload")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("file") and cleaned["file"].size > settings.MEDIA_AT_ONCE:
            megabytes = settings.MEDIA_AT_ONCE // 1_000_000
            self.add_error(
                "file",
                _("Without script a file may have at most %(limit)s MB.") % {"limit": megabytes},
            )
        return cleaned


class LibraryFilterForm(forms.Form):
    """What somebody looks for in the library."""

    text = forms.CharField(
        label=_("Title, keyword or text"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=IN | {"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *MediaKind.choices], widget=forms.Select(attrs=IN)
    )
    licence = forms.ChoiceField(
        label=_("Terms of use"),
        required=False,
        choices=[ALL, *Licence.choices],
        widget=forms.Select(attrs=IN),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[ALL, *ContentLanguage.choices],
        widget=forms.Select(attrs=IN),
    )
    use = forms.ChoiceField(
        label=_("Use"),
        required=False,
        choices=[ALL, ("used", _("In a module")), ("unused", _("In no module"))],
        widget=forms.Select(attrs=IN),
    )
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("In use")), ("lacking", _("Facts are missing")), ("withdrawn", _("Withdrawn"))],
        widget=forms.Select(attrs=IN),
    )

    def filters(self) -> LibraryFilters:
        """What was asked, without what makes no sense."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        kind = said.pop("kind", "")
        return LibraryFilters(kinds=(kind,) if kind else (), **said)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
