"""The form that turns Open edX problems into our own questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.actions.convert import Chosen
from assessments.queries.convert import Candidate
from assessments.web.convert_words import loss_words
from courses.queries.blocks import sources
from lms.shared.languages import LANGUAGE_NAMES, ORDER, localised


@dataclass(frozen=True)
class Row:
    """A problem that can be converted, with the fields that belong to it."""

    candidate: Candidate
    tick: Any
    source: BoundField
    lines: BoundField
    losses: list[str]

    @property
    def todo(self) -> int:
        """How many things its author has to write, the source not counted."""
        return sum(problem.code != "no-source" for problem in self.candidate.conversion.unfinished)


class ConvertForm(forms.Form):
    """Which problems, in which language they are, where the questions shall stand, and their sources."""

    language = forms.ChoiceField(
        label=_("Language of these questions"),
        choices=[(code, LANGUAGE_NAMES[code]) for code in ORDER],
        help_text=_("What is missing in the other languages you write afterwards."),
    )
    place = forms.ChoiceField(
        label=_("Where the questions shall stand"),
        choices=(
            ("unit", _("In their unit, as practice")),
            ("bank", _("In the question bank, for exams only")),
        ),
        widget=forms.RadioSelect,
    )
    take = forms.MultipleChoiceField(
        label=_("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the questions first.")},
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, candidates: Sequence[Candidate], *, language: str, base: int, data: Any = None
    ) -> None:
        self.candidates = list(candidates)
        super().__init__(data, initial={"language": language, "place": "unit", "base": base, "take": []})
        names = [(candidate.usage_key, candidate.ref.key) for candidate in self.candidates]
        self.fields["take"].choices = names  # type: ignore[attr-defined]
        register = [
            ("", gettext("None")),
            *((s.id, f"{s.id}: {localised(s.title)}") for s in sources().values()),
        ]
        for place, _candidate in enumerate(self.candidates):
            self.fields[f"source{place}"] = forms.ChoiceField(
                label=_("Source"), choices=register, required=False
            )
            self.fields[f"lines{place}"] = forms.CharField(
                label=_("Lines or section"), required=False, max_length=60
            )

    @property
    def rows(self) -> Iterator[Row]:
        ticks = list(self["take"])
        for place, candidate in enumerate(self.candidates):
            losses = [loss_words(loss) for loss in candidate.conversion.losses]
            yield Row(candidate, ticks[place], self[f"source{place}"], self[f"lines{place}"], losses)

    def chosen(self) -> list[Chosen]:
        taken, data = set(self.cleaned_data["take"]), self.cleaned_data
        return [
            Chosen(candidate.usage_key, data[f"source{place}"], data[f"lines{place}"].strip())
            for place, candidate in enumerate(self.candidates)
            if candidate.usage_key in taken
        ]
