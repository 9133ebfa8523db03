"""What is typed: a short answer in words, a number."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.kinds.shorthand import plain_number
from assessments.models import QuestionKind
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.weights import as_percent

LEAST, MOST = 2, 20


@dataclass(frozen=True)
class AnswerRow:
    """An accepted answer: words, or a number and how far from it one may be."""

    place: int
    number: int
    said: list[BoundField]
    weight: BoundField
    why: list[Spoken]


class TextForm(QuestionForm):
    """Accepted words, the best first; how they are compared."""

    kinds = (QuestionKind.TEXT,)
    template = "assessments/studio/kinds/text.html"
    needed = ("answer",)  # the fields without which a row says nothing

    def add_own(self) -> None:
        answers: list[dict[str, Any]] = self.body.get("answers", [])
        self.places = self.rows("answer", len(answers), least=LEAST, most=MOST, probe=self.needed[0])
        for place in self.places:
            answer = at(answers, place)
            self.add_answer(place, dict(answer))
            hint = _("100 for a right answer, less for one that is nearly right.")
            weight = answer.get("weight", "100" if place == 0 else "")
            self.line(f"weight{place}", _("Percent of the mark"), weight, hint=hint, longest=20)
            self.say(f"why{place}", _("What to say to it"), answer.get("why", {}), rows=2)
        self.add_comparison()

    def add_answer(self, place: int, answer: dict[str, Any]) -> None:
        self.line(f"answer{place}", _("Accepted answer"), answer.get("text", ""))

    def add_comparison(self) -> None:
        self.tick(
            "ignores_accents",
            _("Accents do not matter"),
            initial=not self.body.get("accents", True),
            hint=_("“Ha Noi” then counts as “Hà Nội”."),
        )
        self.tick("case", _("Capital letters matter"), initial=self.body.get("case", False))

    @property
    def answer_rows(self) -> list[AnswerRow]:
        return [
            AnswerRow(
                place,
                place + 1,
                [self[f"{name}{place}"] for name in self.shown],
                self[f"weight{place}"],
                self.said(f"why{place}"),
            )
            for place in self.places
        ]

    @property
    def shown(self) -> tuple[str, ...]:
        return self.needed

    @property
    def may_grow(self) -> bool:
        return len(self.places) < MOST

    def filled(self) -> list[int]:
        """The rows that say something."""
        return [place for place in self.places if self.typed(f"{self.needed[0]}{place}")]

    def weighed(self, place: int) -> dict[str, Any]:
        weight = as_percent(self.typed(f"weight{place}")) or "100"
        return {"weight": weight, "why": self.texts(f"why{place}")}

    def own_body(self) -> dict[str, Any]:
        answers = [{"text": self.typed(f"answer{place}"), **self.weighed(place)} for place in self.filled()]
        data = self.cleaned_data
        return {"answers": answers, "case": data["case"], "accents": not data["ignores_accents"]}

    def field_of(self, problem: olx.Problem) -> str:
        return "weight0" if problem.code == "bad-weight" else f"{self.needed[0]}0"


class NumberForm(TextForm):
    """Accepted numbers, each with its tolerance; the unit stands behind the field."""

    kinds = (QuestionKind.NUMBER,)
    template = "assessments/studio/kinds/number.html"
    needed = ("value",)

    def add_answer(self, place: int, answer: dict[str, Any]) -> None:
        self.line(f"value{place}", _("Accepted number"), answer.get("value", ""), longest=40)
        hint = _("How far above or below still counts.")
        self.line(f"tolerance{place}", _("± tolerance"), answer.get("tolerance", ""), hint=hint, longest=40)

    def add_comparison(self) -> None:
        self.say("unit", _("Unit behind the field"), self.body.get("unit", {}), longest=60)

    @property
    def unit(self) -> list[Spoken]:
        return self.said("unit")

    @property
    def shown(self) -> tuple[str, ...]:
        return ("value", "tolerance")

    def own_body(self) -> dict[str, Any]:
        answers = [
            {
                "value": plain_number(self.typed(f"value{place}")),
                "tolerance": plain_number(self.typed(f"tolerance{place}")) or "0",
                **self.weighed(place),
            }
            for place in self.filled()
        ]
        unit = {code: words for code, words in self.texts("unit").items() if words}
        return {"answers": answers, **({"unit": unit} if unit else {})}
