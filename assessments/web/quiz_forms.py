"""Forms of the quiz editor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuestionKind, QuizKind, ReviewRule
from assessments.olx_edit import (
    TRUE_FALSE,
    QuestionDraft,
    RulesDraft,
    option,
    write_question,
)
from assessments.queries.blueprint import bank_counts
from assessments.queries.fault_words import fault_words, faults_of
from assessments.web.blueprint_form import BlueprintGrid, GridRow
from courses.queries.blocks import sources
from courses.queries.editing import EditedBlock
from lms.shared.clock import HO_CHI_MINH
from lms.shared.languages import LANGUAGE_NAMES, ORDER, localised

LETTERS = ascii_lowercase
CHOOSING = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUEFALSE)
CHOICES = [(kind.value, kind.label) for kind in CHOOSING]
MOST_OPTIONS = 6
MOST_CITES = 3
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


class QuestionForm(KeptForm):
    """One question of any kind: words in each language, which answers are right and why, sources."""

    kind = forms.ChoiceField(label=_("Kind of question"), choices=CHOICES, widget=forms.RadioSelect)
    correct = forms.MultipleChoiceField(
        label=_("Right answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(label=_("Outcome it tests"), required=False)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        coerce=int,
        choices=((1, _("Easy")), (2, _("Medium")), (3, _("Hard"))),
        widget=forms.RadioSelect,
    )

    def __init__(self, edited: EditedBlock, name: str, data: Any = None) -> None:
        self.edited, self.name = edited, name
        found = [q for q in olx.parse(edited.olx).questions if q.name == name]
        self.question = found[0] if found else None
        body: dict[str, Any] = self.question.body if self.question else {"options": [], "cites": []}
        self.options: list[dict[str, Any]] = body["options"]
        # An imported question may hold more than the form offers; nothing of it may get lost.
        self.places = range(max(MOST_OPTIONS, min(len(self.options), len(LETTERS))))
        self.cite_places = range(max(MOST_CITES, len(body["cites"])))
        super().__init__(data, initial=self._initial(edited))
        self.fields["correct"].choices = [  # type: ignore[attr-defined]
            (str(place), _("Answer %(letter)s") % {"letter": LETTERS[place].upper()}) for place in self.places
        ]
        outcomes = [
            (outcome["code"], f"{outcome['code']} {localised(outcome)}")
            for outcome in edited.outline.outcomes
            if outcome.get("code")
        ]
        stated = self.question.outcome if self.question else ""
        if stated and stated not in {code for code, _words in outcomes}:
            outcomes.append((stated, stated))
        self.fields["outcome"].choices = [("", gettext("None")), *outcomes]  # type: ignore[attr-defined]
        for code in ORDER:
            self._add_language(code, body)
        self._add_cites(body)

    def _initial(self, edited: EditedBlock) -> dict[str, Any]:
        question = self.question
        right = [str(place) for place, option in enumerate(self.options) if option["correct"]]
        return {
            "base_version": edited.ref.version,
            "kind": question.kind if question else QuestionKind.SINGLE,
            "correct": right,
            "outcome": question.outcome if question else "",
            "difficulty": question.difficulty if question else 2,
        }

    def _add_language(self, code: str, body: dict[str, Any]) -> None:
        language = {"language": LANGUAGE_NAMES[code]}
        self._add(f"stem_{code}", _("Question, %(language)s") % language, body.get("stem", {}).get(code), 3)
        for place in self.places:
            option = self.options[place] if place < len(self.options) else {"text": {}, "why": {}}
            letter = {"letter": LETTERS[place].upper()}
            self._add(f"text{place}_{code}", _("Answer %(letter)s") % letter, option["text"].get(code), 1)
            label = _("Why answer %(letter)s is right or wrong") % letter
            self._add(f"why{place}_{code}", label, option["why"].get(code), 2)
        words = body.get("explanation", {}).get(code)
        self._add(f"explanation_{code}", _("Explanation, %(language)s") % language, words, 3)

    def _add(self, name: str, label: str | Promise, initial: str | None, rows: int) -> None:
        attrs = {"lang": name.rpartition("_")[2]}
        widget = forms.TextInput(attrs=attrs) if rows == 1 else forms.Textarea(attrs={**attrs, "rows": rows})
        self.fields[name] = forms.CharField(
            label=str(label), required=False, max_length=2_000, initial=initial or "", widget=widget
        )

    def _add_cites(self, body: dict[str, Any]) -> None:
        register: list[tuple[str, str]] = [("", gettext("None"))]
        register += [(s.id, f"{s.id}: {localised(s.title)}") for s in sources().values()]
        for place in self.cite_places:
            cite = body["cites"][place] if place < len(body["cites"]) else {"source": "", "lines": ""}
            known = {code for code, _words in register}
            extra = [(cite["source"], cite["source"])] if cite["source"] not in known else []
            self.fields[f"cite{place}_source"] = forms.ChoiceField(
                label=_("Source"), choices=[*register, *extra], required=False, initial=cite["source"]
            )
            self.fields[f"cite{place}_lines"] = forms.CharField(
                label=_("Lines or section"), required=False, max_length=60, initial=cite["lines"]
            )

    @property
    def cite_rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"cite{place}_source"], self[f"cite{place}_lines"]) for place in self.cite_places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        written = olx.parse(write_question(self.edited.olx, self.draft()))
        for problem in faults_of(written.problems, self.name):
            if problem.code not in olx.UNFINISHED:
                self.add_error(_field_of(problem), fault_words(problem))
        return cleaned

    def draft(self) -> QuestionDraft:
        data = self.cleaned_data
        return QuestionDraft(
            name=self.name,
            kind=data["kind"],
            outcome=data["outcome"],
            difficulty=data["difficulty"],
            stem=self.texts("stem"),
            body={"options": self._options()},
            explanation=self.texts("explanation"),
            cites=[
                (source, str(data.get(f"cite{place}_lines", "")).strip())
                for place in self.cite_places
                if (source := data.get(f"cite{place}_source"))
            ],
        )

    def _options(self) -> list[dict[str, Any]]:
        right = set(self.cleaned_data["correct"])
        if self.cleaned_data["kind"] == QuestionKind.TRUEFALSE:
            return [
                option(
                    name,
                    self._or_usual(place, usual),
                    self.texts(f"why{place}"),
                    is_right=str(place) in right,
                )
                for place, (name, usual) in enumerate(TRUE_FALSE.items())
            ]
        names = self._names()
        written = {place: self.texts(f"text{place}") for place in self.places}
        return [
            option(names[place], text, self.texts(f"why{place}"), is_right=str(place) in right)
            for place, text in written.items()
            if any(text.values())
        ]

    def _or_usual(self, place: int, usual: dict[str, str]) -> dict[str, str]:
        written = self.texts(f"text{place}")
        # Only in the languages the author has begun to write the question in.
        begun = self.texts("stem")
        return {code: written[code] or (words if begun.get(code) else "") for code, words in usual.items()}

    def _names(self) -> dict[int, str]:
        """An option keeps its name: learners' answers hold it. New ones take the next free letters."""
        kept = {place: str(option["name"]) for place, option in enumerate(self.options)}
        kept = {place: name for place, name in kept.items() if name and name not in TRUE_FALSE}
        free = iter(letter for letter in LETTERS if letter not in kept.values())
        return {place: kept.get(place) or next(free) for place in self.places}


def _field_of(problem: olx.Problem) -> str:
    return "correct" if problem.code in {"no-right-answer", "several-right-answers"} else "stem_vi"
