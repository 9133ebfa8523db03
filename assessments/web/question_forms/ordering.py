"""Putting in order: each line with its right place."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuestionKind
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.fresh import random_names

LEAST, MOST = 4, 20


@dataclass(frozen=True)
class ItemRow:
    """A line and its place."""

    place: int
    number: int
    text: list[Spoken]
    at: BoundField
    name: BoundField


class OrderingForm(QuestionForm):
    """The places are numbers, so nothing has to be dragged; learners see the lines shuffled."""

    kinds = (QuestionKind.ORDERING,)
    template = "assessments/studio/kinds/ordering.html"

    def add_own(self) -> None:
        options: list[dict[str, Any]] = self.body.get("options", [])
        self.places = self.rows("item", len(options), least=LEAST, most=MOST)
        for place in self.places:
            option = at(options, place)
            self.say(f"item{place}", _("Line"), option.get("text", {}))
            self.fields[f"place{place}"] = forms.IntegerField(
                label=_("Right place"), required=False, min_value=1, max_value=MOST, initial=place + 1
            )
            self.keep(f"name{place}", option.get("name", ""))
        self.tick(
            "partial",
            _("Each line in its place earns a share"),
            initial=self.body.get("partial", True),
            hint=_("Otherwise only the whole right order earns the mark."),
        )

    @property
    def item_rows(self) -> list[ItemRow]:
        return [
            ItemRow(place, place + 1, self.said(f"item{place}"), self[f"place{place}"], self[f"name{place}"])
            for place in self.places
        ]

    @property
    def may_grow(self) -> bool:
        return len(self.places) < MOST

    def own_body(self) -> dict[str, Any]:
        names = self.names("name", self.places, random_names())
        said = [
            (self.cleaned_data.get(f"place{place}") or MOST, place)
            for place in self.places
            if any(self.texts(f"item{place}").values())
        ]
        options = [{"name": names[place], "text": self.texts(f"item{place}")} for _at, place in sorted(said)]
        return {"options": options, "partial": self.cleaned_data["partial"]}

    def field_of(self, problem: olx.Problem) -> str:  # noqa: ARG002
        return "item0_vi"
