"""Choosing: one right answer, several, true or false."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuestionKind
from assessments.olx_edit import TRUE_FALSE
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.weights import as_percent
from lms.shared.languages import localised

LEAST, MOST = 4, len(ascii_lowercase)
FAMILY = [
    (QuestionKind.SINGLE.value, _("One right answer")),
    (QuestionKind.MULTIPLE.value, _("Several right answers")),
]


class OneOf(forms.CheckboxSelectMultiple):
    """Radio buttons that send a list, so that one right answer and several are read alike."""

    input_type = "radio"


@dataclass(frozen=True)
class OptionRow:
    """The fields of one answer."""

    place: int
    letter: str
    tick: Any  # of "right answer"
    text: list[Spoken]
    why: list[Spoken]
    weight: BoundField
    name: BoundField


class ChoiceForm(QuestionForm):
    """Words in each language, which answers are right and why. True or false has two answers for ever."""

    kinds = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUEFALSE)
    template = "assessments/studio/kinds/choice.html"

    correct = forms.MultipleChoiceField(label=_("Right answers"), required=False)

    def add_own(self) -> None:
        options: list[dict[str, Any]] = self.body.get("options", [])
        if self.is_truefalse:
            options = [_named(options, name) for name in TRUE_FALSE]
            self.places = range(len(TRUE_FALSE))
        else:
            options = [{**o, "name": ""} if o["name"] in TRUE_FALSE else o for o in options]
            self.places = self.rows("option", len(options), least=LEAST, most=MOST, probe="text")
            self.fields["kind"] = forms.ChoiceField(
                label=_("How many answers are right?"),
                choices=FAMILY,
                widget=forms.RadioSelect,
                initial=self.asked_kind,
            )
        self._add_ticks(options)
        for place in self.places:
            self._add_option(place, at(options, place))

    @property
    def is_truefalse(self) -> bool:
        return self.asked_kind == QuestionKind.TRUEFALSE

    def _add_ticks(self, options: list[dict[str, Any]]) -> None:
        several = self.asked_kind == QuestionKind.MULTIPLE
        self.fields["correct"] = forms.MultipleChoiceField(
            label=_("Right answers") if several else _("Right answer"),
            required=False,
            widget=forms.CheckboxSelectMultiple if several else OneOf,
            choices=[(str(place), _("Right answer")) for place in self.places],
            initial=[str(place) for place in self.places if at(options, place).get("correct")],
        )

    def _add_option(self, place: int, option: Mapping[str, Any]) -> None:
        usual = list(TRUE_FALSE.values())[place] if self.is_truefalse else {}
        text = option.get("text", {})
        # The usual words are written by us; only words of the author's own stand in the form.
        own = {code: words for code, words in text.items() if words != usual.get(code)}
        self.say(f"text{place}", _("Words of the answer"), own)
        self.say(f"why{place}", _("Why it is right or wrong"), option.get("why", {}), rows=2)
        self.line(f"weight{place}", _("Percent of the mark"), option.get("weight", ""))
        self.keep(f"name{place}", str(option.get("name", "")))

    @property
    def option_rows(self) -> list[OptionRow]:
        ticks = self["correct"].subwidgets
        return [
            OptionRow(
                place,
                LETTERS[place] if not self.is_truefalse else localised(list(TRUE_FALSE.values())[place]),
                ticks[place],
                self.said(f"text{place}"),
                self.said(f"why{place}"),
                self[f"weight{place}"],
                self[f"name{place}"],
            )
            for place in self.places
        ]

    @property
    def may_grow(self) -> bool:
        return not self.is_truefalse and len(self.places) < MOST

    @property
    def has_weights(self) -> bool:
        return any(self[f"weight{place}"].value() for place in self.places)

    def own_body(self) -> dict[str, Any]:
        right = set(self.cleaned_data.get("correct") or ())
        if self.is_truefalse:
            return {
                "options": [
                    self._option(place, name, self._or_usual(place, usual), right)
                    for place, (name, usual) in enumerate(TRUE_FALSE.items())
                ]
            }
        texts = {place: self.texts(f"text{place}") for place in self.places}
        names = self.names("name", self.places, iter(ascii_lowercase))
        return {
            "options": [
                self._option(place, names[place], text, right)
                for place, text in texts.items()
                if any(text.values())
            ]
        }

    def _option(self, place: int, name: str, text: dict[str, str], right: set[str]) -> dict[str, Any]:
        made: dict[str, Any] = {
            "name": name,
            "correct": str(place) in right,
            "text": text,
            "why": self.texts(f"why{place}"),
        }
        if weight := as_percent(self.typed(f"weight{place}")):
            made["weight"] = weight
        return made

    def _or_usual(self, place: int, usual: dict[str, str]) -> dict[str, str]:
        written = self.texts(f"text{place}")
        # Only in the languages the author has begun to write the question in.
        begun = self.texts("stem")
        return {code: written[code] or (words if begun.get(code) else "") for code, words in usual.items()}

    def field_of(self, problem: olx.Problem) -> str:
        if problem.code in {"no-right-answer", "several-right-answers"}:
            return "correct"
        if problem.code == "bad-weight":
            wrong = [place for place in self.places if self.typed(f"weight{place}")]
            return f"weight{wrong[0]}" if wrong else "text0_vi"
        return "text0_vi"


LETTERS = ascii_lowercase.upper()


def _named(options: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The option "true" or "false"; empty but for its name when the question has none yet."""
    return next((option for option in options if option["name"] == name), {"name": name})
