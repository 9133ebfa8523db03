"""The form of a quiz's rules; those of its questions are in `question_forms`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuizKind, ReviewRule
from assessments.olx_edit import RulesDraft
from assessments.queries.blueprint import bank_counts
from assessments.web.blueprint_form import BlueprintGrid, GridRow
from courses.queries.editing import EditedBlock
from lms.shared.clock import HO_CHI_MINH
from lms.shared.languages import LANGUAGE_NAMES, ORDER

LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Panel:
    """The fields of one language."""

    code: str
    name: str | Promise
    fields: list[BoundField]


class KeptForm(forms.Form):
    """A form whose typed text is kept between visits."""

    is_conflict = False  # somebody else saved the block meanwhile

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def take(self, kept: Mapping[str, Sequence[str]]) -> None:
        """Show what was typed earlier instead of what is saved."""
        for name, field in self.fields.items():
            if name == "base_version":
                continue
            if isinstance(field, forms.MultipleChoiceField):
                self.initial[name] = list(kept.get(name, []))
            elif kept.get(name):
                self.initial[name] = kept[name][-1]

    @property
    def panels(self) -> Iterator[Panel]:
        for code in ORDER:
            fields = [self[name] for name in self.fields if name.endswith(f"_{code}")]
            yield Panel(code, LANGUAGE_NAMES[code], fields)

    def texts(self, prefix: str) -> dict[str, str]:
        return {code: str(self.cleaned_data.get(f"{prefix}_{code}", "")) for code in ORDER}


def _moment_field(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        help_text=help_text,
        input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"}),
    )


class RulesForm(KeptForm):
    """What kind of quiz it is and how often one may try."""

    kind = forms.ChoiceField(label=_("Kind of quiz"), choices=QuizKind.choices, widget=forms.RadioSelect)
    attempts = forms.IntegerField(
        label=_("Attempts"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("Empty: as often as one likes."),
    )
    cooling_off_hours = forms.IntegerField(
        label=_("Hours between attempts"), required=False, min_value=0, max_value=336
    )
    time_limit_minutes = forms.IntegerField(
        label=_("Minutes for one attempt"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Empty: no limit."),
    )
    double_marking = forms.BooleanField(
        label=_("Two people mark each essay and file"),
        required=False,
        help_text=_("Each without seeing the other's mark. Where they differ much, a third one decides."),
    )
    opens = _moment_field(_("Opens, by Viet Nam's clock"), _("Empty: open from the publication on."))
    closes = _moment_field(
        _("Closes, by Viet Nam's clock"), _("Empty: stays open. Attempts under way end then, too.")
    )
    review = forms.ChoiceField(
        label=_("When learners see the right answers"),
        required=False,
        choices=ReviewRule.choices,
        widget=forms.RadioSelect,
    )
    supervised = forms.BooleanField(
        label=_("An attempt counts only when a supervisor has confirmed who sat where"), required=False
    )

    def __init__(self, edited: EditedBlock, data: Any = None) -> None:
        self.edited = edited
        self.source = olx.parse(edited.olx)
        initial: dict[str, Any] = {"base_version": edited.ref.version, "kind": self.source.kind}
        for name in ("attempts", "cooling_off_hours", "time_limit_minutes", "double_marking", "review"):
            initial[name] = getattr(self.source, name)
        for name in ("opens", "closes"):
            moment = getattr(self.source, name)
            initial[name] = moment and moment.astimezone(HO_CHI_MINH).strftime(LOCAL)
        initial["supervised"] = self.source.is_supervised
        super().__init__(data, initial=initial)
        for code in ORDER:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=200,
                required=False,
                initial=edited.ref.title.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )
        self.grid: BlueprintGrid | None = None
        if self.source.kind == "final":  # a quiz that asks fixed questions draws nothing
            self.grid = BlueprintGrid(self.source.pools, bank_counts())
            self.grid.add_to(self)

    @property
    def grid_rows(self) -> list[GridRow]:
        return self.grid.rows(self) if self.grid else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", gettext("The quiz has to close after it opens."))
        if cleaned.get("review") == ReviewRule.AFTER_CLOSE and not closes:
            self.add_error("closes", gettext("Say when the quiz closes: the right answers wait for it."))
        return cleaned

    def rules(self) -> RulesDraft:
        data = self.cleaned_data
        return RulesDraft(
            title=self.texts("title"),
            kind=data["kind"],
            attempts=data["attempts"],
            cooling_off_hours=data["cooling_off_hours"] or 0,
            time_limit_minutes=data["time_limit_minutes"],
            double_marking=data["double_marking"],
            # A quiz that only now becomes an exam had no grid to fill: what it draws is kept.
            pools=self.grid.pools(data) if self.grid else self.source.pools,
            opens=data["opens"],
            closes=data["closes"],
            review=data["review"] or ReviewRule.AFTER_PASS,
            is_supervised=data["supervised"],
        )
