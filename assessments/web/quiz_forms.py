"""The form of a quiz's rules; those of its questions are in `question_forms`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuizKind
from assessments.olx_edit import RulesDraft
from courses.queries.editing import EditedBlock
from lms.shared.languages import LANGUAGE_NAMES, ORDER

MOST_POOLS = 8


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

    def __init__(self, edited: EditedBlock, data: Any = None) -> None:
        self.edited = edited
        self.source = olx.parse(edited.olx)
        initial = {"base_version": edited.ref.version, "kind": self.source.kind}
        for name in ("attempts", "cooling_off_hours", "time_limit_minutes"):
            initial[name] = getattr(self.source, name)
        super().__init__(data, initial=initial)
        for code in ORDER:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=200,
                required=False,
                initial=edited.ref.title.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )
        self._add_pools()

    def _add_pools(self) -> None:
        """Rows for drawing by outcome; a quiz that asks fixed questions has none."""
        pools = self.source.pools if self.source.kind == "final" else ()
        rows = min(len(pools) + 2, MOST_POOLS) if self.source.kind == "final" else 0
        for place in range(rows):
            pool = pools[place] if place < len(pools) else None
            self.fields[f"pool{place}_outcome"] = forms.CharField(
                label=_("Outcome to draw from"),
                required=False,
                max_length=32,
                initial=pool.outcome if pool else "",
                help_text=_("For instance C1, or C1.2."),
            )
            self.fields[f"pool{place}_count"] = forms.IntegerField(
                label=_("How many questions"),
                required=False,
                min_value=1,
                max_value=100,
                initial=pool.count if pool else None,
            )

    @property
    def pool_rows(self) -> list[tuple[BoundField, BoundField]]:
        return [
            (self[f"pool{place}_outcome"], self[f"pool{place}_count"])
            for place in range(MOST_POOLS)
            if f"pool{place}_outcome" in self.fields
        ]

    def rules(self) -> RulesDraft:
        data = self.cleaned_data
        pools = [
            (outcome, data.get(f"pool{place}_count") or 1)
            for place in range(MOST_POOLS)
            if (outcome := str(data.get(f"pool{place}_outcome", "")).strip())
        ]
        # A quiz that only now becomes an exam had no rows to fill: what it draws is kept.
        kept = [(pool.outcome, pool.count) for pool in self.source.pools]
        return RulesDraft(
            title=self.texts("title"),
            kind=data["kind"],
            attempts=data["attempts"],
            cooling_off_hours=data["cooling_off_hours"] or 0,
            time_limit_minutes=data["time_limit_minutes"],
            pools=pools if self.pool_rows else kept,
        )
