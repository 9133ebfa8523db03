"""Areas of a picture: drawn with a pointer or typed as numbers, and an answer in words for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuestionKind
from assessments.queries.picture_size import picture_size
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.weights import as_percent

LEAST, MOST = 3, len(ascii_lowercase)
SHAPES = [("rect", _("Rectangle")), ("circle", _("Circle")), ("poly", _("Polygon"))]
NUMBER = re.compile(r"-?\d+(?:[.]\d+)?")


@dataclass(frozen=True)
class AreaRow:
    """The fields of one area."""

    place: int
    number: int
    tick: Any  # of "right answer"
    text: list[Spoken]
    why: list[Spoken]
    shape: BoundField
    coords: BoundField
    weight: BoundField
    name: BoundField


class HotspotForm(QuestionForm):
    """The picture is the question's own; every area can also be chosen by its words."""

    kinds = (QuestionKind.HOTSPOT,)
    template = "assessments/studio/kinds/hotspot.html"

    def add_own(self) -> None:
        options: list[dict[str, Any]] = self.body.get("options", [])
        self.places = self.rows("area", len(options), least=LEAST, most=MOST, probe="text")
        for place in self.places:
            self._add_area(place, at(options, place))
        self.fields["correct"] = forms.MultipleChoiceField(
            label=_("Right areas"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(place), _("Right answer")) for place in self.places],
            initial=[str(place) for place in self.places if at(options, place).get("correct")],
        )
        self.tick("several", _("Several areas may be chosen"), initial=self.body.get("several", False))

    def _add_area(self, place: int, option: Mapping[str, Any]) -> None:
        self.say(f"text{place}", _("The area in words"), option.get("text", {}))
        self.say(f"why{place}", _("Why it is right or wrong"), option.get("why", {}), rows=2)
        self.fields[f"shape{place}"] = forms.ChoiceField(
            label=_("Shape"), choices=SHAPES, required=False, initial=option.get("shape", "rect")
        )
        hint = _("Rectangle: left, top, right, bottom. Circle: across, down, radius. Polygon: pairs of both.")
        coords = ", ".join(map(str, option.get("coords", ())))
        self.line(f"coords{place}", _("Numbers in pixels"), coords, hint=hint)
        self.line(f"weight{place}", _("Percent of the mark"), option.get("weight", ""))
        self.keep(f"name{place}", option.get("name", ""))

    @property
    def area_rows(self) -> list[AreaRow]:
        ticks = self["correct"].subwidgets
        return [
            AreaRow(
                place,
                place + 1,
                ticks[place],
                self.said(f"text{place}"),
                self.said(f"why{place}"),
                self[f"shape{place}"],
                self[f"coords{place}"],
                self[f"weight{place}"],
                self[f"name{place}"],
            )
            for place in self.places
        ]

    @property
    def may_grow(self) -> bool:
        return len(self.places) < MOST

    @property
    def picture_sides(self) -> tuple[int, int]:
        """Width and height of the chosen picture, for the drawing over it."""
        return picture_size(self.edited, str(self["picture"].value() or ""))

    def own_body(self) -> dict[str, Any]:
        right = set(self.cleaned_data.get("correct") or ())
        names = self.names("name", self.places, iter(ascii_lowercase))
        options = []
        for place in self.places:
            text = self.texts(f"text{place}")
            if any(text.values()) or self.typed(f"coords{place}"):
                options.append(self._option(place, names[place], text, is_right=str(place) in right))
        return {"options": options, "several": self.cleaned_data["several"]}

    def _option(self, place: int, name: str, text: dict[str, str], *, is_right: bool) -> dict[str, Any]:
        numbers = NUMBER.findall(self.typed(f"coords{place}"))
        made: dict[str, Any] = {
            "name": name,
            "correct": is_right,
            "text": text,
            "why": self.texts(f"why{place}"),
            "shape": self.typed(f"shape{place}") or "rect",
            "coords": [round(float(number)) for number in numbers],
        }
        if weight := as_percent(self.typed(f"weight{place}")):
            made["weight"] = weight
        return made

    def field_of(self, problem: olx.Problem) -> str:
        if problem.code in {"no-picture", "picture-without-size"}:
            return "picture"
        if problem.code == "bad-area":
            names = self.names("name", self.places, iter(ascii_lowercase))
            return next(
                (f"coords{place}" for place, name in names.items() if name == problem.detail), "coords0"
            )
        if problem.code in {"no-right-answer", "several-right-answers"}:
            return "correct"
        return "weight0" if problem.code == "bad-weight" else "text0_vi"
